"""`tracker review --html FILE`: the page to print or to send."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.cli.conftest import Inside, Tracker


def test_the_page_is_written_whole_and_for_its_owner_alone(tracker: Tracker) -> None:
    tracker.run("log linkedin create 14:00-14:25 carousel")
    path = tracker.folder / "week.html"
    assert str(path) in tracker.run(["review", "this", "--html", str(path)]).said()
    text = path.read_text(encoding="utf-8")
    assert text.startswith('<!doctype html>\n<html lang="en">')
    assert text.endswith("</html>\n")
    assert "Week 48" in text
    assert path.stat().st_mode & 0o077 == 0


def test_the_page_speaks_the_readers_language(inside: Inside) -> None:
    path = inside.folder / "semaine.html"
    assert inside.run(["review", "this", "--html", str(path)], env={"LANG": "fr_FR.UTF-8"}).code == 0
    assert '<html lang="fr">' in path.read_text(encoding="utf-8")


def test_a_written_review_is_shown_as_it_was_written(inside: Inside) -> None:
    inside.run("log linkedin 14:00-14:25")
    assert inside.run(["review", "this", "--words", "As it <was>.", "--write", "--unfinished"]).code == 0
    inside.run("log linkedin 09:00-10:00")
    path = inside.folder / "week.html"
    assert inside.run(["review", "this", "--html", str(path)]).code == 0
    text = path.read_text(encoding="utf-8")
    assert "As it &lt;was&gt;." in text
    assert '<dd class="big">25m</dd>' in text
