"""Migrations of the notices floor."""
