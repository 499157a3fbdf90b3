"""Tests of the awards floor."""
