"""Who assesses what: panels for many portfolios at once, optimal and explained. Knows numbers, no people."""
