"""What the pages of assessors show."""
