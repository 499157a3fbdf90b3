"""Faults on purpose: servers killed while people write, connections lost."""
