"""Content-addressed files: the same bytes are kept once, under the SHA-256 of their content."""
