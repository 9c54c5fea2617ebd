"""Days, weeks, zones, DST, and times as people write them: the only place with calendar arithmetic.

Between the edges an instant is an integer of UTC seconds, a duration integer seconds, a date `YYYY-MM-DD`, a week
`YYYY-Www`. The daily path (`clock`, `zones`, `days`, `durations`) imports nothing heavier than `zoneinfo`, and that
only when a zone is first asked something. `moments` and `entry` read what people type, in English and in French
whatever the language of the interface; `say` words dates, spans and money with arrow and Babel, imported on use.
"""
