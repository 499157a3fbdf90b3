"""Migrations of the registrations floor."""
