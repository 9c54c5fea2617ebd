"""What a log can honestly say: openings in, findings out. Pure functions, one file per pattern, one registry.

The definitions, their sources and how each was tested are in docs/patterns.md. A pattern is an observation, not a
diagnosis: it states what was counted, against what is usual for this person and against chance.
"""
