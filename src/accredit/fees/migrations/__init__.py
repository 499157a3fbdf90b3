"""Migrations of the fees floor."""
