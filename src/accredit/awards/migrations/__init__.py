"""Migrations of the awards floor."""
