"""The program's answers in the shape of ours: what `--json` calls by name becomes a table, its texts numbers."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple


class Rounded(NamedTuple):
    """A figure that the program rounds to so many decimals."""

    value: float
    decimals: int


def _instant(text: str | None) -> int | None:
    return None if text is None else int(datetime.fromisoformat(text).timestamp())


def _money(text: str | None) -> int | None:
    return None if text is None else int(100 * Decimal(text))


def _amounts(rows: list[dict[str, str]]) -> dict[str, int | None]:
    return {row["currency"]: _money(row["amount"]) for row in rows}


def _rounded(value: float | None, decimals: int = 4) -> Rounded | None:
    return None if value is None else Rounded(value, decimals)


def _channels(rows: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {row["channel"]: {key: row[key] for key in ("kind", "seconds", "checks", "sessions")} for row in rows}


def _activities(rows: list[dict[str, Any]]) -> dict[str | None, dict[str, Any]]:
    return {row["activity"]: {key: row[key] for key in ("purpose", "seconds", "checks", "sessions")} for row in rows}


def day(data: dict[str, Any]) -> dict[str, Any]:
    """The program's day in our shape."""
    parts = []
    for row in data["sessions"]:
        start = _instant(row["start"])
        assert start is not None
        parts.append((row["channel"], start, start + row["seconds"], row["check"]))
    return {
        **{key: data[key] for key in ("logged", "seconds", "checks", "urges")},
        "first": _instant(data["first"]),
        "last": _instant(data["last"]),
        "parts": sorted(parts),
        "channels": _channels(data["channels"]),
        "activities": _activities(data["activities"]),
        "purposes": {row["purpose"]: row["seconds"] for row in data["purposes"]},
        "outcomes": len(data["outcomes"]),
    }


def week(data: dict[str, Any]) -> dict[str, Any]:
    """The program's week in our shape."""
    same = (
        "week",
        "from",
        "to",
        "seconds",
        "checks",
        "usual_seconds",
        "usual_for_days",
        "usual_weeks",
        "usual_logged_days",
        "logged_days",
        "elapsed_days",
    )
    return {
        **{key: data[key] for key in (*same, "days", "hours", "contacts", "people", "urges")},
        "channels": _channels(data["channels"]),
        "activities": _activities(data["activities"]),
        "purposes": {row["purpose"]: row["seconds"] for row in data["purposes"]},
    }


def worth(data: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The program's rows in our shape, by channel."""
    return {row["channel"]: _row(row) for row in data}


def habit(data: dict[str, Any]) -> dict[str, Rounded | None]:
    """The program's strength after each day, and now, in our shape."""
    marks: dict[str, Rounded | None] = {mark["date"]: Rounded(mark["strength"], 4) for mark in data["marks"]}
    return marks | {"now": _rounded(data["strength"])}


def _row(row: dict[str, Any]) -> dict[str, Any]:
    """One of the program's rows in our shape."""
    counts = ("seconds", "checks", "sessions", "recommendations", "prospects", "clients", "leads")
    money = ("time_cost", "spend", "cost", "income", "cost_per_lead", "net_per_hour")
    coverage = ("days", "logged_days", "sales", "unknown_leads", "first_touch_unknown")
    bought = row["hours_would_buy"]
    if row["kind"] not in ("social", "in_person"):
        return {
            **{key: row.get(key) for key in (*counts, "open_leads", "first_touch", "verdict")},
            "income": _money(row["income"]),
            "other_income": _amounts(row["other_income"]),
        }
    return {
        **{key: row[key] for key in (*counts, "unmeant_seconds", "open_leads", "first_touch", "tests", "verdict")},
        **{key: _money(row[key]) for key in money},
        "other_spend": _amounts(row["other_spend"]),
        "other_income": _amounts(row["other_income"]),
        "roi_percent": _rounded(row["roi_percent"], 1),
        "leads_per_hour": {key: _rounded(value) for key, value in row["leads_per_hour"].items()},
        "break_even": _rounded(row["break_even"]),
        "below_break_even": _rounded(row["below_break_even"]),
        "more_leads_than": {name: _rounded(chance) for name, chance in row["more_leads_than"].items()},
        "hours_would_buy": {"money": _money(bought["money"]), "calls": bought["calls"]},
        "coverage": {
            **{key: row["coverage"][key] for key in coverage},
            "unknown_income": _amounts(row["coverage"]["unknown_income"]),
        },
    }
