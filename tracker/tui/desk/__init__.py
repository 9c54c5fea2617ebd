"""The screens' one door to the file: everything they show is asked here, everything they do is done here.

Nothing is kept but the open journal: each figure is read when it is shown (a day takes a millisecond or two), so what
another program changed is there as soon as `data_version` says that there is something new.
"""

from tracker.tui.desk.beginning import Beginning
from tracker.tui.desk.closing import Closing
from tracker.tui.desk.editing import Editing
from tracker.tui.desk.flagging import Flagging
from tracker.tui.desk.habits import Habits
from tracker.tui.desk.overlapping import Overlapping
from tracker.tui.desk.overrunning import Overrunning
from tracker.tui.desk.pausing import Pausing
from tracker.tui.desk.recording import Recording
from tracker.tui.desk.reviewing import Reviewing
from tracker.tui.desk.showing import Usual, clusters_of
from tracker.tui.desk.timing import Timing

__all__ = ["Desk", "Usual", "clusters_of"]


class Desk(
    Timing, Beginning, Recording, Editing, Overlapping, Habits, Closing, Overrunning, Pausing, Flagging, Reviewing
):
    """Reads and writes one open journal, for one reader in one zone."""
