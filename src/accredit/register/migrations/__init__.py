"""Migrations of the register floor."""
