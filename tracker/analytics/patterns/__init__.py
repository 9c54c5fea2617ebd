"""Patterns of checking: openings in, findings out. Pure functions, one file for each detector, one registry.

The definitions, their sources, the decisions behind them and how each was tested are in docs/patterns.md. A pattern is
an observation, not a diagnosis: it says what was counted, compared with this person's usual and with chance.
"""
