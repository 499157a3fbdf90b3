"""Tests of the fees floor."""
