"""Messages out: a row for each, due, sent or suppressed, with why."""
