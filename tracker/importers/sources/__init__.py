"""One file for each source. A module here with SOURCES is found by the registry."""
