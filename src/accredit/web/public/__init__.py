"""Pages for visitors, open to all."""
