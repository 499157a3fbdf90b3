"""Tests of the people floor."""
