"""Domain-free pieces every floor may use: actor, action, events, refusals, rich text."""
