"""The living example scheme: a cast, sixty further people and their portfolios."""
