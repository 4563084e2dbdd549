"""One script for each address of the app; each draws one view."""
