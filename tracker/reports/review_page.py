"""The written page of a review: built once from its figures as a document, and rendered as Markdown or as HTML.

    review_markdown(figures) -> str    with the figures folded at its end
    review_html(figures) -> str        one file to print or to send

Both are in the language the figures were made in, because those have sentences. `figures` are those of
`review.review_figures`, computed now or kept by a written review. Reviews written by earlier versions lack some keys,
which are read with `get`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tracker.analytics.channel_worth import NOT_ENOUGH_DATA
from tracker.analytics.day_slices import LEAST_DAYS, say_logged, say_too_few_days
from tracker.analytics.habit_wording import GLYPHS, STATES
from tracker.calendar.days import weekday
from tracker.domain.models import HOUR, RINGS
from tracker.formatting import text as wording
from tracker.formatting import times
from tracker.formatting.money import format_money
from tracker.formatting.numbers import with_percent_sign
from tracker.locale import N_, _, ngettext, speaking
from tracker.reports import document as doc
from tracker.reports import markdown_page
from tracker.reports import worth_columns as worth
from tracker.reports.commitment_words import if_then
from tracker.reports.comparison import say_more_than_estimated
from tracker.reports.contacts import Outreach, WaitingPerson, say_ring_reached, say_waiting
from tracker.reports.review import MOST_FLAGS, STEPS
from tracker.reports.week import say_usual
from tracker.reports.worth_wording import TEST_TITLES, say_verdict

#: A review's figures, or one row of them.
Figures = Mapping[str, Any]

#: The front matter: which week it is, and what it came to.
FIRST_KEYS = ("week", "from", "to", "revision", "made", "seconds", "checks", "coverage")

#: A habit's days as signs, each with its words for those who hear the page.
HABIT_SIGNS = {state: (GLYPHS[state], word) for state, word in STATES.items()} | {"off": ("·", N_("not due"))}


def review_markdown(figures: Figures) -> str:
    """The page as Markdown."""
    with speaking(figures.get("language")):
        return markdown_page.render(review_document(figures))


def review_html(figures: Figures) -> str:
    """The page as HTML."""
    from tracker.reports import html_page  # it imports drawsvg, 60 ms

    with speaking(figures.get("language")):
        return html_page.render(review_document(figures))


def review_document(figures: Figures) -> doc.Document:
    """The page of a review."""
    name, revision = times.format_week(figures["week"]), figures["revision"]
    span = times.format_week_dates(figures["week"], weekday(figures["from"]))
    # The empty lines behind the user's words are in the figures only.
    lines = (figures["words"] or "").split("\n")
    while lines and not lines[-1].strip():
        lines.pop()
    return doc.Document(
        kind=_("Weekly review"),
        title=_("Week {n}").format(n=figures["week"].rpartition("W")[2].lstrip("0")),
        name=name,
        subtitle=span + (" · " + _("revision {n}").format(n=revision) if revision > 1 else ""),
        full_name=" · ".join((_("Weekly review"), name, span)),
        quotation="\n".join(lines),
        key_figures=_key_figures(figures) if figures["coverage"]["logged"] else (),
        sections=[
            doc.Section(_("Guessed time"), _estimate(figures)),
            doc.Section(_("The week against your usual"), _usual(figures)),
            doc.Section(_("When you check"), _checking(figures)),
            doc.Section(_("Patterns"), _patterns(figures)),
            worth_section(figures["worth"]),
            doc.Section(_("Results"), _outcomes(figures)),
            doc.Section(_("Habits and commitments"), _habits_and_results(figures)),
            doc.Section(_("For the coming week"), [_commitments(figures)]),
            doc.Section(_("Who to talk to"), _people(figures)),
        ],
        footer=_footer(figures),
        figures=figures,
        first_keys=FIRST_KEYS,
    )


def _own(text: str) -> doc.Inline:
    return doc.Inline("own", text)


def _columns(*titles: str, medium: doc.Medium = None) -> list[doc.TableColumn]:
    return [doc.TableColumn(title, medium) for title in titles]


def _say_coverage(figures: Figures) -> str:
    """What the figures rest on: the logged days of the week, and of the weeks that make the usual one."""
    logged, days = figures["coverage"]["logged"], figures["coverage"]["days"]
    said = say_logged(logged, days, over=days == 7)
    weeks = figures["usual_weeks"]
    if not weeks:
        return said
    usual = ngettext(
        "usual: {n} week before, {logged} of {days} days logged",
        "usual: {n} weeks before, {logged} of {days} days logged",
        weeks,
    )
    return said + _("; ") + usual.format(n=weeks, logged=figures["usual_logged_days"], days=7 * weeks)


def _say_usual(figures: Figures) -> str:
    """What is usual, in as many days as it is of; in an older review it is of a whole week."""
    return say_usual(figures["usual_seconds"], figures.get("usual_for_days", 7))


def _key_figures(figures: Figures) -> list[doc.FigureCard]:
    talks = sum(count or 0 for count in figures["contacts"].values())
    people, urges = figures.get("people"), figures["urges"]
    logged, days = figures["coverage"]["logged"], figures["coverage"]["days"]
    seconds, usual_seconds = figures["seconds"], figures["usual_seconds"]
    usual = ""
    if usual_seconds is not None:
        usual = _("usually {seconds}").format(seconds=_say_usual(figures))
        if figures["over"] and seconds is not None and logged >= LEAST_DAYS:
            usual += f" · {times.format_duration_difference(seconds, usual_seconds, figures['difference_percent'])}"
    checks = "?" if seconds is None else str(figures["checks"])
    with_people = wording.format_with_people(people) if people else ""
    return [
        doc.FigureCard(times.format_optional_duration(seconds), _("social time"), usual),
        doc.FigureCard(checks, ngettext("check", "checks", figures["checks"] or 0)),
        doc.FigureCard(str(talks), ngettext("talk", "talks", talks), with_people),
        doc.FigureCard(str(urges), ngettext("resisted urge", "resisted urges", urges)),
        doc.FigureCard(f"{logged} / {days}", _("days logged") if days == 7 else _("days logged so far")),
    ]


def _estimate(figures: Figures) -> list[doc.Block]:
    estimate = figures["estimate"]
    if not estimate:
        return []
    estimates: list[tuple[doc.Text, Figures]] = [(_("in all"), estimate)] if estimate["seconds"] is not None else []
    estimates += [(_own(channel["title"]), channel) for channel in estimate["channels"]]
    unknown = say_too_few_days(figures["coverage"]["logged"], figures["coverage"]["days"])
    rows = []
    for name, row in estimates:
        seconds = row["seconds"], row["logged_seconds"]
        difference = [] if unknown else [say_more_than_estimated(*seconds)]
        rows.append((name, *map(times.format_optional_duration, seconds), *difference))
    columns = _columns("", _("guessed"), _("logged"), *([] if unknown else [_("difference")]))
    return [doc.Table(_("Guessed before any figure was shown"), columns, rows, "even"), doc.Paragraph(unknown)]


def _usual(figures: Figures) -> list[doc.Block]:
    """Seven days as columns, what changed most, and every channel, purpose and activity against the usual week."""
    if not figures["coverage"]["logged"]:
        return [doc.Paragraph(_("nothing logged: unknown, not zero"))]
    social = [row for row in figures["channels"] if row["kind"] == "social"]
    others = [row for row in figures["channels"] if row["kind"] != "social"]
    seconds = _("social time {seconds}").format(seconds=times.format_optional_duration(figures["seconds"]))
    totals = [seconds, wording.format_checks(figures["checks"])]
    if figures["usual_seconds"] is not None:
        totals.append(_("usually {seconds}").format(seconds=_say_usual(figures)))

    def used(rows: Sequence[Figures]) -> list[Figures]:
        return [row for row in rows if row["seconds"] or row["usual_seconds"]]

    purposes, activities, unnamed = used(figures["purposes"]), figures["activities"], ""
    if purposes and not any(row["purpose"] for row in purposes):
        # All of it was measured, or logged without saying what was done: a table of nothing else says nothing.
        purposes, activities, unnamed = [], [], _("no session of this week or the usual one has an activity")
    short = [
        _short_change_table(_("By purpose"), purposes, figures),
        _short_change_table(_("Other channels"), used(others), figures),
    ]
    return [
        doc.Paragraph(f"{' · '.join(totals)} ({_say_coverage(figures)})", medium="markdown"),
        doc.Paragraph(figures["changed"], "lead"),
        _week_chart(figures, social),
        doc.Paragraph(wording.format_simultaneous(figures.get("twice_seconds") or 0), "soft"),
        _change_table(_("channel"), [*social, *others], figures),
        _change_table(_("purpose"), purposes, figures),
        _change_table(_("activity"), activities, figures),
        doc.Paragraph(unnamed, "soft"),
        _change_table("", social, figures, _("Social channels")),
        doc.BlockGroup(short, "two", "html"),
    ]


def _week_chart(figures: Figures, social: Sequence[Figures]) -> doc.WeekChart:
    titles: dict[str, str] = {row["channel"]: row["title"] for row in figures["channels"]}
    compared = figures["coverage"]["logged"] >= LEAST_DAYS

    def part(row: Figures) -> doc.BarPart:
        channel: str = row["channel"]
        seconds: int = row["seconds"]
        return doc.BarPart(channel, titles.get(channel, channel), seconds, times.format_optional_duration(seconds))

    days = []
    for day in figures["days"]:
        date, begun = times.format_date(day["date"]), day.get("begun", True)
        not_logged = _("not logged") if begun else ""
        checks, spoken, state = not_logged, not_logged, "unknown" if begun else "ahead"
        if day["logged"]:
            checks, spoken = wording.format_checks(day["checks"]), times.format_optional_duration(day["seconds"])
            state = "logged"
        usual_seconds, parts = day["usual_seconds"] if compared else None, [part(row) for row in day["channels"]]
        short = " ".join(date.split(" ")[:2])
        days.append(doc.DayBar(date, short, checks, state, day["seconds"] or 0, usual_seconds, spoken, parts))
    usual = _("usual on that weekday") if any(day.usual_seconds for day in days) else ""
    return doc.WeekChart(days, [part(row) for row in social if row["seconds"]], usual)


def _say_difference(row: Figures, figures: Figures, *, with_percent: bool = True) -> str:
    """Nothing where there is no usual week, or too few days were logged to compare with it."""
    if row["usual_seconds"] is None or figures["coverage"]["logged"] < LEAST_DAYS:
        return ""
    percent = row["difference_percent"] if with_percent else None
    return times.format_duration_difference(row["seconds"], row["usual_seconds"], percent)


def _week_values(row: Figures, figures: Figures) -> list[int | None]:
    """A channel's seconds in the last five weeks, None in those that are not known; empty for what is no channel."""
    if "channel" not in row:
        return []
    return [
        sum(part["seconds"] for part in week["channels"] if part["channel"] == row["channel"])
        if week["known"]
        else None
        for week in figures["weeks"]
    ]


def _five_weeks(row: Figures, values: Sequence[int | None], most: int) -> doc.Cell:
    """A channel's last five weeks on the scale of its table; nothing where all are empty or unknown."""
    if not any(values):
        return ""
    spoken = wording.labelled(row["title"], ", ".join(map(times.format_optional_duration, values)))
    return doc.Sparkline(row["channel"], values, most, spoken)


def _change_name(row: Figures) -> doc.Text:
    return doc.ChannelName(row["channel"], row["title"]) if "channel" in row else _own(row["title"])


def _change_table(first_title: str, rows: Sequence[Figures], figures: Figures, caption: str = "") -> doc.Table:
    """Seconds, the usual ones and the difference, and for channels the last five weeks.

    With a caption it is for HTML, without one for Markdown.
    """
    weeks = [_week_values(row, figures) for row in rows]
    most = max((value or 0 for values in weeks for value in values), default=0)
    cells: list[tuple[doc.Cell, ...]] = []
    for row, values in zip(rows, weeks, strict=True):
        usual = "–" if row["usual_seconds"] is None else times.format_optional_duration(row["usual_seconds"])
        seconds, changed = times.format_optional_duration(row["seconds"]), _say_difference(row, figures)
        cells.append((_change_name(row), seconds, usual, changed, _five_weeks(row, values, most)))
    columns = _columns(first_title, _("time"), _("usual"), _("difference"), _("five weeks"))
    if caption:
        return doc.Table(caption, columns, cells, "five", "html")
    width = 5 if any(row[4] for row in cells) else 4
    return doc.Table("", columns[:width], [row[:width] for row in cells], medium="markdown")


def _short_change_table(caption: str, rows: Sequence[Figures], figures: Figures) -> doc.Table:
    cells = []
    for row in rows:
        name = _change_name(row) if "channel" in row else wording.capitalized(row["title"])
        changed = _say_difference(row, figures, with_percent=False)
        cells.append((name, times.format_optional_duration(row["seconds"]), changed))
    return doc.Table(caption, _columns("", _("time"), _("against usual")), cells, medium="html")


def _checking(figures: Figures) -> list[doc.Block]:
    dates = [times.format_date(day["date"]) for day in figures["days"]]
    weekdays = [times.format_short_weekday(day["date"]) for day in figures["days"]]
    blocks: list[doc.Block] = []
    if any(map(any, figures["hours"])):
        by_hour = [sum(day[hour] or 0 for day in figures["hours"]) for hour in range(24)]
        top = by_hour.index(max(by_hour))
        caption = _("checks by hour of the day; most between {start}:00 and {end}:00")
        caption = caption.format(start=top, end=(top + 1) % 24)
        first_hour = int(figures.get("day_starts_at", 0)) // HOUR
        blocks.append(doc.HourChart(weekdays, figures["hours"], first_hour, figures["coverage"]["days"], caption))
    rows = [
        (weekday_name, date, _clock(day["first"]), _clock(day["last"]), str(day["checks"]))
        for weekday_name, date, day in zip(weekdays, dates, figures["days"], strict=True)
        if day["logged"]
    ]
    columns = [
        *(doc.TableColumn(_("day"), "markdown"), doc.TableColumn(_("day"), "html")),
        *_columns(_("first opening"), _("last close"), _("checks")),
    ]
    return [*blocks, doc.Table(_("Each logged day"), columns, rows, "even")]


def _clock(instant: str | None) -> str:
    return instant[11:16] if instant else "–"


def _patterns(figures: Figures) -> list[doc.Block]:
    """What was flagged, with its evidence and five weeks of it; what the user marked, and the others by name."""
    flagged = [row for row in figures["patterns"] if row["state"] == "flagged"]
    lines, cards = [], []
    for row in flagged:
        if row["dismissed_until"] is None and row["expected"] is None:
            cards.append(_card(row))
            continue
        template, value = _("{title}, expected: {why}"), row["expected"] or "–"
        if row["dismissed_until"]:
            template = _("{title}, muted until {date}")
            value = times.format_near_date(row["dismissed_until"], figures["made"][:10])
        lines.append(doc.fill(template, title=row["title"], date=value, why=_own(value)))
    for state, template in (("quiet", _("Quiet: {names}")), ("not enough data", _("Not enough data: {names}"))):
        names = [row["title"] for row in figures["patterns"] if row["state"] == state]
        if names:
            lines.append(template.format(names=", ".join(names)))
    observation = _(
        "An observation, not a diagnosis: your figures, compared with what is usual for you and with chance."
    )
    return [
        doc.CardList(cards, MOST_FLAGS, _("Also flagged: {names}")),
        doc.ItemList(list(map(doc.ListItem, lines)), "lines"),
        doc.Paragraph(observation if flagged else "", "aside"),
    ]


def _card(row: Figures) -> doc.Card:
    names = (times.format_week(week["week"]).rpartition("-")[2] for week in row["weeks"])
    weeks = [
        doc.PatternWeek(name, week["state"], week.get("figure"), week.get("said") or "")
        for name, week in zip(names, row["weeks"], strict=True)
    ]
    spoken = ", ".join(" ".join(filter(None, (week.week, _(week.state), week.spoken))) for week in weeks)
    return doc.Card(row["title"], row["evidence"], weeks, spoken)


def worth_section(rows: Sequence[Figures]) -> doc.Section:
    """Each channel's hours, cost and leads, the three tests, the verdict, and what would settle it."""
    rows = list(filter(worth.is_stored_used, ({**worth.WITHOUT_OTHERS, **row} for row in rows)))
    title = _("Is it worth it?")
    if not rows:
        return doc.Section(title, [])
    first, last = (times.format_near_date(rows[0][key], None) for key in ("from", "to"))
    span = _("{first} to {last}").format(first=first, last=last)
    most = max((row["leads_per_hour"]["high"] for row in rows if worth.has_stored_rate(row)), default=0)
    in_markdown = [column for column in worth.COLUMNS.values() if column.page_cell]
    columns = _columns("") + _columns(*(_(column.title) for column in in_markdown), _("yours"), medium="markdown")
    columns += _columns(*(_(column.title) for column in worth.HTML_COLUMNS), medium="html")
    tests = [(_worth_name(row), *(_worth_test(row, name) for name in TEST_TITLES)) for row in rows]
    caution = _("This shows what went together, not what caused what. A lead under 30 days old is still open.")
    blocks: list[doc.Block] = [
        doc.Paragraph(span, medium="markdown"),
        doc.Table(span, columns, [_worth_cells(row, most) for row in rows], "worth"),
        doc.ItemList(list(map(doc.ListItem, _worth_notes(rows))), medium="markdown"),
        doc.Table(_("The three tests"), _columns("", *map(_, TEST_TITLES.values())), tests, "tests", "html"),
        doc.BlockGroup([doc.ItemList(list(map(doc.ListItem, _common_worth_notes(rows))), "lines")], "small", "html"),
        doc.Paragraph(caution, "soft"),
    ]
    return doc.Section(title, blocks)


def _worth_name(row: Figures) -> doc.Text:
    return doc.ChannelName(row["channel"], row["title"]) if row["kind"] == "social" else _own(row["title"])


def _worth_cells(row: Figures, most: float) -> tuple[doc.Cell, ...]:
    """The cells of a channel: the first for both formats, the next for Markdown, those of HTML_COLUMNS for HTML."""
    yours = row["your_verdict"]
    texts = {key: column.page_text(row) for key, column in worth.COLUMNS.items() if column.page_cell}
    return (
        _worth_name(row),
        # A verdict begins with a sign, with which a list begins in Markdown.
        *(_own(text) if key == "verdict" else text for key, text in texts.items()),
        _own(say_verdict(yours["verdict"], short=True)) if yours else "",
        *(column.content(row, most) for column in worth.HTML_COLUMNS),
    )


def _worth_test(row: Figures, name: str) -> doc.Text:
    result, figures = _parted(row["tests_said"][name])
    return result, doc.Inline("soft", figures) if figures and row["tests"][name] != NOT_ENOUGH_DATA else ""


def _parted(sentence: str) -> tuple[str, str]:
    """What a test found, and the figures behind a dash (in reviews of earlier versions, behind a colon)."""
    mark = min((mark for mark in (" – ", ": ") if mark in sentence), key=sentence.index, default=": ")
    result, _mark, figures = sentence.partition(mark)
    return result, figures


def _worth_notes(rows: Sequence[Figures]) -> list[doc.Text]:
    """All that is said of each channel: its tests, what would settle the verdict, and why the user decided so.

    Channels of which the same is said share a line.
    """
    titles: dict[str, list[str]] = {}
    for row in rows:
        why = row["your_verdict"] and row["your_verdict"]["why"]
        tests = [note for name, note in row["tests_said"].items() if row["tests"][name] != NOT_ENOUGH_DATA]
        notes = [*tests, *worth.stored_not_added(row), *_settling(row), wording.in_quotation_marks(why) if why else ""]
        if any(notes):
            titles.setdefault(_("; ").join(filter(None, notes)), []).append(row["title"])
    return [(doc.Inline("strong", _own(", ".join(named))), _(": "), _own(note)) for note, named in titles.items()]


def _common_worth_notes(rows: Sequence[Figures]) -> list[doc.Text]:
    """The notes of `_worth_notes`, each once, without the tests, which have a table in HTML.

    What a test lacks is said where all channels lack it; where only some do, their verdicts say it.
    """

    def lacking(row: Figures) -> list[str]:
        names = [name for name, state in row["tests"].items() if state == NOT_ENOUGH_DATA]
        return [_parted(row["tests_said"][name])[1] for name in names]

    titles: dict[str, list[str]] = {}
    for row in rows:
        for note in filter(None, (*lacking(row), *worth.stored_not_added(row), *_settling(row))):
            titles.setdefault(note, []).append(row["title"])
    lacks = {note for row in rows for note in lacking(row)}
    notes: list[doc.Text] = [
        (doc.Inline("strong", _own(", ".join(named)) if len(named) < len(rows) else _("All")), _(": "), note)
        for note, named in titles.items()
        if len(named) == len(rows) or note not in lacks
    ]
    verdicts = [(row["title"], row["your_verdict"]["why"]) for row in rows if row["your_verdict"]]
    return notes + [
        (doc.Inline("strong", _own(title)), _(": "), doc.fill(_("“{text}”"), text=_own(why)))
        for title, why in verdicts
        if why
    ]


def _settling(row: Figures) -> tuple[str | None, ...]:
    return *row.get("cost_and_return", ()), row["settling"], row.get("compared"), row["otherwise"]


def _outcomes(figures: Figures) -> list[doc.Block]:
    """`client, 480 €, Agathe: six masks (meeting)` for each outcome, and the urges resisted."""
    items = []
    for row in figures["outcomes"]:
        text: list[doc.Text] = [doc.Inline("name", _(row["kind"]))]
        if row["amount"] is not None:
            text += [", ", doc.Inline("figure", format_money(worth.stored_hundredths(row["amount"]), row["currency"]))]
        text += [", ", _own(row["person"])] if row["person"] else []
        text += [_(": "), _own(row["note"])] if row["note"] else []
        title = row["title"] or row["channel"]
        text += [" ", doc.Inline("soft", ("(", _own(title), ")"))] if title else []
        items.append(doc.ListItem(tuple(text)))
    urges = figures["urges"]
    said = wording.format_urge_count(urges) if urges else ""
    return [doc.ItemList(items), doc.Paragraph(said, medium="markdown")]


def _if_then(row: Figures) -> doc.Text:
    return doc.fill(if_then(row["cue"]), cue=_own(row["cue"]), plan=_own(row["plan"].rstrip(".")))


def _habits_and_results(figures: Figures) -> list[doc.Block]:
    habits = []
    for row in figures["habits"]:
        states = [mark["state"] for mark in row["marks"]]
        signs = "".join(HABIT_SIGNS.get(state, ("?", ""))[0] for state in states)
        spoken = ", ".join(_(HABIT_SIGNS[state][1]) for state in states if state in HABIT_SIGNS)
        # A review written before habits said what they ask has days done, of days known.
        said = row["said"] if "said" in row else f"{row['done']} / {row['days']}"
        strength = "–" if row["strength_percent"] is None else with_percent_sign(str(row["strength_percent"]))
        habits.append((_own(row["name"]), doc.Signs(signs, spoken), _own(said), strength))
    columns = [*_columns(_("habit")), *_columns(_("its days"), medium="html"), *_columns(_("done"), _("strength"))]
    results = []
    for row in figures["kept"]:
        style, sign = {True: ("kept", "✓ "), False: ("not", "! "), None: ("open", "? ")}[row["kept"]]
        said = doc.Inline(style, wording.as_sentence(row["said"]))
        results.append(doc.ListItem((_if_then(row), " ", said), doc.Inline(style, sign)))
    return [doc.Table(_("Habits"), columns, habits, "even"), doc.ItemList(results)]


def _commitments(figures: Figures) -> doc.ItemList:
    items = [
        doc.ListItem((_if_then(row), doc.Inline("aside", row["measured"]) if row["measured"] else ""))
        for row in figures["commitments"]
    ]
    return doc.ItemList(items, "numbers")


def _people(figures: Figures) -> list[doc.Block]:
    """The rings with the week's talks on them, and who to talk to next: follow-ups, then ring by ring."""
    outreach, counts = figures["outreach"], figures["contacts"]
    talks = sum(count or 0 for count in counts.values())
    items = [doc.ListItem(_own(say_waiting(WaitingPerson(**person)))) for person in outreach["follow_ups"]]
    for ring in outreach["rings"]:
        label = wording.labelled(_(ring["ring"]), "")
        items += [doc.ListItem((label, _own(say_waiting(WaitingPerson(**person))))) for person in ring["waiting"]]
    talked = wording.format_talks(counts, figures.get("people")) if talks else _("no talks this week")
    if not figures["coverage"]["logged"]:
        talked = _("nothing logged: unknown, not zero")
    standing = say_ring_reached(Outreach(outreach["ring"], (), (), outreach["next_ring"], outreach["to_go"]))
    said = doc.Paragraph(talked, medium=None if talks else "html"), doc.Paragraph(wording.as_sentence(standing))
    words = doc.BlockGroup([*said, doc.ItemList(items)])
    if not talks and not items:
        return [words]
    rings = [(_(ring), counts.get(ring) or 0) for ring in RINGS]
    return [doc.BlockGroup([doc.RingChart(rings, RINGS.index(outreach["ring"]), talked), words], "beside")]


def _footer(figures: Figures) -> list[doc.Paragraph]:
    skipped = [_(STEPS[step]) if step in STEPS else step for step in figures["steps"]["skipped"] if step != "words"]
    made = _("created {date}").format(date=times.format_near_date(figures["made"][:10], None))
    return [
        doc.Paragraph(_say_coverage(figures)),
        *([] if figures["over"] else [doc.Paragraph(_("the week was not over"), medium="markdown")]),
        *([doc.Paragraph(_("steps skipped: {steps}").format(steps=", ".join(skipped)))] if skipped else []),
        doc.Paragraph(made, medium="markdown"),
        doc.Paragraph(f"{made} · tracker", medium="html"),
    ]
