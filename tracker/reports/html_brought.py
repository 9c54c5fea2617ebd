"""The second half of the HTML page: what it was worth, what it brought, what was promised, and whom to talk to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.domain.models import RINGS
from tracker.formatting.money import format_money
from tracker.formatting.text import as_sentence, format_talks
from tracker.formatting.times import format_near_date
from tracker.locale import N_, _, ngettext
from tracker.reports.html_week import swatch
from tracker.reports.html_words import items, line, named, section, table
from tracker.reports.markup import EMPTY, Safe, filled, joined, tag, user
from tracker.reports.page_words import say_done
from tracker.reports.page_worth import counted, hundredths, not_added, say_sum, timed, used

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    Row = Mapping[str, Any]

#: What a test can find.
SETTLED = ("pass", "fail")

#: A habit's days as signs, each with its words for those who hear the page.
MARKS = {
    "done": ("✓", N_("done")),
    "part": ("◐", N_("in part")),
    "missed": ("○", N_("missed")),
    "rest": ("∙", N_("not needed")),
    "skipped": ("»", N_("skipped")),
    "unknown": ("?", N_("not known")),
    "open": ("▸", N_("open")),
    "off": ("·", N_("not due")),
}


def worth(found: Row) -> Safe:
    """Each channel's hours, cost and leads, the three tests, and the verdict."""
    rows = list(filter(used, found["worth"]))
    if not rows:
        return EMPTY
    first, last = (format_near_date(rows[0][key], None) for key in ("from", "to"))
    span = _("{first} to {last}").format(first=first, last=last)
    most = max((one["leads_per_hour"]["high"] for one in rows if timed(one)), default=0)
    heads = ("", _("hours and cost"), _("new leads"), _("leads an hour"), _("income and return"), _("verdict"))
    return section(
        _("Is it worth it?"),
        table(span, heads, [_worth_row(one, most) for one in rows], "worth"),
        table(_("The three tests"), ("", *_titles()), [_tests_row(one) for one in rows], "tests"),
        tag("div", items(_beside(rows)), class_="small"),
        line(
            _("Never “caused”: the hours were chosen, not drawn. A lead younger than 30 days is open, not lost."),
            "soft",
        ),
    )


def _titles() -> list[str]:
    from tracker.reports.worth_words import TEST_TITLES

    return [_(title) for title in TEST_TITLES.values()]


def _named_row(one: Row) -> Safe:
    return joined((swatch(one["channel"]), user(one["title"]))) if one["kind"] == "social" else user(one["title"])


def _worth_row(one: Row, most: float) -> list[str]:
    from tracker.formatting.numbers import format_signed_percent
    from tracker.reports.worth_numbers import say_hours

    kinds = [
        ngettext("{n} recommendation", "{n} recommendations", one["recommendations"]).format(n=one["recommendations"]),
        ngettext("{n} prospect", "{n} prospects", one["prospects"]).format(n=one["prospects"]),
        ngettext("{n} client", "{n} clients", one["clients"]).format(n=one["clients"]),
    ]
    counts = [one["recommendations"], one["prospects"], one["clients"]]
    came = [said for said, count in zip(kinds, counts, strict=True) if count]
    return [
        _named_row(one),
        _over(say_hours(one["seconds"]), say_sum(one, "cost", "other_spend")),
        _over(str(one["leads"]), ", ".join(came)),
        _rate(one, most),
        _over(say_sum(one, "income", "other_income"), format_signed_percent(one["roi_percent"])),
        _verdict(one),
    ]


def _over(figure: str, below: str) -> Safe:
    """A figure and, in small letters below it, another."""
    return joined((tag("span", figure, class_="whole"), tag("span", below, class_="soft") if below else EMPTY))


def _rate(one: Row, most: float) -> str:
    if not timed(one):
        return "–"
    rate = one["leads_per_hour"]
    from tracker.formatting.numbers import format_decimal
    from tracker.reports.html_charts import interval

    low, middle, high = rate["low"], counted(one), rate["high"]
    said = f"{format_decimal(middle)} ({format_decimal(low)}–{format_decimal(high)})"
    return joined((interval(low, middle, high, most, None, said), tag("span", said, class_="soft")))


def _verdict(one: Row) -> Safe:
    """The user's own where there is one, and the computed one below it where that says otherwise."""
    from tracker.reports.worth_words import say_verdict

    yours = one["your_verdict"]
    said = yours["verdict"] if yours else one["verdict"]
    kind = said if said in ("more", "keep", "cut", "stop") else "unknown"
    badge = tag("span", say_verdict(said, short=True), class_=f"verdict {kind}")
    if said == one["verdict"]:
        return badge
    computed = _("the figures said: {computed}").format(computed=say_verdict(one["verdict"], short=True))
    return joined((badge, tag("span", computed, class_="soft")))


def _tests_row(one: Row) -> list[str]:
    """What each test found, and its figures in small letters."""
    from tracker.reports.worth_words import TEST_TITLES

    cells = []
    for name in TEST_TITLES:
        found, _colon, why = one["tests_said"][name].partition(": ")
        told = why and one["tests"][name] in SETTLED
        cells.append(joined((found, tag("span", why, class_="soft") if told else EMPTY)))
    return [_named_row(one), *cells]


def _beside(rows: Sequence[Row]) -> list[Safe]:
    """What is lacking for all, what would settle a verdict, what a stop would free, and why the user decided so."""
    said: dict[str, list[str]] = {}
    for one in rows:
        settled = (one["settling"], one.get("compared"), one["otherwise"])
        for words in filter(None, (*_lacking(one), *not_added(one), *settled)):
            said.setdefault(words, []).append(one["title"])
    figures = {words for one in rows for words in _lacking(one)}
    notes = [
        joined((tag("strong", user(", ".join(titles)) if len(titles) < len(rows) else _("All")), _(": "), words))
        for words, titles in said.items()
        if len(titles) == len(rows) or words not in figures
    ]
    given = [(one["title"], one["your_verdict"]["why"]) for one in rows if one["your_verdict"]]
    return notes + [
        joined((tag("strong", user(title)), _(": "), filled(_("“{text}”"), text=user(why))))
        for title, why in given
        if why
    ]


def _lacking(one: Row) -> list[str]:
    """What was said of the tests that found nothing."""
    return [one["tests_said"][name].partition(": ")[2] for name, state in one["tests"].items() if state not in SETTLED]


def brought(found: Row) -> Safe:
    """The outcomes of the week."""
    return section(_("What it brought"), items(map(_outcome, found["outcomes"])))


def _outcome(one: Row) -> Safe:
    """`client, 480 €, Agathe: six masks (meeting)`."""
    said = [tag("strong", _(one["kind"]))]
    if one["amount"] is not None:
        said.append(tag("span", format_money(hundredths(one["amount"]), one["currency"])))
    if one["person"]:
        said.append(user(one["person"]))
    words = joined(said, ", ")
    if one["note"]:
        words = joined((words, _(": "), user(one["note"])))
    title = one["title"] or one["channel"]
    return joined((words, " ", tag("span", "(", user(title), ")", class_="soft"))) if title else words


def kept(found: Row) -> Safe:
    """Habits, and how the commitments made a week ago went."""
    rows = [
        (
            user(one["name"]),
            _marks(one["marks"]),
            user(say_done(one)),
            "–" if one["strength_percent"] is None else f"{one['strength_percent']} %",
        )
        for one in found["habits"]
    ]
    return section(
        _("Habits and commitments"),
        items(map(_result, found["kept"])),
        table(_("Habits"), (_("habit"), _("its days"), _("done"), _("strength")), rows, "even"),
    )


def _marks(marks: Sequence[Row]) -> Safe:
    signs = "".join(MARKS.get(mark["state"], ("?", ""))[0] for mark in marks)
    said = ", ".join(_(MARKS[mark["state"]][1]) for mark in marks if mark["state"] in MARKS)
    return tag("span", signs, class_="marks", role="img", aria_label=said)


def _result(one: Row) -> Safe:
    kind, sign = {True: ("kept", "✓"), False: ("not", "!"), None: ("open", "?")}[one["kept"]]
    return joined(
        (tag("span", f"{sign} ", class_=kind), if_then(one), " ", tag("span", as_sentence(one["said"]), class_=kind))
    )


def if_then(one: Row) -> Safe:
    """`If I want to check likes, then I call one prospect.`"""
    return filled(_("If {cue}, then {plan}."), cue=user(one["cue"]), plan=user(one["plan"].rstrip(".")))


def coming(found: Row) -> Safe:
    """The commitments for the coming week."""
    plans = [
        tag("li", if_then(one), tag("span", f" {one['measured']}", class_="soft") if one["measured"] else EMPTY,
            class_="card")
        for one in found["commitments"]
    ]  # fmt: skip
    return section(_("For the coming week"), tag("ol", *plans, class_="plans") if plans else EMPTY)


def people(found: Row) -> Safe:
    """The snail of rings with the week's talks on it, and who to talk to next."""
    row, counts = found["outreach"], found["contacts"]
    talks = sum(count or 0 for count in counts.values())
    lines = [joined((user(_waiting(one)),)) for one in row["follow_ups"]]
    for ring in row["rings"]:
        lines += [joined((named(_(ring["ring"])), user(_waiting(one)))) for one in ring["waiting"]]
    talked = format_talks(counts, found.get("people")) if talks else _("no talks this week")
    if not found["coverage"]["logged"]:
        talked = _("nothing was logged: unknown, not zero")
    words = tag("div", line(talked), line(_standing(row)), items(lines))
    if not talks and not lines:
        return section(_("Who to talk to"), words)
    return section(_("Who to talk to"), tag("div", _snail(row, counts, talked), words, class_="beside"))


def _snail(row: Row, counts: Mapping[str, int], said: str) -> Safe:
    from tracker.reports.html_charts import snail

    rings = [(_(ring), counts.get(ring) or 0) for ring in RINGS]
    return tag("figure", snail(rings, RINGS.index(row["ring"]), said))


def _standing(row: Row) -> str:
    from tracker.reports.contacts import Outreach, say_ring_reached

    return say_ring_reached(Outreach(row["ring"], (), (), row["next_ring"], row["to_go"]))


def _waiting(row: Row) -> str:
    from tracker.reports.contacts import WaitingPerson, say_waiting

    return say_waiting(WaitingPerson(**row))
