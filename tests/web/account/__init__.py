"""Tests of web account."""
