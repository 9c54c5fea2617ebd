"""The evidence by its keys: read through, sessions opened, thresholds changed, and what is said of a pattern."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conftest import NOW
from tests.importers.makers import phone
from tests.tui.conftest import notices, settled, shown
from tests.tui.figures import STRICT, UNHURRIED, ZONE
from tracker import locale, settings
from tracker.analytics.patterns.registry import NAMES
from tracker.domain.errors import TrackerError
from tracker.importers import importing
from tracker.importers.imported_record import ImportOptions
from tracker.services import queries, session_editing
from tracker.storage import Database, sessions
from tracker.tui.modals.evidence import PAGE, EvidenceDialog
from tracker.tui.modals.settings_dialog import save_setting
from tracker.tui.screens.day_view import DayView
from tracker.tui.screens.patterns_panel import PatternsPanel
from tracker.tui.widgets.panel import Sections

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.pilot import Pilot

    from tests.tui.conftest import Running
    from tracker.tui.app import TrackerApp

WIDE, SMALL = (120, 36), (80, 24)


@pytest.fixture(autouse=True)
def english_afterwards() -> Iterator[None]:
    yield
    locale.use("en")


def page(app: TrackerApp) -> EvidenceDialog:
    assert isinstance(app.screen, EvidenceDialog)
    return app.screen


async def turn_to(app: TrackerApp, pilot: Pilot[None], name: str) -> None:
    """Open the evidence, and go on to one pattern."""
    await pilot.press("enter")
    await settled(app, pilot)
    for _turn in range(14):
        if page(app).shown.finding.name == name:
            break
        await pilot.press("right")
    await pilot.pause()
    assert page(app).shown.finding.name == name


class TestReading:
    async def test_what_was_counted_against_what(self, running: Running) -> None:
        async with running(size=WIDE) as (app, pilot):
            await pilot.press("enter")
            await settled(app, pilot)
            text = shown(app)
            for words in (
                "⚑ flagged",
                "an observation, not a diagnosis",
                "9 openings in 26 min",
                "Sessions behind this  9",
                "f  figures",
            ):
                assert words in text
            assert "⚑━" in text, "the burst on its day's strip"
            assert "What it is" in shown(app)
            assert "Thresholds" not in shown(app), "none that can be changed"
            await pilot.press("escape")
            assert len(app.screen_stack) == 1

    @pytest.mark.parametrize("size", [WIDE, SMALL])
    async def test_the_raw_figures_are_folded_under_one_key(self, running: Running, size: tuple[int, int]) -> None:
        async with running(size=size) as (app, pilot):
            await pilot.press("enter")
            await settled(app, pilot)
            for words in ("chance  ", "calibrated in our own studies", "Source"):
                assert words not in shown(app)
            await pilot.press("f")
            await pilot.pause()
            assert "Figures" in shown(app)
            assert "chance  " in shown(app)
            assert "f  hide figures" in shown(app)
            await pilot.press("f")
            await pilot.pause()
            assert "Figures" not in shown(app)

    async def test_each_thing_is_said_once(self, running: Running) -> None:
        async with running(size=SMALL) as (app, pilot):
            await pilot.press("enter", "f")
            await settled(app, pilot)
            text = " ".join(
                line.words.plain for line in page(app).query_one("#evidence-left", Sections).section_lines()
            )
            assert text.count("an observation, not a diagnosis") == 1
            note = page(app).pattern.note
            assert not note or " ".join(text.split()).count(note) == 1

    async def test_on_a_small_screen_it_is_one_text_and_nothing_is_skipped(self, running: Running) -> None:
        async with running(size=SMALL) as (app, pilot):
            await pilot.press("enter")
            await settled(app, pilot)
            seen = {line.strip("│ ▌") for line in shown(app).splitlines()}
            for _press in range(40):
                await pilot.press("down")
                seen |= {line.strip("│ ▌") for line in shown(app).splitlines()}
            whole = page(app).query_one("#evidence-left").section_lines()  # type: ignore[attr-defined]
            missing = [line.words.plain for line in whole if line.words.plain.strip() not in seen]
            assert missing == []

    async def test_the_burst_of_the_chosen_session_is_drawn(self, running: Running) -> None:
        for size in (WIDE, SMALL):
            async with running(size=size) as (app, pilot):
                with Database.open(app.workspace.database.file.path) as other:
                    for nth in range(9):
                        sessions.check(other, "tiktok", NOW - 4 * 86_400 + nth * 90, ZONE, None, now=NOW)
                app.reload()
                await settled(app, pilot)
                await turn_to(app, pilot, "check_cluster")
                bursts = page(app).shown.finding.events
                assert len(bursts) == 2
                assert page(app).text.picture.lines(76, 9)[0].plain.startswith("Monday 23 November")
                await pilot.press(*["down"] * 16)
                chosen = page(app).chosen()
                assert chosen is not None
                assert int(chosen[1]) in bursts[0].sessions
                assert "▌" in shown(app), "what is chosen is in sight"
                assert page(app).text.picture.lines(76, 9)[0].plain.startswith("Thursday 19 November")

    async def test_a_burst_of_pick_ups_lists_what_was_only_switched_to(self, running: Running, tmp_path: Path) -> None:
        rows = []
        for minute in range(0, 27, 3):  # picked up nine times, each for two apps
            rows += [
                f"TikTok,11/19/26,06:{minute:02}:00,0:00:40",
                f"YouTube,11/19/26,06:{minute:02}:45,0:00:40",
                f"Screen off,11/19/26,06:{minute + 1:02}:30,0:01:20",
            ]
        async with running(size=WIDE) as (app, pilot):
            importing.import_files(
                app.workspace.database, "app-usage", phone(tmp_path / "a.csv", rows), ImportOptions(ZONE, NOW)
            )
            app.reload()
            await settled(app, pilot)
            await turn_to(app, pilot, "check_cluster")
            burst = next(burst for burst in page(app).shown.finding.events if burst.date == "2026-11-19")
            assert burst.openings == 9
            said = [line.words.plain for line in page(app).query_one("#evidence-left").section_lines()]  # type: ignore[attr-defined]
            first = next(place for place, line in enumerate(said) if "06:00" in line and "TikTok" in line)
            assert said[first].startswith(" ╭")
            assert "not counted" not in said[first]
            assert said[first + 1].startswith(" ╰")
            assert "switched to, not counted" in said[first + 1]
            assert sum("not counted" in line for line in said) == 9

    async def test_all_patterns_are_a_key_apart(self, running: Running) -> None:
        async with running(size=WIDE) as (app, pilot):
            await pilot.press("enter")
            names = set()
            for _turn in NAMES:
                await pilot.pause()
                names.add(page(app).shown.finding.name)
                await pilot.press("right")
            assert names == {*NAMES}
            first = page(app).shown.finding.name
            await pilot.press("left", "right")
            assert page(app).shown.finding.name == first

    async def test_the_other_column_is_reached_by_the_arrows_and_by_tab(self, running: Running) -> None:
        async with running(size=WIDE, settings=STRICT) as (app, pilot):
            await turn_to(app, pilot, "overrun")
            await pilot.press(*["down"] * 22)
            assert page(app).chosen() == ("session", str(min(page(app).shown.finding.sessions)))
            for _press in range(3):
                if page(app).chosen()[0] == "session":
                    await pilot.press("down")
            assert page(app).chosen() == ("limit", "overrun.share")
            await pilot.press("tab")
            assert page(app).chosen()[0] == "session"

    async def test_where_most_days_have_one_session_each_is_a_line_with_its_date(self, running: Running) -> None:
        async with running(size=WIDE, settings=STRICT) as (app, pilot):
            await turn_to(app, pilot, "overrun")
            assert "Mon 23 Nov  10:12     18m  Instagram" in shown(app)

    async def test_many_sessions_come_page_by_page(self, running: Running) -> None:
        easy = UNHURRIED._replace(patterns=(("brief_checks.share", 0.3), ("brief_checks.a_day", 1.0)))
        async with running(size=WIDE, settings=easy) as (app, pilot):
            await turn_to(app, pilot, "brief_checks")
            total = len(page(app).shown.finding.sessions)
            assert total > 2 * PAGE
            assert f"▾ {total - PAGE} more before" in "\n".join(
                line.words.plain for line in page(app).query_one("#evidence-left", Sections).section_lines()
            )
            await pilot.press(*["down"] * (PAGE + 1), "enter")
            await pilot.pause()
            assert sum(len(group.sessions) for group in page(app).text.groups) > PAGE


class TestSessions:
    async def test_enter_goes_to_the_session_in_its_day(self, running: Running) -> None:
        async with running(size=WIDE, settings=STRICT) as (app, pilot):
            await turn_to(app, pilot, "overrun")
            await pilot.press("down", "down")
            chosen = int(page(app).chosen()[1])
            await pilot.press("enter")
            await settled(app, pilot)
            assert len(app.screen_stack) == 1
            view = app.view
            assert isinstance(view, DayView)
            assert view.period == "2026-11-21"
            session = view.session()
            assert session is not None
            assert session.id == chosen

    async def test_from_a_line_of_a_burst_on_the_day_to_its_evidence(self, running: Running) -> None:
        async with running(size=SMALL) as (app, pilot):
            await pilot.press("2")
            await settled(app, pilot)
            await pilot.press("up", "up", "up", "P")
            await settled(app, pilot)
            assert page(app).shown.finding.name == "check_cluster"
            chosen = page(app).chosen()
            assert chosen is not None
            assert queries.session(app.workspace, int(chosen[1])) == app.view.session()
            assert "▌" in shown(app)

    async def test_p_opens_the_strongest_flag_where_no_burst_is_chosen(self, running: Running) -> None:
        async with running(size=WIDE, settings=STRICT) as (app, pilot):
            await pilot.press("2", "left", "P")
            await settled(app, pilot)
            assert page(app).shown.finding.name == "overrun"

    async def test_e_edits_it_here_and_the_evidence_follows(self, running: Running) -> None:
        async with running(size=WIDE) as (app, pilot):
            await pilot.press("enter", "down", "e")
            await pilot.pause()
            await pilot.press("tab", "tab", "tab", "tab", "tab", *" watched", "enter")
            await settled(app, pilot)
            assert "watched" in shown(app)
            assert page(app).chosen() != ("", "")

    async def test_a_session_deleted_meanwhile_is_not_listed(self, running: Running) -> None:
        async with running(size=WIDE) as (app, pilot):
            await pilot.press("enter", "down")
            chosen = int(page(app).chosen()[1])
            session_editing.delete(app.workspace, chosen)
            app.reload()
            await settled(app, pilot)
            assert all(session.id != chosen for group in page(app).text.groups for session in group.sessions)


class TestThresholds:
    async def test_one_is_changed_where_it_stands_and_kept_in_the_file(self, running: Running) -> None:
        async with running(size=WIDE) as (app, pilot):
            await turn_to(app, pilot, "overrun")
            await pilot.press("v")
            await pilot.pause()
            assert "from 10% to 95% · empty: the default 50%" in shown(app)
            await pilot.press("backspace", "backspace", "backspace", *"0.2", "enter")
            await settled(app, pilot)
            assert settings.load(app.workspace.config or "").patterns == (("overrun.share", 0.2),)
            assert "[patterns]" in Path(app.workspace.config or "").read_text(encoding="utf-8")
            assert notices(app)[-1].startswith("Longer than planned, your threshold: clearly above 20%")
            text = shown(app)
            assert "• clearly above 20%" in text
            assert "default 50%" in text
            assert page(app).shown.finding.state == "flagged"

    async def test_on_the_week_too_it_is_judged_anew(self, running: Running) -> None:
        async with running(size=WIDE) as (app, pilot):
            await pilot.press("3", "left")
            await settled(app, pilot)
            await turn_to(app, pilot, "overrun")
            assert page(app).shown.finding.state == "quiet"
            await pilot.press("v", *["backspace"] * 3, *"0.2", "enter")
            await settled(app, pilot)
            assert page(app).shown.finding.state == "flagged"
            assert page(app).shown.finding.last_date == "2026-11-22"
            assert not page(app).shown.new

    async def test_an_empty_line_is_the_usual_again(self, running: Running) -> None:
        changed = UNHURRIED._replace(patterns=(("overrun.share", 0.25),))
        async with running(size=WIDE, settings=changed) as (app, pilot):
            await turn_to(app, pilot, "overrun")
            await pilot.press("v", *["backspace"] * 4, "enter")
            await settled(app, pilot)
            assert app.workspace.settings.patterns == ()
            assert page(app).shown.finding.state == "quiet"

    async def test_what_cannot_be_is_refused_with_its_range(self, running: Running) -> None:
        async with running(size=SMALL) as (app, pilot):
            await turn_to(app, pilot, "overrun")
            await pilot.press("v", *["backspace"] * 3, *"7", "enter")
            await pilot.pause()
            assert "10% to 95%" in shown(app)
            assert not Path(app.workspace.config or "").exists()

    async def test_one_written_by_hand_meanwhile_that_cannot_be_is_told_and_not_gone_by(self, running: Running) -> None:
        async with running(size=WIDE) as (app, pilot):
            await turn_to(app, pilot, "overrun")
            file = Path(app.workspace.config or "")
            file.write_text("patterns.night.nights = 99\n")
            await pilot.press("v", *["backspace"] * 3, *"0.2", "enter")
            await settled(app, pilot)
            assert f"{file}: night.nights must be a number from 1 to 14" in " ".join([*notices(app), shown(app)])
            assert app.workspace.settings.patterns == ()
            assert file.read_text() == "patterns.night.nights = 99\n"
            with pytest.raises(TrackerError, match=r"night\.nights"):
                save_setting(app, "theme", "nord")

    async def test_of_several_one_is_asked_for(self, running: Running) -> None:
        async with running(size=WIDE) as (app, pilot):
            await turn_to(app, pilot, "brief_checks")
            await pilot.press("v", "2", *["backspace"] * 2, "3", "enter")
            await settled(app, pilot)
            assert app.workspace.settings.patterns == (("brief_checks.a_day", 3.0),)


class TestAskedFor:
    async def test_sleep_hours_are_declared_by_one_key_and_one_field(self, running: Running) -> None:
        async with running(size=WIDE) as (app, pilot):
            await turn_to(app, pilot, "night")
            assert "Settings to fill in" in shown(app)
            assert "? When you sleep" in shown(app)
            assert "tracker config" not in shown(app), "a key sets it here"
            await pilot.press("s", *"23:00-07:00", "enter")
            await settled(app, pilot)
            assert settings.load(app.workspace.config or "").sleep == (23 * 3600, 7 * 3600)
            assert page(app).shown.finding.state == "quiet"
            assert "Settings to fill in" not in shown(app)

    async def test_of_several_settings_the_chosen_one(self, running: Running) -> None:
        async with running(size=SMALL) as (app, pilot):
            await turn_to(app, pilot, "time_without_return")
            await pilot.press("down", "down", "s", *"480", "enter")
            await settled(app, pilot)
            assert app.workspace.settings.sale_value == 48_000
            assert page(app).text.missing() == ["hour_cost", "client_share"]

    async def test_what_is_no_time_is_refused(self, running: Running) -> None:
        async with running(size=SMALL) as (app, pilot):
            await turn_to(app, pilot, "night")
            await pilot.press("s", *"soon", "enter")
            await pilot.pause()
            assert "23:00-07:00" in shown(app)
            assert app.workspace.settings.sleep is None


class TestSaid:
    async def test_a_pattern_is_muted_for_28_days_and_can_be_undone(self, running: Running) -> None:
        async with running(size=WIDE) as (app, pilot):
            await pilot.press("enter", "N")
            await settled(app, pilot)
            assert "flagged · muted until 21 Dec" in shown(app)
            assert notices(app)[-1] == "Bursts of checking: muted until 21 Dec · [z] undoes"
            await pilot.press("z")
            await settled(app, pilot)
            assert "muted until" not in shown(app)
            assert page(app).shown.state == "flagged"

    async def test_expected_has_its_reason_by_a_key(self, running: Running) -> None:
        async with running(size=WIDE) as (app, pilot):
            await pilot.press("enter", "X", "c")
            await settled(app, pilot)
            assert "⚐ flagged · expected: campaign" in shown(app)
            await pilot.press("T")
            await settled(app, pilot)
            assert page(app).shown.aside == ""

    async def test_expected_has_its_reason_in_own_words(self, running: Running) -> None:
        async with running(size=WIDE) as (app, pilot):
            await pilot.press("enter", "X", "o", *"fair [b]", "enter")
            await settled(app, pilot)
            assert "expected: fair [b]" in shown(app)

    async def test_in_the_list_by_the_same_keys(self, running: Running) -> None:
        async with running(size=WIDE) as (app, pilot):
            await pilot.press("X", "w")
            await settled(app, pilot)
            rows = app.query_one("#patterns", PatternsPanel)
            grey = next(item for item in rows.items if item.finding.name == "check_cluster")
            assert (grey.state, grey.aside) == ("aside", "expected: client work")
            assert "expected: client work" in shown(app)
            await pilot.press("T")
            await settled(app, pilot)
            assert all(item.state != "aside" for item in rows.items)

    async def test_there_is_nothing_to_take_back_twice(self, running: Running) -> None:
        async with running(size=WIDE) as (app, pilot):
            await pilot.press("T")
            await settled(app, pilot)
            assert "neither muted nor expected" in notices(app)[-1]

    async def test_by_the_mouse_alone(self, running: Running) -> None:
        async with running(size=WIDE) as (app, pilot):
            await pilot.click("#patterns", offset=(4, 1))
            await pilot.pause()
            keys = shown(app).splitlines()[-1]
            await pilot.click("#evidence-keys", offset=(keys.index(" N ") + 1, 0))
            await settled(app, pilot)
            assert "muted until 21 Dec" in shown(app)
            lines = shown(app).splitlines()
            at = next(number for number, line in enumerate(lines) if "14:02" in line)
            await pilot.click(offset=(6, at))
            await pilot.click(offset=(6, at))
            await settled(app, pilot)
            assert isinstance(app.view, DayView)


async def test_a_narrower_screen_keeps_what_is_chosen(running: Running) -> None:
    async with running(size=WIDE) as (app, pilot):
        await turn_to(app, pilot, "overrun")
        await pilot.press("down", "tab")
        await pilot.resize_terminal(*SMALL)
        await settled(app, pilot)
        await pilot.press("down", "down")
        assert page(app).chosen() == ("limit", "overrun.share")
        assert "▌" in shown(app)


async def test_in_french_and_in_a_corner_of_a_screen_nothing_is_cut_off(running: Running) -> None:
    locale.use("fr")
    async with running(size=(60, 15), settings=UNHURRIED._replace(language="fr")) as (app, pilot):
        await pilot.press("enter")
        for _turn in range(14):
            await pilot.pause()
            lines = shown(app).splitlines()
            assert len(lines) == 15
            assert "échap" in "".join(lines[-3:])
            await pilot.press("pagedown", "pagedown", "right")
