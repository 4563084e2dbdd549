"""Files on disk -> domain types, with every fault at its line."""
