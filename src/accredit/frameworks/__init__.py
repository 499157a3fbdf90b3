"""Schemes, their published editions, and numbers given out per scheme."""
