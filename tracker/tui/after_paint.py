"""What waits until the first paint is done: imports that it does without, and the collector of garbage."""

from __future__ import annotations

import gc

#: What evidence, weeks, dialogs and lines of entry need.
LATER = (
    "arrow",
    "tracker.calendar.session_line",
    "tracker.reports.habit_histories",
    "tracker.reports.pattern_flags",
    "tracker.reports.patterns",
    "tracker.reports.reminders",
    "tracker.reports.review",
    "tracker.reports.week",
    "tracker.tui.modals.evidence_dialog",
    "tracker.tui.actions.registry",
    "tracker.tui.clock_monitor",
)


def fetch() -> None:
    """Import what comes later while the screen can already be read."""
    from importlib import import_module

    for name in LATER:
        import_module(name)
    import_module("tracker.calendar.weeks").locale_first_weekday()


def settle_memory() -> None:
    """What is there after the first paint stays: keep the collector from walking it again."""
    gc.enable()
    gc.collect()
    gc.freeze()
    gc.set_threshold(5000, 20, 50)
