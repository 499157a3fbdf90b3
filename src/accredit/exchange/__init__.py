"""Files in and out: documents become drafts, drafts and frozen copies become documents."""
