"""What the office pages read, one module for each group of pages."""
