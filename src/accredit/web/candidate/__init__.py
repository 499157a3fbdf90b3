"""Pages of the candidate."""
