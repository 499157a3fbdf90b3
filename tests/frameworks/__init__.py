"""Tests of the frameworks floor."""
