"""Tests of web public."""
