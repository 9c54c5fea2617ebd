"""Downloads without lengths: YouTube's and Chrome's Takeout, TikTok's data."""

from __future__ import annotations

import json
import random
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.importers.makers import at, read_file
from tracker.domain.errors import TrackerError
from tracker.importers.source import source_named
from tracker.storage.imported_facts import NOTHING_FOLLOWED, UNTIL_NEXT

if TYPE_CHECKING:
    from pathlib import Path

    from tracker.importers.imported_record import ReadContext, ReadResult

START = at("2026-11-20 10:00:00", "UTC")


def iso(seconds: float) -> str:
    return f"2026-11-20T10:{int(seconds) // 60:02}:{seconds % 60:06.3f}Z"


def video(seconds: float, url: str | None = "https://www.youtube.com/watch?v=a", **more: Any) -> dict[str, Any]:
    row = {"header": "YouTube", "title": "Vous avez regardé …", "time": iso(seconds), "products": ["YouTube"], **more}
    return row | ({"titleUrl": url} if url else {})


def written(path: Path, value: Any) -> str:
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
    return str(path)


def spells(result: ReadResult) -> list[tuple[str, int, int, int]]:
    return sorted((row.channel, row.start - START, row.end - row.start, row.estimated) for row in result.records)


@pytest.mark.parametrize("order", [1, -1])
def test_a_video_lasts_until_the_next_and_five_minutes_at_most(
    tmp_path: Path, context: ReadContext, order: int
) -> None:
    rows = [video(0.7), video(100, "https://www.youtube.com/shorts/b"), video(800, None)]
    result = read_file("youtube", written(tmp_path / "f.json", rows[::order]), context)
    assert spells(result) == [
        ("youtube", 0, 100, UNTIL_NEXT),
        ("youtube", 100, 300, UNTIL_NEXT),
        ("youtube", 800, 300, NOTHING_FOLLOWED),
    ]


def test_an_advertisement_music_and_a_post_are_no_videos_watched(tmp_path: Path, context: ReadContext) -> None:
    rows = [
        video(0),
        video(10, details=[{"name": "From Google Ads"}]),
        video(20, header="YouTube Music", products=["YouTube Music"]),
        video(30, "https://www.youtube.com/post/Ugkx"),
        video(40, products=7),
    ]
    result = read_file("youtube", written(tmp_path / "f.json", rows), context)
    assert [row[1:3] for row in spells(result)] == [(0, 40), (40, 300)]
    assert (result.ignored, result.rejected) == (3, [])


def test_rows_that_make_no_sense_are_rejected_one_by_one(tmp_path: Path, context: ReadContext) -> None:
    rows: list[Any] = [video(0), 7, {"header": 1}, video(1) | {"time": "yesterday"}, video(2) | {"time": None}]
    rows += [video(3) | {"time": "2026-11-20T10:00:00"}, video(4) | {"time": "2099-01-01T00:00:00Z"}]
    result = read_file("youtube", written(tmp_path / "f.json", rows), context)
    assert [row.line for row in result.rejected] == [2, 3, 4, 5, 6, 7]
    assert len(result.records) == 1


def page(seconds: int, url: str, transition: str = "LINK", base: int = 0) -> dict[str, Any]:
    return {"url": url, "title": "x", "time_usec": (START + seconds) * 1_000_000 + base, "page_transition": transition}


@pytest.mark.parametrize("base", [0, 11_644_473_600_000_000])
def test_a_page_lasts_until_the_next_one_to_anything(tmp_path: Path, context: ReadContext, base: int) -> None:
    rows = [
        page(0, "https://www.linkedin.com/feed/", base=base),
        page(5, "https://www.facebook.com/plugins/like.php", "AUTO_SUBFRAME", base),
        page(60, "https://www.example.org/", base=base),
        page(90, "https://x.com/home", base=base),
    ]
    path = written(tmp_path / "f.json", {"Session": [page(1, "https://x.com/")], "Browser History": rows[::-1]})
    result = read_file("chrome-takeout", path, context)
    assert [row[:3] for row in spells(result)] == [("linkedin", 0, 60), ("x", 90, 300)]
    assert (result.ignored, dict(result.unknown_names)) == (2, {"example.org": 1})


def test_visits_that_make_no_sense_are_rejected_one_by_one(tmp_path: Path, context: ReadContext) -> None:
    bad = [{}, 7, {"url": 7}, {"url": "https://x.com/"}, {"url": "https://x.com/", "time_usec": "1"}]
    bad += [{"url": "https://x.com/", "time_usec": value} for value in (-1, 0, 10**30)]
    path = written(tmp_path / "f.json", {"Browser History": [*bad, page(0, "https://x.com/")]})
    result = read_file("chrome-takeout", path, context)
    assert [row.line for row in result.rejected] == list(range(1, 9))
    assert len(result.records) == 1


def tiktok(seconds: int, key: str = "Link", ending: str = "") -> dict[str, str]:
    minutes, left = divmod(seconds, 60)
    link = f"https://www.tiktokv.com/share/video/{seconds}/"
    return {"Date": f"2026-11-20 10:{minutes:02}:{left:02}{ending}", key: link}


@pytest.mark.parametrize(
    ("place", "key", "ending"),
    [
        (("Your Activity", "Watch History"), "Link", ""),
        (("Your Activity", "Video Browsing History"), "Link", " UTC"),
        (("Activity", "Video Browsing History"), "VideoLink", ""),
    ],
)
def test_tiktok_under_all_its_keys(
    tmp_path: Path, context: ReadContext, place: tuple[str, str], key: str, ending: str
) -> None:
    mine = {"Videos": {"VideoList": [tiktok(500)]}}
    data = {"Video": mine, place[0]: {place[1]: {"VideoList": [tiktok(42, key, ending), tiktok(0, key, ending)]}}}
    result = read_file("tiktok", written(tmp_path / "f.json", data), context)
    assert [row[:3] for row in spells(result)] == [("tiktok", 0, 42), ("tiktok", 42, 300)]
    assert result.ignored == 0


def test_tiktok_as_text(tmp_path: Path, context: ReadContext) -> None:
    path = tmp_path / "Watch History.txt"
    path.write_text(
        "\ufeffDate: 2026-11-20 10:00:42 UTC\nLink: https://www.tiktokv.com/share/video/2/\n\n"
        "Date: 2026-11-20 10:00:00 UTC\nLink: https://www.tiktokv.com/share/video/1/\n",
        encoding="utf-8",
    )
    result = read_file("tiktok", str(path), context)
    assert [row[:3] for row in spells(result)] == [("tiktok", 0, 42), ("tiktok", 42, 300)]


NO_HISTORY = ("[]", "{}", "", "<html><body>Watched a video</body></html>", "hello\n", "[{}", "5")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (name, content)
        for name in ("youtube", "chrome-takeout", "tiktok")
        for content in NO_HISTORY
        if (name, content) != ("youtube", "[]")
    ],
)
def test_a_file_without_any_history_is_refused_in_one_line(
    tmp_path: Path, context: ReadContext, name: str, content: str
) -> None:
    (tmp_path / "f").write_text(content)
    with pytest.raises(TrackerError) as refused:
        read_file(name, str(tmp_path / "f"), context)
    assert len(str(refused.value).splitlines()) == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("youtube", "[]"),
        ("chrome-takeout", '{"Browser History": []}'),
        ("chrome-takeout", '{"Browser History": null, "Session": []}'),
        ("tiktok", '{"Your Activity": {"Watch History": {"VideoList": null}}}'),
        ("tiktok", '{"Activity": {"Video Browsing History": {"VideoList": []}}}'),
    ],
)
def test_a_history_of_nothing_is_an_import_of_nothing(
    tmp_path: Path, context: ReadContext, name: str, content: str
) -> None:
    (tmp_path / "f").write_text(content)
    result = read_file(name, str(tmp_path / "f"), context)
    assert (result.records, result.ignored, result.rejected) == ([], 0, [])


def archived(path: Path, **members: str) -> str:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, content in members.items():
            archive.writestr(f"Takeout/YouTube/{member}", content)
    return str(path)


SEARCHES = json.dumps([{"header": "YouTube", "titleUrl": "https://www.youtube.com/results?search_query=a"}] * 3)
WATCHED_PAGE = '<html><style>.x{}</style><div class="content-cell"><a href="https://www.youtube.com/watch?v=a">a</a>'


@pytest.mark.parametrize("name", ["historia oglądania", "histórico-de-visualização", "katseluhistoria"])
def test_a_history_in_any_language_is_known_by_its_content(tmp_path: Path, context: ReadContext, name: str) -> None:
    videos = json.dumps([video(0), video(50)])
    members = {"a.json": SEARCHES, f"{name}.json": videos, "a.html": WATCHED_PAGE, "b.json": "{", "c.json": "[]"}
    path = archived(tmp_path / "takeout.zip", **members)
    assert len(read_file("youtube", path, context).records) == 2
    source = source_named("youtube")
    assert source.files_in(str(tmp_path)) == [path]
    folder = tmp_path / "Takeout"
    folder.mkdir()
    for member, content in members.items():
        (folder / member).write_text(content, encoding="utf-8")
    assert source.files_in(str(tmp_path)) == [str(folder / f"{name}.json")]


def test_chromes_history_in_any_language_is_known_by_its_content(tmp_path: Path, context: ReadContext) -> None:
    visits = json.dumps({"Browser History": [page(0, "https://x.com/home")]})
    path = archived(tmp_path / "takeout.zip", **{"Selaushistoria.json": visits, "Kirjanmerkit.json": "{}"})
    assert len(read_file("chrome-takeout", path, context).records) == 1
    with pytest.raises(TrackerError, match="has no watch-history"):
        read_file("youtube", path, context)


@pytest.mark.parametrize("name", ["watch-history.html", "katseluhistoria.html"])
def test_a_history_as_a_web_page_is_told_to_be_one_in_a_zip_and_a_folder(
    tmp_path: Path, context: ReadContext, name: str
) -> None:
    members = {name: WATCHED_PAGE, "a.json": SEARCHES}
    path = archived(tmp_path / "takeout.zip", **members)
    folder = tmp_path / "Takeout"
    folder.mkdir()
    for member, content in members.items():
        (folder / member).write_text(content, encoding="utf-8")
    source = source_named("youtube")
    for place in (path, str(folder)):
        (file,) = source.files_in(place)
        with pytest.raises(TrackerError, match="is a web page; ask for the download again, as JSON"):
            read_file("youtube", file, context)
    (folder / "watch-history.json").write_text(json.dumps([video(0)]))
    assert source.files_in(str(folder)) == [str(folder / "watch-history.json")]


@pytest.mark.parametrize(("date", "link"), [("Datum", "Link"), ("Fecha", "Enlace"), ("日期", "链接"), ("Date", "Lien")])
def test_tiktoks_text_in_any_language(tmp_path: Path, context: ReadContext, date: str, link: str) -> None:
    text = "".join(
        f"{date}: 2026-11-20 10:00:{second:02} UTC\n{link}: https://www.tiktokv.com/share/video/{second}/\n\n"
        for second in (42, 0)
    )
    path = archived(tmp_path / "TikTok.zip", **{"Verlauf.txt": text, "Likes.txt": text.replace("/video/", "/user/")})
    (tmp_path / "Watch History.txt").write_text(text.replace(date, "Date").replace(link, "Link"), encoding="utf-8")
    english = read_file("tiktok", str(tmp_path / "Watch History.txt"), context)
    assert [row[:3] for row in spells(english)] == [("tiktok", 0, 42), ("tiktok", 42, 300)]
    assert read_file("tiktok", path, context).records == english.records


def test_a_web_page_is_told_to_be_the_wrong_form(tmp_path: Path, context: ReadContext) -> None:
    (tmp_path / "watch-history.html").write_text("<html><body>Watched a video</body></html>")
    with pytest.raises(TrackerError, match="is a web page; ask for the download again, as JSON"):
        read_file("youtube", str(tmp_path / "watch-history.html"), context)


def test_the_real_shapes(samples: Path, context: ReadContext) -> None:
    """By hand: 23 of 33 rows are videos and no advertisements; 40 videos of 42 s and the last of 300 s; the visits."""
    result = read_file("youtube", str(samples / "takeout" / "watch-history.json"), context)
    assert (len(result.records), result.ignored, result.rejected) == (23, 10, [])
    for name in ("user_data_tiktok.json", "user_data_old.json"):
        result = read_file("tiktok", str(samples / "tiktok" / name), context)
        assert (len(result.records), result.ignored, result.rejected) == (40, 0, [])
        assert sum(row.end - row.start for row in result.records) == 39 * 42 + 300
    result = read_file("chrome-takeout", str(samples / "takeout" / "History.json"), context)
    assert len(result.records) + result.ignored == 60


def test_a_download_is_read_out_of_its_zip_or_folder(tmp_path: Path, context: ReadContext) -> None:
    folder = tmp_path / "Takeout" / "YouTube et YouTube Music" / "historique"
    folder.mkdir(parents=True)
    written(folder / "watch-history.json", [video(0), video(50)])
    with zipfile.ZipFile(tmp_path / "takeout.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(folder / "watch-history.json", "Takeout/YouTube/history/watch-history.json")
        archive.writestr("Takeout/YouTube/history/search-history.json", "[1, 2]")
    source = source_named("youtube")
    assert source.files_in(str(tmp_path)) == [str(folder / "watch-history.json")]
    assert source.files_in(str(tmp_path / "takeout.zip")) == [str(tmp_path / "takeout.zip")]
    results = [
        read_file("youtube", str(path), context) for path in (tmp_path / "takeout.zip", folder / "watch-history.json")
    ]
    assert results[0] == results[1]
    assert len(results[0].records) == 2
    (folder / "watch-history.json").unlink()
    assert source.files_in(str(tmp_path)) == [str(tmp_path / "takeout.zip")]
    for name in ("chrome-takeout", "tiktok"):
        with pytest.raises(TrackerError, match="has no "):
            source_named(name).files_in(str(tmp_path))
        with pytest.raises(TrackerError, match="has no "):
            read_file(name, str(tmp_path / "takeout.zip"), context)


def test_tiktoks_text_is_read_out_of_its_zip(tmp_path: Path, context: ReadContext) -> None:
    with zipfile.ZipFile(tmp_path / "TikTok_Data.zip", "w") as archive:
        archive.writestr("TikTok/Your Activity/Watch History.txt", "Date: 2026-11-20 10:00:42 UTC\nLink: a\n")
    assert len(read_file("tiktok", str(tmp_path / "TikTok_Data.zip"), context).records) == 1


def test_a_damaged_zip_is_refused_in_one_line(tmp_path: Path, context: ReadContext) -> None:
    path = tmp_path / "f.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("watch-history.json", json.dumps([video(n % 60) for n in range(900)]))
    content = path.read_bytes()
    chance = random.Random(7)
    for _ in range(60):
        damaged = bytearray(content)
        for _ in range(chance.randrange(1, 40)):
            damaged[chance.randrange(4, len(damaged))] = chance.randrange(256)
        path.write_bytes(damaged[: chance.choice([len(damaged), chance.randrange(len(damaged))])])
        try:
            read_file("youtube", str(path), context)
        except TrackerError as error:
            assert len(str(error).splitlines()) == 1  # noqa: PT017


ANY = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["2026-11-20T10:00:00Z", "2026-11-20 10:00:00", "https://www.youtube.com/watch?v=1", "YouTube"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=4), inner, max_size=2),
    max_leaves=4,
)
KEYS = (
    *("header", "titleUrl", "time", "products", "details", "url", "time_usec", "page_transition", "Date", "Link"),
    *("VideoLink", "date", "title"),
)
ROWS = st.lists(ANY | st.dictionaries(st.sampled_from(KEYS), ANY), min_size=1, max_size=6)


@pytest.mark.parametrize("name", ["youtube", "chrome-takeout", "tiktok"])
@given(rows=ROWS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
def test_no_row_makes_a_reader_fail(tmp_path: Path, context: ReadContext, name: str, rows: list[Any]) -> None:
    whole = {
        "youtube": rows,
        "chrome-takeout": {"Browser History": rows},
        "tiktok": {"Your Activity": {"Watch History": {"VideoList": rows}}},
    }
    result = read_file(name, written(tmp_path / "f.json", whole[name]), context)
    assert len(result.records) + result.ignored + len(result.rejected) == len(rows)
    assert all(0 <= row.start <= row.end <= context.now for row in result.records)
