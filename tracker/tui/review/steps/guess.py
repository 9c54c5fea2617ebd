"""① How long do you think it was? Asked before any figure is shown; then both side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.calendar.durations import parse_guess, read_duration
from tracker.domain.models import TrackerError
from tracker.formatting.durations import format_duration
from tracker.formatting.times import format_near_date
from tracker.locale import N_, _
from tracker.services import reviewing, undo
from tracker.tui import ink
from tracker.tui.review.step import Step
from tracker.tui.theme import hue
from tracker.tui.widgets.keycaps import Cap
from tracker.tui.widgets.panel import out_of_sight

if TYPE_CHECKING:
    from textual.content import Content

    from tracker.tui.review.facts import Facts

#: What a duration is written with.
SIGNS = "0123456789hm.,:"
LONGEST = 8
#: Letters that are the review's own as long as nothing is typed.
LEFT = "sjk"

#: Cells of a field, and of the mark before its line.
FIELD, MARK = 10, 2

#: The question is no longer than lines are read with ease.
WIDEST = 92


class Guess(NamedTuple):
    """A line to fill in: a channel, or (no name) all of them together, and what stands there."""

    channel: str | None
    title: str
    typed: str


class Guessing(Step):
    """Fields first; once they were left by enter, what was felt beside what was logged."""

    name = "estimate"
    word = N_("Guess")
    title = N_("How long do you think it was?")

    def __init__(self, facts: Facts) -> None:
        super().__init__(facts)
        self.guesses: list[Guess] = []
        self.chosen = 0
        self.shown = False
        #: Enter was pressed with nothing guessed: once more shows the figures all the same.
        self.sure = False
        #: The step of the journal that showed the figures: undone by one key, as long as it is the last.
        self._reveal: int | None = None
        self._places: dict[int, int] = {}

    def load(self) -> None:
        """What was guessed so far."""
        kept = reviewing.guesses(self.workspace, self.week)
        self.shown = reviewing.resume_review(self.workspace, self.week).shown
        asked: list[tuple[str | None, str]] = [(None, _("All of it"))]
        asked += [(one.name, one.title) for one in reviewing.guessed_channels(self.workspace, self.week)]
        self.guesses = [
            Guess(name, title, format_duration(kept[name]).replace(" ", "") if name in kept else "")
            for name, title in asked
        ]
        self.chosen = min(self.chosen, len(self.guesses) - 1)
        self.redraw()

    def lines(self, width: int, height: int) -> list[Content]:
        """The question, or the answer."""
        if self.shown:
            return self._felt(width, height)
        asked, above = ink.centred(self._asked(min(width, WIDEST), height), width, height)
        self._places = {line + above: guess for line, guess in self._places.items()}
        return asked

    def _asked(self, width: int, height: int) -> list[Content]:
        dates, today = self.facts.dates, self.workspace.today()
        question = _("How long were you on social networks from {first} to {last}?").format(
            first=format_near_date(dates[0], today), last=format_near_date(dates[-1], today)
        )
        why = _("A guess, before any figure is shown: 11h, 90m, 1h30. A field may stay empty.")
        if self.sure:
            why = _("No guess? ⏎ again shows the figures, and then there is nothing left to guess.")
        style = "bold $flag" if self.sure else "$faint"
        head = [*ink.wrapped(question, width, "bold $strong"), *ink.wrapped(why, width, style), ink.BLANK]
        room = max(height - len(head) - 1, 3)
        label = min(ink.widest(guess.title for guess in self.guesses), width // 3) + 2
        fields = [self._field(place, guess, label, width) for place, guess in enumerate(self.guesses)]
        top = max(0, min(self.chosen - room + 1, len(fields) - room))
        gap = 1 if not top and len(fields) < room else 0
        each = 1 + (2 * len(fields) + 1 < room)
        seen = fields[top : top + room]
        self._places = {len(head) + each * place + (gap if place else 0): top + place for place in range(len(seen))}
        others = [line for field in seen[1:] for line in (field, *[ink.BLANK] * (each - 1))]
        return [
            *head,
            *seen[:1],
            *[ink.BLANK] * (gap + each - 1),
            *others,
            *self._below(out_of_sight(top, max(len(fields) - top - room, 0))),
        ]

    def _field(self, place: int, guess: Guess, label: int, width: int) -> Content:
        here = place == self.chosen
        typed = ink.text(f" {guess.typed}" + ("▏" if here else ""), "bold $strong" if here else "bold")
        line = ink.row(
            ink.left(guess.title, label, hue(guess.channel) if guess.channel else "bold $strong"),
            ink.left(typed, FIELD).stylize("on $panel" if not here else "on $cursor"),
            "  ",
            self._means(guess),
        )
        mark = ink.text("▌ ", "$primary") if here else ink.row("  ")
        return ink.row(mark, line if line.cell_length <= width - MARK else ink.left(line, width - MARK))

    def _means(self, guess: Guess) -> Content:
        if not guess.typed:
            return ink.BLANK
        try:
            seconds = parse_guess(guess.typed)
        except TrackerError as error:
            known = read_duration(guess.typed) is not None  # then it is only too long, or has no unit
            return ink.text(str(error) if known else _("? as in 11h, 90m, 1h30"), "$flag")
        says = format_duration(seconds)
        if guess.channel is None and seconds >= 7 * 60:
            says = _("{time}, about {day} a day").format(time=says, day=format_duration(seconds // 7))
        return ink.row(ink.text("→ ", "$good"), ink.text(says, "$faint"))

    def _below(self, hidden: str) -> list[Content]:
        """How many fields are out of sight, and what the channels come to."""
        mark = [ink.text(f"  {hidden}", "$faint")] if hidden else []
        said = self._sum()
        return [*(mark or [ink.BLANK]), *said] if said else mark

    def _sum(self) -> list[Content]:
        """What the channels come to, to be held against the whole."""
        seconds = 0
        for guess in self.guesses:
            try:
                seconds += parse_guess(guess.typed) if guess.channel and guess.typed else 0
            except TrackerError:
                return []
        if not seconds:
            return []
        return [ink.text("  " + _("the channels come to {time}").format(time=format_duration(seconds)), "$faint")]

    def _felt(self, width: int, height: int) -> list[Content]:
        from tracker.tui.review.felt import felt

        return felt(self.facts.comparison, reviewing.guesses(self.workspace, self.week), width, height)

    def caps(self) -> list[Cap]:
        """Fields are filled and left; what was revealed is only read, or undone where a finger slipped."""
        if not self.shown:
            return [Cap("⇥", _("next field"))]
        return [Cap("z", _("guess again"))] if self._just_shown() else []

    def _just_shown(self) -> bool:
        return self._reveal is not None and reviewing.last_step(self.workspace) == self._reveal

    def onward(self) -> str:
        """The figures, then on."""
        return _("go on") if self.shown else _("show how long it was")

    def edits(self) -> bool:
        """While a field is filled."""
        return not self.shown and bool(self.guesses[self.chosen].typed)

    def press(self, key: str) -> bool:
        """Type into the chosen field, or choose another one. TrackerError for a letter that no duration has."""
        if self.shown:
            return key == "z" and self._guess_again()
        self.sure = False
        if key in ("tab", "shift+tab"):
            return self._choose(1 if key == "tab" else -1)
        if key in ("up", "down"):
            self._choose(1 if key == "down" else -1)
            return True
        guess = self.guesses[self.chosen]
        if key == "backspace" and guess.typed:
            self._type(guess.typed[:-1])
        elif key.casefold() in tuple(SIGNS):
            self._type((guess.typed + key.casefold())[:LONGEST])
        elif len(key) == 1 and key.isprintable() and (self.edits() or key not in LEFT):
            raise TrackerError(_("a duration is typed here: 11h, 90m, 1h30; an empty field guesses nothing"))
        else:
            return False
        return True

    def _guess_again(self) -> bool:
        """Undo that the figures were shown, if nothing was done since; what was guessed stands in its fields."""
        if not self._just_shown():
            return False
        undo.undo(self.workspace)
        self._reveal = None
        self.load()
        return True

    def _choose(self, steps: int) -> bool:
        if not 0 <= self.chosen + steps < len(self.guesses):
            return False
        self.chosen += steps
        self.redraw()
        return True

    def _type(self, typed: str) -> None:
        self.guesses[self.chosen] = self.guesses[self.chosen]._replace(typed=typed)
        self.redraw()

    def enter(self) -> bool:
        """Keep the guesses and show the figures, asking first where there is none; then the step is done with."""
        if self.shown:
            return True
        if not self.sure and not any(guess.typed for guess in self.guesses):
            self.sure = True
            self.redraw()
            return False
        self.keep()
        reviewing.reveal(self.workspace, self.week)
        self.shown, self._reveal = True, reviewing.last_step(self.workspace)
        self.redraw()
        return False

    def reviewed(self) -> bool:
        """Something was guessed."""
        return bool(reviewing.guesses(self.workspace, self.week))

    def keep(self) -> None:
        """What can be read of the fields that changed; TrackerError, with that field chosen, for what cannot."""
        if self.shown:
            return
        kept = reviewing.guesses(self.workspace, self.week)
        said: dict[str | None, int | None] = {}
        refused: TrackerError | None = None
        for place, guess in enumerate(self.guesses):
            try:
                seconds = parse_guess(guess.typed) if guess.typed else None
            except TrackerError as error:
                self.chosen, refused = place, error
                continue
            if seconds != kept.get(guess.channel):
                said[guess.channel] = seconds
        if said:
            reviewing.guess(self.workspace, self.week, said)
        if refused:
            self.redraw()
            raise refused

    def touch(self, line: int, cell: int) -> None:
        """The field that was clicked."""
        if not self.shown and line in self._places:
            self.chosen = self._places[line]
            self.redraw()
