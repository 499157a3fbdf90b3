"""Views of the assessor pages."""
