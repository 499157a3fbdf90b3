"""The register of holders."""
