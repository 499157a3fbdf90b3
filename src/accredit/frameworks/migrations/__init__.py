"""Migrations of the frameworks floor."""
