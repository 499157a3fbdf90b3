"""The append-only record of decisions, money, access grants and stages."""
