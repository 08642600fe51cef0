"""Who acts, in which capacity, and what a seat in a case lets them do. Values only, and below everything else."""
