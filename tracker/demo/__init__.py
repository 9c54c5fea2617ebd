"""The demo: a made-up year of a designer who also makes masks, to try the program without a log of one's own.

The same `now` makes the same records on every machine: the zone is Paris, and all random draws are seeded.
"""

from __future__ import annotations

from tracker.settings import Settings

#: The settings the demo is shown with, instead of the user's.
SETTINGS = Settings(
    daily_budget=2 * 3600,
    check_limit=40,
    first_weekday=0,
    sleep=(0, 7 * 3600),
    wakes_at=7 * 3600,
    currency="EUR",
    focus_hours=((9 * 3600 + 1800, 12 * 3600), (14 * 3600, 17 * 3600)),
    hour_cost=4500,
    sale_value=90_000,
    client_share=0.3,
    margin=0.9,
)

#: The budgets of channels in seconds a day.
BUDGETS = {"linkedin": 3600, "instagram": 1800, "youtube": 900, "x": 600}


def make(path: str, now: int) -> None:
    """Fill the new file at `path` with the year that ends at `now` (UTC seconds), while a session runs.

    What she wrote is in the reader's language. There is nothing to undo. Raises TrackerError, with nothing written, if
    the file has sessions already.
    """
    from tracker.demo.year import in_french, look_back, make_year
    from tracker.locale import language
    from tracker.storage import Database, bulk_load

    year = make_year(now, SETTINGS.day_starts_at)
    if language() == "fr":
        year = in_french(year)
    with Database.open(path) as database:
        bulk_load.fill(database, now=now, budgets=BUDGETS, **year._asdict())
        look_back(database, SETTINGS, now)
