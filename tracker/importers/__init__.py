"""The import of minutes from elsewhere.

`source` is what a source must offer, `sources/` has one file for each, and `source_registry` finds them. `importing`
runs an import, `planning` and `merging` make sessions of records. `contract` checks any source, also somebody else's.
"""
