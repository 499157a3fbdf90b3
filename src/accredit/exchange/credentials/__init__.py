"""Verifiable credentials (Open Badges 3.0): keys, contents, signing, status lists. No rows here."""
