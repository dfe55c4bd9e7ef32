"""What is set once and looked up rarely: the village, its officials, hours, paper, and what this program is."""
