"""How times, dates, durations, amounts, numbers and tables are written for people, in English and French.

Every other room calls these functions, and none formats a value by itself. The language is the one now spoken
(`tracker.locale.language`). What programs read (JSON, CSV, settings) is written elsewhere, in one form for all readers.

The commands that run all day import these modules: `arrow`, Babel and `re` are imported inside the functions that use
them.
"""
