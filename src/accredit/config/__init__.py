"""Settings, addresses, command line, and which event writes which rows."""
