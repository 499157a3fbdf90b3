"""One person's attempt at one pathway; the only writer of stage."""
