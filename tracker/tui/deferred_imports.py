"""What waits until the first paint is done: imports that it does without, and the garbage collector."""

from __future__ import annotations

import gc
from importlib import import_module

#: What evidence, weeks, dialogs and lines of entry need.
DEFERRED = (
    "tracker.calendar.session_line",
    "arrow",
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


def import_deferred() -> None:
    """Import what comes later, in a thread, while the screen can already be read."""
    for name in DEFERRED:
        import_module(name)
    import_module("tracker.calendar.weeks").locale_first_weekday()


def settle_memory() -> None:
    """Keep the collector from walking what exists after the first paint: it stays until the end."""
    gc.enable()
    gc.collect()
    gc.freeze()
    gc.set_threshold(5000, 20, 50)
