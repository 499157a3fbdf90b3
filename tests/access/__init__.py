"""Who may open what, and who may know what: at every address, in every role, at every stage."""
