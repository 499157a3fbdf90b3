"""Forms of the candidate pages."""
