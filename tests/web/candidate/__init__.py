"""The pages of the candidate."""
