"""Tests of the trail floor."""
