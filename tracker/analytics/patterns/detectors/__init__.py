"""One file per pattern, each with its PATTERN; the registry finds them here."""
