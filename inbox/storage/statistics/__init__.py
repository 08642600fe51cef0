"""What is counted of cases, and the tables of how many."""
