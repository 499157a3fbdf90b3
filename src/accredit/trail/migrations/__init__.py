"""Migrations of the trail floor."""
