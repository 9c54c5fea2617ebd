"""The second half of the HTML page: what it was worth, what it brought, what was promised, and whom to talk to."""

from __future__ import annotations

from tracker.locale import N_, _, ngettext
from tracker.model import RINGS
from tracker.review.html_week import swatch
from tracker.review.html_words import items, line, named, section, table
from tracker.review.markup import EMPTY, Safe, joined, tag, user

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    Row = Mapping[str, Any]

#: A habit's days as signs, each with its words for those who hear the page.
MARKS = {
    "done": ("●", N_("done")),
    "part": ("◐", N_("in part")),
    "missed": ("○", N_("missed")),
    "rest": ("∙", N_("not needed")),
    "skipped": ("–", N_("skipped")),
    "unknown": ("?", N_("not known")),
    "open": ("▸", N_("open")),
    "off": ("·", N_("not due")),
}


def worth(found: Row) -> Safe:
    """Each channel's hours, cost and leads, the three tests, and the verdict."""
    rows = found["worth"]
    if not rows:
        return EMPTY
    most = max((one["leads_per_hour"]["high"] for one in rows if one.get("leads_per_hour")), default=0)
    heads = ("", _("hours and cost"), _("leads"), _("leads an hour"), _("income and return"), _("verdict"))
    return section(
        _("Is it worth it?"),
        table(_("Each channel over the weeks looked at"), heads, [_worth_row(one, most) for one in rows], "worth"),
        table(_("The three tests"), ("", *_titles()), [_tests_row(one) for one in rows], "even"),
        line(
            _("Never “caused”: the hours were chosen, not drawn. A lead younger than 30 days is open, not lost."),
            "soft",
        ),
    )


def _titles() -> list[str]:
    from tracker.review.worth_words import TEST_TITLES

    return [_(title) for title in TEST_TITLES.values()]


def _named_row(one: Row) -> Safe:
    title = one.get("title") or one["channel"]
    return joined((swatch(one["channel"]), user(title))) if one["kind"] == "social" else user(_(title))


def _worth_row(one: Row, most: float) -> list[str]:
    from tracker.review.worth_words import say_hours, say_return

    kinds = [
        ngettext("{n} recommendation", "{n} recommendations", one["recommendations"]).format(n=one["recommendations"]),
        ngettext("{n} prospect", "{n} prospects", one["prospects"]).format(n=one["prospects"]),
        ngettext("{n} client", "{n} clients", one["clients"]).format(n=one["clients"]),
    ]
    counts = [one["recommendations"], one["prospects"], one["clients"]]
    came = [said for said, count in zip(kinds, counts, strict=True) if count]
    leads = one.get("leads", sum(counts))
    return [
        _named_row(one),
        _over(say_hours(one["seconds"]), money(one["cost"], one["currency"])),
        _over(str(leads), ", ".join(came)),
        _rate(one, most),
        _over(money(one["income"], one["currency"]), say_return(one["roi_percent"])),
        _verdict(one),
    ]


def _over(figure: str, below: str) -> Safe:
    """A figure and, in small letters below it, another."""
    return joined((tag("span", figure, class_="whole"), tag("span", below, class_="soft") if below else EMPTY))


def _rate(one: Row, most: float) -> str:
    rate = one.get("leads_per_hour")
    if not rate:
        return "–"
    from tracker.review.html_charts import interval
    from tracker.review.worth_words import say_number

    low, mean, high = rate["low"], rate["mean"], rate["high"]
    said = f"{say_number(mean)} ({say_number(low)}–{say_number(high)})"
    return joined((interval(low, mean, high, most, one.get("break_even"), said), tag("span", said, class_="soft")))


def _verdict(one: Row) -> Safe:
    """The user's own where there is one, and the computed one below it where that says otherwise."""
    from tracker.review.worth_words import VERDICTS, say_verdict

    yours = one.get("your_verdict")
    yours = yours["verdict"] if isinstance(yours, dict) else yours
    said = yours if yours in VERDICTS else one["verdict"]
    kind = said if said in ("more", "keep", "cut", "stop") else "unknown"
    badge = tag("span", say_verdict(said, short=True), class_=f"verdict {kind}")
    if said == one["verdict"]:
        return badge
    computed = _("the figures said: {computed}").format(computed=say_verdict(one["verdict"], short=True))
    return joined((badge, tag("span", computed, class_="soft")))


def _tests_row(one: Row) -> list[str]:
    from tracker.review.worth_words import FOUND, TEST_SIGNS, TEST_TITLES

    cells = []
    for name in TEST_TITLES:
        state = one["tests"].get(name)
        state = state["state"] if isinstance(state, dict) else state
        word = _(FOUND[name, state]) if (name, state) in FOUND else _("not enough data")
        cells.append(f"{TEST_SIGNS.get(state, '?')} {word}")
    return [_named_row(one), *cells]


def money(amount: str | None, currency: str | None) -> str:
    """A decimal string as people write money; a dash for what is not known."""
    if amount is None or not currency:
        return "–"
    from decimal import Decimal

    from tracker.calendar.say import say_money

    return say_money(int(Decimal(amount).scaleb(2)), currency)


def brought(found: Row) -> Safe:
    """The outcomes of the week."""
    return section(_("What it brought"), items(map(_outcome, found["outcomes"])))


def _outcome(one: Row) -> Safe:
    """`client, 480 €, Agathe: six masks (meeting)`."""
    said = [tag("strong", _(one["kind"]))]
    if one["amount"] is not None:
        said.append(tag("span", money(one["amount"], one["currency"])))
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
            f"{one['done']} / {one['days']}",
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
    return joined((tag("span", f"{sign} ", class_=kind), if_then(one), " ", tag("span", one["said"], class_=kind)))


def if_then(one: Row) -> Safe:
    """`If I want to check likes, then I call one prospect.`"""
    before, between, after = _("If {cue}, then {plan}.").replace("{cue}", "\0").replace("{plan}", "\0").split("\0")
    return joined((before, user(one["cue"]), between, user(one["plan"].rstrip(".")), after))


def coming(found: Row) -> Safe:
    """The commitments for the coming week."""
    plans = [
        tag("li", if_then(one), tag("span", f" {one['measured']}", class_="soft") if one["measured"] else EMPTY,
            class_="card")
        for one in found["commitments"]
    ]  # fmt: skip
    return section(_("For the coming week"), tag("ol", *plans, class_="plans") if plans else EMPTY)


def people(found: Row) -> Safe:
    """The snail of rings with the week's talks on it, and whom to talk to next."""
    row, counts = found["outreach"], found["contacts"]
    talks = sum(counts.values())
    lines = [joined((user(_waiting(one)),)) for one in row["follow_ups"]]
    for ring in row["rings"]:
        lines += [joined((named(_(ring["ring"])), user(_waiting(one)))) for one in ring["waiting"]]
    said = [f"{_(ring)} {count}" for ring, count in counts.items() if count]
    talked = _("talked to: {rings}").format(rings=", ".join(said)) if said else _("nobody was talked to this week")
    words = tag("div", line(talked), line(_standing(row)), items(lines))
    if not talks and not lines:
        return section(_("Whom to talk to"), words)
    return section(_("Whom to talk to"), tag("div", _snail(row, counts, talked), words, class_="beside"))


def _snail(row: Row, counts: Mapping[str, int], said: str) -> Safe:
    from tracker.review.html_charts import snail

    rings = [(_(ring), counts.get(ring, 0)) for ring in RINGS]
    return tag("figure", snail(rings, RINGS.index(row["ring"]), said))


def _standing(row: Row) -> str:
    from tracker.review.outreach import Outreach, say_standing

    return say_standing(Outreach(row["ring"], (), (), row["next_ring"], row["to_go"]))


def _waiting(row: Row) -> str:
    from tracker.review.outreach import Waiting, say_waiting

    return say_waiting(Waiting(**row))
