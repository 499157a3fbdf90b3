"""Portfolio, entries, examples, evidence; a submission is a frozen copy."""
