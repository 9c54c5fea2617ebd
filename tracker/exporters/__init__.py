"""The export formats: one file each, and the table that names them."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TextIO

from tracker.domain.models import TrackerError
from tracker.domain.text import quoted
from tracker.exporters import csv_file, json_file
from tracker.exporters.days import ExportDays
from tracker.locale import N_, _
from tracker.storage import Journal


class Target(NamedTuple):
    """An export format. `write` is given the journal, the days asked for and a text file without newline
    translation, and returns how many sessions it wrote."""

    name: str
    title: str
    write: Callable[[Journal, ExportDays, TextIO], int]


TARGETS = {
    target.name: target
    for target in (
        Target("csv", N_("sessions, as `tracker import csv` reads them back"), csv_file.write),
        Target("json", N_("everything recorded, with channels and activities"), json_file.write),
    )
}


def target(name: str) -> Target:
    """The format called `name`. Raises TrackerError, naming those there are, for any other."""
    try:
        return TARGETS[name]
    except KeyError:
        raise TrackerError(
            _("no export format is called “{name}”; there are: {names}").format(
                name=quoted(name), names=", ".join(TARGETS)
            )
        ) from None
