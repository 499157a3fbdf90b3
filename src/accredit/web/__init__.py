"""Pages by audience; the audiences do not know each other."""
