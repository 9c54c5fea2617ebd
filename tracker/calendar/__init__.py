"""Days, weeks, zones and clock changes; and times, dates and durations as people type them.

In the program an instant is an integer of UTC seconds, a duration is integer seconds, a date is `YYYY-MM-DD` and a week
is `YYYY-Www`. The daily commands import `clock`, `days` and `durations`, which therefore import neither `typing` nor
`re`, and `zoneinfo` only when the first zone is needed. The other modules read what people type.
"""
