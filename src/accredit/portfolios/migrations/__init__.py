"""Migrations of the portfolios floor."""
