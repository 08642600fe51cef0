"""Sample people and cases, so that there is something to look at: made through the same commands as everything else."""
