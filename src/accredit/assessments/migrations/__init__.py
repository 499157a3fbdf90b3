"""Migrations of the assessments floor."""
