"""The village desk: data and rules, without window, network, threads or a clock of its own."""
