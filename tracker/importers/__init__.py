"""The import of minutes from elsewhere.

`source` is what a source must offer and finds all of them, `sources/` has one file for each. `importing` runs an
import, `planning` makes sessions of records. `contract` checks any source, also somebody else's.
"""
