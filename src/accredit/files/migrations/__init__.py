"""Migrations of the files floor."""
