"""What runs: stopping, resuming, dropping."""

from __future__ import annotations

from tracker.calendar.durations import say_duration
from tracker.locale import _
from tracker.tui.actions.asking import Asking


class Timing(Asking):
    """Its actions, by their names in keys.py."""

    def toggle(self) -> None:
        """Stop what runs, or resume what ran last."""
        if not self.desk.running():
            session = self.desk.resume()
            resumed = _("Resumed {channel}").format(channel=self.title(session.channel))
            self.did(resumed + self.inside_pause(session))
            return
        session = self.desk.stop()
        spent = (session.end or session.start) - session.start
        says = _("Stopped {channel} after {time}").format(channel=self.title(session.channel), time=say_duration(spent))
        over = spent - session.planned_seconds if session.planned_seconds else 0
        self.did(f"{says} · " + _("{time} over plan").format(time=say_duration(over)) if over > 60 else says)

    def cancel(self) -> None:
        """Drop what runs."""
        session = self.desk.cancel()
        says = _("Dropped {channel} · {key} brings it back")
        self.did(says.format(key=self.key("undo"), channel=self.title(session.channel)))
