"""The weekly review by keys: every step, left and come back to, written, read, exported, amended, found again."""

from __future__ import annotations

import json
import re
from contextlib import nullcontext
from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input

from tests.conftest import NOW
from tests.tui.conftest import notices, settled, shown
from tests.tui.figures import UNHURRIED
from tracker.calendar import clock
from tracker.domain.models import REVIEW_STEPS, Commitment
from tracker.services import closing_day, noted_records, queries, reviewing, timekeeping
from tracker.storage import reviews, sessions
from tracker.tui.clock_monitor import ClockMonitor
from tracker.tui.review.screen import ReviewScreen
from tracker.tui.review.writing import WrittenPage

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

    from tests.tui.conftest import Running
    from tracker.tui.app import TrackerApp

#: The last week that is over, and the one after it.
WEEK, NEXT = "2026-W47", "2026-W48"
SETTINGS = UNHURRIED._replace(hour_cost=4500, sale_value=48_000, client_share=0.25)

TITLES = (
    "How long do you think it was?",
    "The week against your usual",
    "When you check",
    "The patterns",
    "Is it worth it?",
    "Commitments and habits",
    "The coming week",
    "The week in your own words",
)


async def press(pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await pilot.pause()


async def typed(pilot: Pilot[None], words: str) -> None:
    await pilot.press(*["space" if sign == " " else sign for sign in words])
    await pilot.pause()


async def to_step(pilot: Pilot[None], number: int, *, guessed: bool = False) -> None:
    """From the first step to another; where nothing is guessed there, enter is asked for once more."""
    await press(pilot, *["enter"] * (number + (0 if guessed else 1) if number > 1 else 0))


def step(app: TrackerApp) -> str:
    """The title of the step that is shown."""
    assert isinstance(app.screen, ReviewScreen)
    return str(app.screen.step.border_title)


def figures_seen(app: TrackerApp) -> bool:
    """Whether the file says that the figures of the week were seen."""
    draft = reviews.draft(app.workspace.database, WEEK)
    return draft is not None and draft.shown is not None


def commit(app: TrackerApp, *made: Commitment) -> None:
    for commitment in made:
        reviews.add_commitment(app.workspace.database, commitment, now=NOW - 7 * 86_400)


async def test_enter_goes_through_all_eight_and_writes(running: Running) -> None:
    async with running(settings=SETTINGS, size=(80, 24)) as (app, pilot):
        await press(pilot, "R")
        seen = [step(app)]
        await press(pilot, "enter", "enter")  # the figures beside the guess that was not made
        for _number in range(7):
            await press(pilot, "enter")
            seen.append(step(app))
        assert tuple(seen) == TITLES
        await press(pilot, "tab", "enter")
        await settled(app, pilot)
        assert isinstance(app.screen, WrittenPage)
        written = reviews.latest(app.workspace.database, WEEK)
        assert written is not None
        assert set(REVIEW_STEPS) - set(written.reviewed) == {"estimate", "next", "words"}, "nothing was said there"
        assert "2026-W47, written Mon 23 Nov" in shown(app)
        assert shown(app).lower().count("esc") == 1, "said once: with the other keys, not on the border too"
        assert not notices(app), "the page says it"


async def test_no_figure_is_shown_before_the_guess(running: Running) -> None:
    async with running(settings=SETTINGS, size=(80, 24)) as (app, pilot):
        logged = queries.week(app.workspace, WEEK).seconds
        assert logged is not None
        hours = f"{logged // 3600}h {logged % 3600 // 60}m"
        await press(pilot, "R")
        assert hours not in shown(app)
        await typed(pilot, "11h")
        await press(pilot, "down")
        await typed(pilot, "4h30")
        assert "the channels add up to 4h 30m" in shown(app)
        assert not figures_seen(app)
        await press(pilot, "enter")
        assert hours in shown(app)
        said = {
            estimate.channel: estimate.seconds for estimate in reviews.estimates_of_week(app.workspace.database, WEEK)
        }
        assert said[None] == 11 * 3600
        assert sorted(said.values()) == [16_200, 39_600]


async def test_what_else_happened_helps_to_remember_the_week(running: Running) -> None:
    async with running(settings=SETTINGS) as (app, pilot):
        closing_day.write_note(app.workspace, "2026-11-18", "Drew until midnight")
        await press(pilot, "R")
        reminders = shown(app).partition("To help you remember the days")[2]
        assert re.search(r"Wed +★ prospect via LinkedIn.*“Drew until midnight”", reminders, re.DOTALL)
        assert not re.search(r"\d+[hm]", reminders), "no duration gives the answer away"


async def test_earlier_guesses_stand_below_the_answer(running: Running) -> None:
    async with running(settings=SETTINGS) as (app, pilot):
        reviewing.begin_review(app.workspace, "2026-W46")
        reviewing.set_estimates(app.workspace, "2026-W46", {None: 5 * 3600})
        reviewing.write_review(app.workspace, "2026-W46")
        await press(pilot, "R")
        assert "W46" not in shown(app)
        await press(pilot, *"7h", "enter")
        assert re.search(r"W46 +5h +7h 9m +2h 9m more", shown(app))


async def test_a_guess_that_cannot_be_read_stays_in_its_field(running: Running) -> None:
    async with running(settings=SETTINGS, size=(80, 24)) as (app, pilot):
        await press(pilot, "R")
        await typed(pilot, "11hh")
        await press(pilot, "enter")
        assert "is not a duration" in shown(app)
        assert not figures_seen(app)
        await press(pilot, "backspace", "enter")
        assert "you guessed 11h" in shown(app)


@pytest.mark.parametrize(
    ("guess", "why"), [("9999h", "“9999h” is longer than a week, which has 168h"), ("22", "Write 22h or 22m")]
)
async def test_a_guess_that_no_week_can_be_is_refused_as_it_is_typed(running: Running, guess: str, why: str) -> None:
    async with running(settings=SETTINGS, size=(80, 24)) as (app, pilot):
        await press(pilot, "R", "down")
        await typed(pilot, guess)
        assert why in shown(app)
        await press(pilot, "enter")
        assert f"✗ {'hours or minutes' if guess == '22' else why}" in shown(app)
        assert not figures_seen(app)
        assert reviews.estimates_of_week(app.workspace.database, WEEK) == []


async def test_a_slip_of_the_guess_is_undone_right_behind_it(running: Running) -> None:
    async with running(settings=SETTINGS, size=(80, 24)) as (app, pilot):
        await press(pilot, "R")
        await typed(pilot, "110h")
        await press(pilot, "enter")
        assert "you guessed 110h" in shown(app)
        await press(pilot, "z")
        assert not figures_seen(app)
        await press(pilot, "backspace", "backspace", "h", "enter")
        assert "you guessed 11h" in shown(app)
        await press(pilot, "enter", "backspace", "z")
        assert figures_seen(app), "something was done since"
        assert "you guessed 11h" in shown(app)


async def test_undo_on_the_week_leads_back_to_the_guess(running: Running) -> None:
    async with running(settings=SETTINGS, size=(80, 24)) as (app, pilot):
        await press(pilot, "R")
        await typed(pilot, "110h")
        await press(pilot, "enter", "escape", "3", "z", "R")
        assert not figures_seen(app)
        await press(pilot, "backspace", "backspace", "h", "enter")
        assert "you guessed 11h" in shown(app)


async def test_leaving_with_a_field_that_cannot_be_read_says_so_once(running: Running) -> None:
    async with running(settings=SETTINGS, size=(80, 24)) as (app, pilot):
        await press(pilot, "R")
        await typed(pilot, "11h")
        await press(pilot, "down", "h", "escape")
        assert "is not a duration" in shown(app)
        await press(pilot, "escape")
        assert len(app.screen_stack) == 1
        assert {
            estimate.channel: estimate.seconds for estimate in reviews.estimates_of_week(app.workspace.database, WEEK)
        } == {None: 39_600}


async def test_a_guess_can_be_taken_back_before_the_figures(running: Running) -> None:
    async with running(settings=SETTINGS, size=(80, 24)) as (app, pilot):
        await press(pilot, "R")
        await typed(pilot, "11h")
        await press(pilot, "escape", "R")
        assert "11h" in shown(app)
        await press(pilot, "backspace", "backspace", "backspace", "enter", "enter")
        assert reviews.estimates_of_week(app.workspace.database, WEEK) == []


@pytest.mark.parametrize("number", range(1, 9))
async def test_leaving_at_a_step_and_coming_back_loses_nothing(running: Running, number: int) -> None:
    """What was answered is there, at the step that was left, with the same steps reviewed."""
    async with running(settings=SETTINGS, size=(80, 24)) as (app, pilot):
        commit(app, Commitment(0, WEEK, "I have just published", "I go out"))
        await press(pilot, "R")
        await typed(pilot, "9h")
        await to_step(pilot, number, guessed=True)
        answers = {4: ("N",), 5: ("plus", "s", "o", "enter"), 6: ("y",), 7: ("1",), 8: ("O", "n", "enter", "T", "w")}
        await press(pilot, *answers.get(number, ()))
        await settled(app, pilot)
        assert isinstance(app.screen, ReviewScreen)
        before, reviewed = step(app), app.screen.open_review.review.reviewed
        await press(pilot, "escape")
        assert len(app.screen_stack) == 1
        assert "[R] continues the review" in notices(app)[-1]
        await press(pilot, "R")
        assert step(app) == before
        draft = reviews.draft(app.workspace.database, WEEK)
        assert draft is not None
        assert draft.reviewed == reviewed
        assert {
            estimate.channel: estimate.seconds for estimate in reviews.estimates_of_week(app.workspace.database, WEEK)
        } == {None: 32_400}
        if number == 4:
            assert "muted until" in shown(app)
        if number == 5:
            assert [verdict.verdict for verdict in reviews.verdicts_of_week(app.workspace.database, WEEK).values()] == [
                "more"
            ]
            assert "so" in shown(app)
        if number == 6:
            assert "you said: kept" in shown(app)
        if number == 7:
            assert len(reviews.commitments_of_week(app.workspace.database, NEXT)) == 1
        if number == 8:
            assert draft.words == "On\nTw"
            assert "On" in shown(app)


async def test_a_step_skipped_is_not_a_step_reviewed(running: Running) -> None:
    async with running(settings=SETTINGS, size=(80, 24)) as (app, pilot):
        await press(pilot, "R", "enter", "enter", "enter", "s", "enter")
        assert reviews.draft(app.workspace.database, WEEK).reviewed == ("checks",)  # type: ignore[union-attr]
        rail = shown(app).splitlines()[1]
        assert rail.split("─")[0].strip() == "» Guess"
        assert "» Usual" in rail
        assert "✓ When" in rail
        assert "❹ Patterns" in rail


async def test_back_and_forth_by_backspace_tab_and_the_rail(running: Running) -> None:
    async with running(settings=SETTINGS, size=(80, 24)) as (app, pilot):
        await press(pilot, "R", "enter", "enter", "enter", "enter", "backspace")
        assert step(app) == TITLES[1]
        await press(pilot, "shift+tab")
        assert step(app) == TITLES[0]
        await press(pilot, "tab")
        assert step(app) == TITLES[1]
        rail = shown(app).splitlines()[1]
        await pilot.click(offset=(rail.index("Worth"), 1))
        await pilot.pause()
        assert step(app) == TITLES[4]


async def test_patterns_are_explained_and_set_aside(running: Running) -> None:
    async with running(settings=SETTINGS, size=(120, 36)) as (app, pilot):
        await press(pilot, "R")
        await to_step(pilot, 4)
        await settled(app, pilot)
        assert re.search("(?:[⚑✓◌] ){4}[⚑✓◌] ", shown(app)), "five weeks of each"
        await press(pilot, "e")
        assert type(app.screen).__name__ == "EvidenceDialog"
        await press(pilot, "escape", "X", "c")
        assert "expected: campaign" in shown(app)
        for _number in range(14):
            if "T  show again" not in shown(app):
                await press(pilot, "down")
        await press(pilot, "T")
        assert "expected: campaign" not in shown(app)


async def test_any_cell_opens_its_arithmetic(running: Running) -> None:
    async with running(settings=SETTINGS, size=(80, 24)) as (app, pilot):
        await press(pilot, "R")
        await to_step(pilot, 5)
        assert "continue" in shown(app)
        await press(pilot, "down", "right", "right", "enter")
        assert "cost = hours · cost of an hour + spent" in shown(app)
        await press(pilot, "escape", "tab")
        assert step(app) == TITLES[5]
        assert "worth" in reviews.draft(app.workspace.database, WEEK).reviewed  # type: ignore[union-attr]


@pytest.mark.parametrize("opened", ["in the review", "on its page"])
async def test_what_worth_lacks_is_set_where_it_is_asked_for(running: Running, opened: str) -> None:
    async with running(settings=UNHURRIED) as (app, pilot):
        await press(pilot, *(("R",) if opened == "in the review" else ("3", "left", "V")))
        await to_step(pilot, 5 if opened == "in the review" else 1)
        assert "what an hour of your time costs" in shown(app).casefold()
        assert "hour_cost" not in shown(app), "a key sets it"
        await press(pilot, "m", *"45", "enter")
        await settled(app, pilot)
        assert app.workspace.settings.hour_cost == 4500
        assert "what an hour of your time costs" not in shown(app).casefold()


async def test_a_verdict_is_overruled_with_a_reason_and_taken_back(running: Running) -> None:
    async with running(settings=SETTINGS, size=(80, 24)) as (app, pilot):
        await press(pilot, "R")
        await to_step(pilot, 5)
        await press(pilot, "minus")
        await typed(pilot, "only for clients")
        await press(pilot, "enter")
        [given] = reviews.verdicts_of_week(app.workspace.database, WEEK).values()
        assert (given.verdict, given.why) == ("cut", "only for clients")
        assert "only for clients" in shown(app)
        await press(pilot, "T")
        assert reviews.verdicts_of_week(app.workspace.database, WEEK) == {}


async def test_last_weeks_commitments_are_answered(running: Running) -> None:
    async with running(settings=SETTINGS, size=(80, 24)) as (app, pilot):
        commit(
            app,
            Commitment(0, WEEK, "I want to check", "I call", "contacts", "at_least", 1.0, "week"),
            Commitment(0, WEEK, "I have published", "I go out"),
            Commitment(0, WEEK, "I wake up", "I write"),
        )
        await press(pilot, "R")
        await to_step(pilot, 6)
        assert shown(app).count("Did you keep it?") == 2, "only of those that the log cannot tell"
        await press(pilot, "n", "y")
        assert [commitment.kept for commitment in reviews.commitments_of_week(app.workspace.database, WEEK)] == [
            None,
            False,
            True,
        ]


async def test_commitments_of_the_weeks_before_stand_below(running: Running) -> None:
    async with running(settings=SETTINGS) as (app, pilot):
        earlier = Commitment(0, "2026-W46", "I wake up", "I call Nadia")
        commit(app, earlier)
        await press(pilot, "R")
        await to_step(pilot, 6)
        assert "W46  ? If I wake up, then I call Nadia." in shown(app)


async def test_who_to_talk_to_is_never_cut(running: Running) -> None:
    note = "asked for a quote under the post of Tuesday, and whether we could meet before the end of the year"
    async with running(settings=SETTINGS, size=(80, 24)) as (app, pilot):
        three_weeks_ago = NOW - 21 * 86_400
        noted_records.record_outcome(app.workspace, "prospect", three_weeks_ago, person="Maison Quénot", note=note)
        await press(pilot, "R")
        await to_step(pilot, 7)
        await press(pilot, *["pagedown"] * 3)
        assert note in " ".join(shown(app).replace("│", " ").split())


async def test_commitments_are_taken_written_changed_and_dropped(running: Running) -> None:
    async with running(settings=SETTINGS, size=(80, 24)) as (app, pilot):
        await press(pilot, "R")
        await to_step(pilot, 7)
        await press(pilot, "1", "a")
        app.screen.query_one(Input).value = "if it rains then I call Nadia; at least 2 a week by contacts street"
        await press(pilot, "enter")
        made = reviews.commitments_of_week(app.workspace.database, NEXT)
        assert len(made) == 2
        assert (made[1].cue, made[1].plan, made[1].measure, made[1].target, made[1].ring) == (
            *("it rains", "I call Nadia", "contacts", 2.0, "street"),
        )
        await press(pilot, "e")
        assert "if it rains then I call Nadia; at least 2" in app.screen.query_one(Input).value
        app.screen.query_one(Input).value = "if it rains then I write to Nadia"
        await press(pilot, "enter")
        made = reviews.commitments_of_week(app.workspace.database, NEXT)
        assert (made[1].plan, made[1].measure) == ("I write to Nadia", None)
        await press(pilot, "1")
        assert len(reviews.commitments_of_week(app.workspace.database, NEXT)) == 3
        assert "Suggested" not in shown(app), "three are enough"
        await press(pilot, "d")
        assert len(reviews.commitments_of_week(app.workspace.database, NEXT)) == 2


async def test_words_are_written_in_the_users_editor(
    running: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\nprintf "\\nfrom elsewhere\\n" >> "$1"\n')
    editor.chmod(0o700)
    monkeypatch.delenv("VISUAL", raising=False)
    async with running(settings=SETTINGS, size=(80, 24)) as (app, pilot):
        monkeypatch.setattr(app, "suspend", nullcontext)
        await press(pilot, "R")
        await to_step(pilot, 8)
        await typed(pilot, "Here")
        monkeypatch.setenv("EDITOR", str(editor))
        await press(pilot, "ctrl+o")
        assert reviewing.draft(app.workspace, WEEK).words == "Here\nfrom elsewhere"
        await press(pilot, "enter", "enter")
        monkeypatch.setenv("EDITOR", "true")
        await press(pilot, "ctrl+o")
        assert reviewing.draft(app.workspace, WEEK).words == "Here\nfrom elsewhere\n\n", (
            "what the editor leaves alone stays"
        )
        monkeypatch.setenv("EDITOR", str(tmp_path / "nowhere"))
        await press(pilot, "ctrl+o")
        assert "cannot open" in shown(app)
        monkeypatch.setenv("EDITOR", "false")
        await press(pilot, "ctrl+o")
        assert "your words are as they were" in shown(app)
        assert reviewing.draft(app.workspace, WEEK).words == "Here\nfrom elsewhere\n\n"


async def test_written_read_exported_copied_amended_and_found_again(
    running: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with running(settings=SETTINGS, size=(80, 24)) as (app, pilot):
        await press(pilot, "R")
        await to_step(pilot, 8)
        await typed(pilot, "A quiet week")
        await press(pilot, "ctrl+s")
        await settled(app, pilot)
        assert "▎ A quiet week" in shown(app)
        page = reviews.latest(app.workspace.database, WEEK).page  # type: ignore[union-attr]
        await press(pilot, "m", "enter")
        assert (tmp_path / "2026-W47.md").read_text(encoding="utf-8") == page
        assert str(tmp_path / "2026-W47.md") in notices(app)[-1]
        await press(pilot, "h", "enter")
        assert "<!doctype html>" in (tmp_path / "2026-W47.html").read_text(encoding="utf-8")
        (tmp_path / "2026-W47.md").write_text("mine now", encoding="utf-8")
        await press(pilot, "m", "enter")
        assert "already exists with other contents" in shown(app)
        await press(pilot, "a", "c")
        assert app.screen.query_one(Input).value == "ac", "the line is still there"
        await press(pilot, "escape")
        assert (tmp_path / "2026-W47.md").read_text(encoding="utf-8") == "mine now"
        await press(pilot, "c")
        assert app.clipboard.startswith("# ")
        await press(pilot, "a")
        await settled(app, pilot)
        assert "amended, r2" in shown(app)
        assert step(app) == TITLES[7]
        await press(pilot, "escape", "R", "a")  # nothing was written yet: it is amended anew
        assert step(app) == TITLES[7]
        await typed(pilot, ", after all")
        await press(pilot, "ctrl+s")
        await settled(app, pilot)
        await press(pilot, "escape", "3", "A")
        assert shown(app).count("written Mon 23 Nov") == 2, "both versions are there"
        await typed(pilot, "after all")
        await settled(app, pilot)
        assert shown(app).count("written Mon 23 Nov") == 1
        await press(pilot, "enter")
        await settled(app, pilot)
        assert "2026-W47-r2, written" in shown(app)
        assert reviews.get(app.workspace.database, "2026-W47-r1").page == page
        await press(pilot, "escape", "A", "down", "enter")
        await settled(app, pilot)
        (tmp_path / "2026-W47.md").unlink()
        await press(pilot, "m", "enter")
        assert (tmp_path / "2026-W47.md").read_text(encoding="utf-8") == page, "the version that is read"
        assert json.loads(reviews.get(app.workspace.database, "2026-W47-r2").figures or "")["week"] == WEEK


async def test_the_week_says_that_it_is_reviewed_and_reads_it(running: Running) -> None:
    async with running(settings=SETTINGS, size=(120, 36)) as (app, pilot):
        await press(pilot, "3", "left")
        assert "reviewed" not in shown(app)
        await press(pilot, "R", "escape")
        assert "review begun" not in shown(app), "nothing was answered"
        await press(pilot, "R", "1", "h", "escape")
        assert "◐ review begun" in shown(app)
        reviewing.write_review(app.workspace, WEEK)
        app.reload()
        await settled(app, pilot)
        assert "✓ reviewed 23 Nov" in shown(app)
        assert "Real contact" in shown(app)
        await press(pilot, "R")
        assert isinstance(app.screen, WrittenPage)


async def test_a_week_that_changed_since_its_review_says_so_on_both_pages(running: Running) -> None:
    async with running(settings=SETTINGS, size=(80, 24)) as (app, pilot):
        reviewing.begin_review(app.workspace, WEEK)
        await press(pilot, "3", "left")
        reviewing.write_review(app.workspace, WEEK)
        app.reload()
        await settled(app, pilot)
        assert "✓ reviewed 23 Nov" in shown(app)
        database = app.workspace.database
        sessions.add(database, "x", NOW - 5 * 86_400, NOW - 5 * 86_400 + 1800, "Europe/Paris", now=NOW)
        app.reload()
        await settled(app, pilot)
        assert "✓ changed since review" in shown(app)
        await press(pilot, "R")
        page = " ".join(shown(app).replace("│", "").split())
        assert re.search(r"Changed since this review was written: social time: \S+ \S+, now ", page)


async def test_a_week_without_a_logged_day_is_not_asked_about(running: Running) -> None:
    async with running(settings=SETTINGS, size=(80, 24), empty=True) as (app, pilot):
        await press(pilot, "R")
        assert not isinstance(app.screen, ReviewScreen)
        assert notices(app)[-1:] == ["Week 47 has no logged day: nothing to review"]
        assert not reviews.listed(app.workspace.database)


async def test_this_week_is_reviewed_once_it_is_over(running: Running) -> None:
    sunday = NOW + 6 * 86_400
    async with running(settings=SETTINGS, size=(80, 24), empty=True, now=sunday) as (app, pilot):
        sessions.add(app.workspace.database, "linkedin", NOW, NOW + 1500, "Europe/Paris", now=sunday)
        app.reload()
        await press(pilot, "3", "R")
        assert notices(app)[-1:] == ["Week 48 can be reviewed from Mon 30 Nov on"]
        sessions.add(app.workspace.database, "linkedin", NOW - 5 * 86_400, NOW - 4 * 86_400, "Europe/Paris", now=sunday)
        app.reload()
        await press(pilot, "R")
        assert "Review of week 47" in shown(app), "it waits"
        await press(pilot, "escape")
        reviewing.begin_review(app.workspace, WEEK)
        reviewing.write_review(app.workspace, WEEK)
        await press(pilot, "R")
        assert notices(app)[-1:] == ["Week 48 can be reviewed from Mon 30 Nov on"], "and W47 is not read instead of it"
        assert not isinstance(app.screen, WrittenPage)


async def test_the_week_promises_of_the_review_only_what_its_key_does_now(running: Running) -> None:
    tuesday = NOW + 86_400
    async with running(settings=SETTINGS, size=(120, 40), empty=True, now=tuesday) as (app, pilot):
        last_week = NOW - 5 * 86_400
        sessions.add(app.workspace.database, "linkedin", NOW, NOW + 1500, "Europe/Paris", now=tuesday)
        sessions.add(app.workspace.database, "linkedin", last_week, last_week + 600, "Europe/Paris", now=tuesday)
        app.reload()
        await press(pilot, "3")
        await settled(app, pilot)
        assert "No commitments this week ([R] Review makes some)" in shown(app)
        reviewing.begin_review(app.workspace, WEEK)
        reviewing.write_review(app.workspace, WEEK)
        app.reload()
        await settled(app, pilot)
        assert "No commitments this week (next review from Mon 30 Nov on)" in shown(app)
        await press(pilot, "left")
        await settled(app, pilot)
        assert "Review makes some" not in shown(app)
        assert "next review" not in shown(app), "the commitments of a week that is over are made no more"


async def test_an_earlier_week_that_is_shown_is_reviewed(running: Running) -> None:
    async with running(settings=SETTINGS, size=(80, 24)) as (app, pilot):
        await press(pilot, "3", "left", "left", "R")
        assert "Review of week 46" in shown(app)


async def test_a_week_that_waits_is_mentioned_once_a_day(running: Running) -> None:
    said = "Week 47 is over: [R] reviews it in ten minutes"
    async with running(settings=SETTINGS) as (app, pilot):
        assert said not in notices(app), "it was said this morning already"
        app.workspace.remember("review mentioned", "2026-11-22")
        ClockMonitor(app).second(app.workspace.now())
        await pilot.pause()
        assert said in notices(app)
        app.clear_passing_toasts()
        app.clock_monitor.second(app.workspace.now())
        await pilot.pause()
        assert said not in notices(app)
        assert reviewing.mention_review(app.workspace) is None, "nor by another run"
        timekeeping.cancel(app.workspace)  # what runs overnight is asked about first
        clock.freeze(NOW + 86_400)
        app.clock_monitor.second(app.workspace.now())
        await pilot.pause()
        assert said in notices(app), "and the next day again"


async def test_what_one_committed_to_stands_where_one_begins(running: Running) -> None:
    async with running(settings=SETTINGS, size=(120, 36)) as (app, pilot):
        commit(app, Commitment(0, NEXT, "I want to check likes", "I call one prospect"))
        app.reload()
        await settled(app, pilot)
        assert "⇒ If I want to check likes" in shown(app)
        await press(pilot, "s", "l")
        assert "⇒ If I want to check likes, then I call one prospect." in shown(app)
        await press(pilot, "escape", "escape", "c", "i")
        assert notices(app)[-1].endswith("⇒ If I want to check likes, then I call one prospect.")
        await press(pilot, "s", "k")
        assert shown(app).count("then I call one prospect.") <= 1, "work is not what it was meant for"


async def test_a_click_answers_as_a_key_does(running: Running) -> None:
    async with running(settings=SETTINGS, size=(80, 24)) as (app, pilot):
        await press(pilot, "R", "enter", "enter", "enter")
        lines = shown(app).splitlines()
        row = next(y for y, line in enumerate(lines) if "continue" in line)
        await pilot.click(offset=(lines[row].index("continue"), row))
        await pilot.pause()
        assert step(app) == TITLES[2]


async def test_nothing_lies_over_the_review(running: Running) -> None:
    async with running(settings=SETTINGS, size=(80, 24)) as (app, pilot):
        app.notify("73 openings after 8 posts", title="a flag", timeout=15)
        await settled(app, pilot)
        assert "73 openings after 8 posts" in notices(app)
        await press(pilot, "R")
        await settled(app, pilot)
        assert not app.shows_toast
        assert notices(app) == []


async def test_a_suggestion_is_taken_by_a_click_and_a_cell_opened_by_two(running: Running) -> None:
    async with running(settings=SETTINGS, size=(80, 24)) as (app, pilot):
        await press(pilot, "R")
        await to_step(pilot, 7)
        lines = shown(app).splitlines()
        row = next(y for y, line in enumerate(lines) if " 2  If" in line)
        await pilot.click(offset=(20, row))
        await pilot.pause()
        assert len(reviews.commitments_of_week(app.workspace.database, NEXT)) == 1
        await press(pilot, "backspace", "backspace")
        lines = shown(app).splitlines()
        row = next(y for y, line in enumerate(lines) if "LinkedIn" in line)
        for _click in range(2):
            await pilot.click(offset=(lines[row].index("h") - 2, row))
            await pilot.pause()
        assert "LinkedIn: hours" in shown(app)


async def test_keys_typed_ahead_are_not_lost(running: Running) -> None:
    """The whole way in one breath, words and all."""
    async with running(settings=SETTINGS, size=(80, 24)) as (app, pilot):
        await pilot.press(
            "R", "9", "h", "enter", "enter", "enter", "enter", "enter", "enter", "enter", "1", "enter", "Y", "o"
        )
        await settled(app, pilot)
        assert step(app) == TITLES[7]
        assert {
            estimate.channel: estimate.seconds for estimate in reviews.estimates_of_week(app.workspace.database, WEEK)
        } == {None: 32_400}
        assert len(reviews.commitments_of_week(app.workspace.database, NEXT)) == 1
        assert "Yo" in shown(app)
