"""Sign-in, profile and security of one's own account."""
