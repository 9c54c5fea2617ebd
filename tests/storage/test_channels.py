"""Channels and activities: what words find them, and what may be done to them."""

from __future__ import annotations

import pytest

from tests.conftest import NOW
from tests.storage.files import PARIS, dump, minutes_ago
from tracker.domain.errors import TrackerError
from tracker.storage import Database, channels, session_table, sessions


@pytest.mark.parametrize(
    ("word", "name"),
    [("linkedin", "linkedin"), (" LinkedIn ", "linkedin"), ("li", "linkedin"), ("link", "linkedin"), ("twitter", "x"),
     ("X", "x"), ("Video call", "video"), ("phone", "call")],
)  # fmt: skip
def test_a_channel_is_found_by_name_alias_title_or_beginning(database: Database, word: str, name: str) -> None:
    assert channels.find(database, word).name == name


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("t", "unknown channel"),
        ("me", "is ambiguous"),
        ("linkdin", "did you mean linkedin"),
        ("delete", "unknown channel “delete”$"),
        ("", "unknown channel"),
        ("%", "unknown ch"),
    ],
)
def test_a_word_that_names_none_or_several_says_so(database: Database, word: str, said: str) -> None:
    with pytest.raises(TrackerError, match=said):
        channels.find(database, word)


def test_an_accented_title_is_found_in_any_case(database: Database) -> None:
    channels.add(database, "salon", title="Événement", kind="in_person", now=NOW)
    assert channels.find(database, "ÉVÉNEMENT").name == "salon"


def test_a_new_channel_gets_a_free_letter_and_the_last_place(database: Database) -> None:
    added = channels.add(database, "Malt", title=None, kind="social", now=NOW)
    assert (added.name, added.title, added.letter) == ("malt", "Malt", None)
    assert channels.add(database, "cuzz", title="C", kind="focus", now=NOW).letter == "u"
    assert channels.channels(database)[-1].name == "cuzz"


@pytest.mark.parametrize("name", ["linkedin", "li", "", "two words", "a@b", "a=b", "a/b"])
def test_a_name_that_is_taken_or_no_word_is_refused(database: Database, name: str) -> None:
    before = dump(database)
    with pytest.raises(TrackerError):
        channels.add(database, name, title=None, kind="social", now=NOW)
    with pytest.raises(TrackerError):
        channels.rename(database, channels.find(database, "x"), name, title=None, now=NOW)
    assert dump(database) == before


def test_a_renamed_channel_keeps_its_sessions_and_answers_to_its_old_name(database: Database) -> None:
    session = sessions.check(database, "linkedin", NOW, PARIS, None, now=NOW)
    renamed = channels.rename(database, channels.find(database, "linkedin"), "pro", title=None, now=NOW)
    assert (renamed.name, renamed.title) == ("pro", "Pro")
    assert session_table.get(database, session.id).channel == "pro"
    assert channels.find(database, "linkedin") == renamed
    assert channels.find(database, "li") == renamed


def test_a_channel_may_take_the_name_of_its_own_alias_and_go_back(database: Database) -> None:
    renamed = channels.rename(database, channels.find(database, "x"), "twitter", title=None, now=NOW)
    assert channels.find(database, "x") == renamed
    back = channels.rename(database, renamed, "x", title="X", now=NOW)
    assert (back.name, back.title) == ("x", "X")
    assert channels.find(database, "twitter") == back


def test_a_title_alone_can_change(database: Database) -> None:
    renamed = channels.rename(database, channels.find(database, "x"), "x", title="The bird", now=NOW)
    assert (renamed.name, renamed.title) == ("x", "The bird")
    assert ("x", "alias", "x") not in channels.matches(database, "alias")


def test_an_alias_that_means_another_channel_is_refused(database: Database) -> None:
    x = channels.find(database, "x")
    for word in ("li", "reddit", "two words", ""):
        with pytest.raises(TrackerError):
            channels.add_match(database, x, "alias", word, now=NOW)
    with pytest.raises(TrackerError, match="already means linkedin"):
        channels.add_match(database, x, "domain", "LinkedIn.com", now=NOW)
    channels.add_match(database, x, "alias", "bird", now=NOW)
    channels.add_match(database, x, "alias", "BIRD", now=NOW)
    assert channels.find(database, "bird") == x


def test_only_channels_in_use_are_shown_the_last_used_first(database: Database) -> None:
    assert channels.in_use(database) == []
    sessions.add(database, "linkedin", minutes_ago(9), minutes_ago(8), PARIS, now=NOW)
    sessions.check(database, "x", NOW, PARIS, None, now=NOW)
    channels.set_budget(database, channels.find(database, "reddit"), 600, now=NOW)
    used = channels.in_use(database)
    assert [channel.name for channel in used] == ["linkedin", "x", "reddit"]
    assert [channel.name for channel in channels.last_used_first(database, used)] == ["x", "linkedin", "reddit"]
    channels.set_archived(database, channels.find(database, "x"), True, now=NOW)
    assert [channel.name for channel in channels.in_use(database)] == ["linkedin", "reddit"]


def test_a_kind_is_one_of_ours(database: Database) -> None:
    x = channels.find(database, "x")
    assert channels.set_kind(database, x, "messaging", now=NOW).kind == "messaging"
    with pytest.raises(TrackerError, match="kind must be one of"):
        channels.set_kind(database, x, "loud", now=NOW)
    with pytest.raises(TrackerError, match="kind must be one of"):
        channels.add(database, "new", title=None, kind="loud", now=NOW)


def test_activities_are_found_added_renamed_and_archived(database: Database) -> None:
    assert channels.find_activity(database, "MON").name == "monitor"
    with pytest.raises(TrackerError, match="did you mean create"):
        channels.find_activity(database, "creat3")
    with pytest.raises(TrackerError, match="purpose must be one of"):
        channels.add_activity(database, "draw", purpose="joy", now=NOW)
    draw = channels.add_activity(database, "draw", purpose="make", now=NOW)
    session = sessions.add(database, "x", minutes_ago(9), minutes_ago(8), PARIS, now=NOW, activity="draw")
    with pytest.raises(TrackerError, match="already an activity"):
        channels.rename_activity(database, draw, "create", now=NOW)
    paint = channels.rename_activity(database, draw, "paint", now=NOW)
    assert session_table.get(database, session.id).activity == "paint"
    assert channels.set_activity_archived(database, paint, True, now=NOW).archived


@pytest.mark.parametrize("text", ["https://www.LinkedIn.cn/feed?x=1", "linkedin.cn", "LinkedIn.cn:443/in"])
def test_a_domain_is_the_host_of_what_was_pasted(database: Database, text: str) -> None:
    channels.add_match(database, channels.find(database, "linkedin"), "domain", text, now=NOW)
    assert ("linkedin", "domain", "linkedin.cn") in channels.matches(database)


@pytest.mark.parametrize("text", ["foo bar", "evil..x", "linkedin", "-a.com", "https://", "[::1", "a\x1b.com"])
def test_what_is_no_host_is_refused(database: Database, text: str) -> None:
    before = channels.matches(database)
    with pytest.raises(TrackerError, match="is not a host"):
        channels.add_match(database, channels.find(database, "linkedin"), "domain", text, now=NOW)
    assert channels.matches(database) == before


def test_a_name_has_no_letters_that_cannot_be_seen(database: Database) -> None:
    with pytest.raises(TrackerError, match="one word"):
        channels.add(database, "a\x1bb", title=None, kind="social", now=NOW)


def test_the_old_name_is_no_alias_where_a_line_reads_it_as_a_time(database: Database) -> None:
    """Earlier versions made such channels from other trackers' files; renaming one is the way out."""
    database.change("UPDATE channel SET name = 'today' WHERE name = 'pinterest'")
    channels.rename(database, channels.find(database, "today"), "pins", title=None, now=NOW)
    assert ("pins", "alias", "today") not in channels.matches(database)
    assert channels.find(database, "pins").name == "pins"
