"""What the candidate pages show: plain data, read before anything renders."""
