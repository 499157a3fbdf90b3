"""The allocation, held against an exhaustive search and a checker that knows nothing of it."""
