"""`tracker find`: everything with some words in it, over all years."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracker.calendar.clock import iso
from tracker.cli.context import Context
from tracker.cli.day_range import FROM, TO, span
from tracker.cli.parser import Argument, Command, Option, ParsedArguments
from tracker.cli.terminal import columns
from tracker.formatting.numbers import round_half_up
from tracker.formatting.plain_text import format_table, wrap
from tracker.formatting.text import activity_word, channel_word
from tracker.locale import N_, _, ngettext
from tracker.services import finding, queries

if TYPE_CHECKING:
    from tracker.domain.models import Match

#: The most lines that are printed, the best matches; `--json` has all of them.
MOST_LINES = 50

#: Letters of a text that are printed, around the words that were looked for.
_EXCERPT = 160

#: What stands before the number of a record in `tracker day`.
_LETTERS = {"session": "", "urge": "u", "outcome": "o"}

KIND_TITLES = {
    "urge": N_("resisted urge"),
    "note": N_("note"),
    "commitment": N_("commitment"),
    "review": N_("review"),
}


def find(context: Context, args: ParsedArguments) -> None:
    """Answer with what has the words, the best match first."""
    first, last = span(context, args)
    channel = args.values.get("channel")
    name = queries.find_channel(context.workspace, channel).name if channel else None
    words = " ".join(args.several("WORDS"))
    limit = None if context.json else MOST_LINES
    findings = finding.find(context.workspace, words, first=first, last=last, channel=name, limit=limit)
    context.answer(lambda: [_row(match) for match in findings.matches], lambda: _lines(words, findings))


def _row(match: Match) -> dict[str, Any]:
    return {
        "kind": match.kind,
        "id": match.id,
        "date": match.date,
        "week": match.week,
        "at": None if match.at is None else iso(match.at, match.zone or "UTC"),
        "channel": match.channel,
        "text": " · ".join(text for _column, text in match.texts),
        "score": round_half_up(-match.score, 3),
    }


def _lines(words: str, findings: finding.Findings) -> list[str]:
    if not findings.matches:
        return [_("nothing found")]
    query = finding.read_query(words)
    head = (_("id"), _("when"), _("what"), _("text"))
    rows = [head, *(_cells(match, query) for match in findings.matches)]
    lines = format_table(rows, "><<<", columns())
    left = findings.total - len(findings.matches)
    if left:
        more = ngettext("and {n} more match; --from, --to and --channel narrow the search",
                        "and {n} more matches; --from, --to and --channel narrow the search", left)  # fmt: skip
        lines += wrap(more.format(n=left), columns())
    return lines


def _cells(match: Match, query: finding.Query) -> tuple[str, ...]:
    id = f"{_LETTERS[match.kind]}{match.id}" if match.kind in _LETTERS else "–"
    text = " · ".join(finding.say_texts(match))
    return id, _when(match), _what(match), finding.excerpt(text, query, _EXCERPT)


def _when(match: Match) -> str:
    """`2026-11-22 21:00`, `2026-11-22`, `2026-W48` or `2026-W48-r2`: as other commands read it."""
    if match.at is not None:
        return iso(match.at, match.zone or "UTC")[:16].replace("T", " ")
    revision = f"-r{match.revision}" if (match.revision or 1) > 1 else ""
    return f"{match.week or match.date}{revision}"


def _what(match: Match) -> str:
    """`linkedin create`, `client via linkedin`, `instagram, resisted urge`, `review`."""
    if match.kind == "session":
        return " ".join(filter(None, (channel_word(match.channel or ""), activity_word(match.what))))
    if match.kind == "outcome":
        kind = _(match.what) if match.what else ""
        via = _("via {channel}").format(channel=match.channel) if match.channel else ""
        return " ".join(filter(None, (kind, via)))
    return ", ".join(filter(None, (match.channel, _(KIND_TITLES[match.kind]))))


COMMANDS = {
    "find": Command(
        find,
        (Argument("WORDS", "some"),),
        (FROM, TO, Option(("--channel",), "CHANNEL", N_("one channel only"), "channel")),
        N_(
            "tracker find samia carousel             entries with both words, over all years\n"
            "tracker find '\"thank you\"'              a phrase\n"
            "Accents and capitals do not matter, and the last word may be a beginning: `apero` finds Apéros.\n"
            "Searched: intentions, notes, triggers, people and reasons of sessions, urges and results; notes and tasks "
            "of days; commitments and reviews."
        ),
        reads=("from", "to", "channel"),
    )
}
