"""Layout, components and form rendering that every audience shares; see docs/interface.md."""
