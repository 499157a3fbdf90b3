"""Who holds what: awards, their lineage and standing."""
