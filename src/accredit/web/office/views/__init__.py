"""The office's addresses, one small view each."""
