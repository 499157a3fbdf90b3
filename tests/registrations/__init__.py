"""Tests of the registrations floor."""
