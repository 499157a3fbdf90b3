"""Migrations of the people floor."""
