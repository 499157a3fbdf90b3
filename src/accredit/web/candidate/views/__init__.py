"""Views of the candidate, by what they are about."""
