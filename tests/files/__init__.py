"""Tests of the files floor."""
