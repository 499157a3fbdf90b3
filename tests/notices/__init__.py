"""Tests of the notices floor."""
