"""What Siskeudes tells of a village's budget: which posting, its lines, what was spent, what does not add up."""
