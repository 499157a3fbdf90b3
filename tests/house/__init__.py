"""Rules about the code itself; each message says what to do instead."""
