"""Pages of critical friends."""
