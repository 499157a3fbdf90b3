"""Who there is: sign-in, profile, institutions, affiliations, roles."""
