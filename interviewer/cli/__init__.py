"""The command line, one module per verb; each turns words into one call of a service."""
