"""Benchmarks: run by `./accredit bench NAME`, never by the tests."""
