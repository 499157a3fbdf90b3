"""What assessors, moderators and the committee fill in."""
