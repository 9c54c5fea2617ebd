"""What a phone's export says, row by row."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from tests.importers.makers import at, peak_memory, phone, read_file
from tracker.domain.errors import TrackerError

if TYPE_CHECKING:
    from pathlib import Path

    from tracker.importers.imported_record import ReadContext, ReadResult


def spans(reading: ReadResult) -> list[tuple[str, int, int]]:
    return sorted((record.channel, record.start, record.end) for record in reading.records)


def total(reading: ReadResult) -> int:
    return len(reading.records) + reading.ignored + len(reading.rejected)


def test_a_row_gives_the_start_and_how_long_it_was_in_front(tmp_path: Path, context: ReadContext) -> None:
    path = phone(tmp_path / "a.csv", ["YouTube,11/23/26,14:05:00,0:18:15", "Gmail,11/23/26,14:23:15,0:00:10"])
    reading = read_file("app-usage", path, context)
    start = at("2026-11-23 14:05:00")
    assert spans(reading) == [("youtube", start, start + 18 * 60 + 15)]
    assert (reading.ignored, reading.rejected) == (1, [])


def test_the_screen_going_off_ends_what_was_in_front(tmp_path: Path, context: ReadContext) -> None:
    rows = [
        "LinkedIn,11/23/26,14:00:00,0:02:00",
        "Screen off (locked),11/23/26,14:01:59,0:10:00",
        "X,11/23/26,15:00:00,0:00:30",
        "Screen Off Pro,11/23/26,15:00:10,0:00:10",
    ]
    start, later = at("2026-11-23 14:00:00"), at("2026-11-23 15:00:00")
    assert spans(read_file("app-usage", phone(tmp_path / "a.csv", rows), context)) == [
        ("linkedin", start, start + 119),
        ("x", later, later + 30),
    ]


def test_a_time_that_the_clocks_skipped_is_rejected(tmp_path: Path, context: ReadContext) -> None:
    rows = ["LinkedIn,03/29/26,01:59:00,0:01:00", "LinkedIn,03/29/26,02:30:00,0:01:00", "X,03/29/26,03:30:00,0:01:00"]
    reading = read_file("app-usage", phone(tmp_path / "a.csv", rows), context)
    assert [row.reason for row in reading.rejected] == [
        "02:30 did not exist: on 2026-03-29 the clocks went from 02:00 to 03:00"
    ]
    assert [channel for channel, _start, _end in spans(reading)] == ["linkedin", "x"]


def test_a_look_of_no_time_at_all_is_a_fact(tmp_path: Path, context: ReadContext) -> None:
    start = at("2026-11-23 14:00:00")
    path = phone(tmp_path / "a.csv", ["YouTube,11/23/26,14:00:00,0:00:00", "Screen off,11/23/26,14:00:00,0:01:00"])
    assert spans(read_file("app-usage", path, context)) == [("youtube", start, start)]


def test_screens_and_notifications_are_read_and_ignored(tmp_path: Path, context: ReadContext) -> None:
    rows = [
        "Screen on (unlocked),11/23/26,14:00:00,0:00:01",
        "Notification posted (YouTube),11/23/26,14:00:01,0:00:00",
        "Device boot,11/23/26,14:00:02,0:00:30",
        "Écran éteint (verrouillé),11/23/26,14:10:00,0:01:00",
    ]
    reading = read_file("app-usage", phone(tmp_path / "a.csv", rows), context)
    assert (reading.records, reading.ignored, reading.rejected) == ([], 4, [])


@pytest.mark.parametrize(
    ("rows", "date"),
    [
        (["YouTube,11/23/26,10:00:00,0:00:05"], "2026-11-23"),  # there is no 23rd month
        (["YouTube,23/11/2026,10:00:00,0:00:05"], "2026-11-23"),
        (["YouTube,2026-11-09,10:00:00,0:00:05"], "2026-11-09"),
        (["YouTube,9.11.2026,10:00:00,0:00:05"], "2026-11-09"),
        (["YouTube,9.11.2026 г.,10:00:00 пр.об.,0:00:05"], "2026-11-09"),  # as phones in Bulgarian write it
        (["YouTube,11/9/26,10:00:00,0:00:05"], "2026-11-09"),  # two digits of the year: American
        (["YouTube,09/11/2026,10:00:00,0:00:05"], "2026-11-09"),  # padded, four digits: the day first
    ],
)
def test_the_whole_file_says_which_number_is_the_month(
    tmp_path: Path, context: ReadContext, rows: list[str], date: str
) -> None:
    reading = read_file("app-usage", phone(tmp_path / "a.csv", rows), context)
    assert spans(reading)[0][1] == at(f"{date} 10:00:00")


def test_dates_that_would_lie_in_the_future_are_read_the_other_way(tmp_path: Path, context: ReadContext) -> None:
    # Read as American, 7 December 2026 would still be to come on 23 November.
    path = phone(tmp_path / "a.csv", ["YouTube,12/7/26,10:00:00,0:00:05"])
    assert spans(read_file("app-usage", path, context))[0][1] == at("2026-07-12 10:00:00")


def test_dates_run_from_new_to_old(tmp_path: Path, context: ReadContext) -> None:
    # Down the file as months first: 5 March, 4 March, ... 5 February; as days first they would jump about.
    days = ["2/5/26", "3/1/26", "3/2/26", "3/3/26", "3/4/26"]
    path = phone(tmp_path / "a.csv", [f"YouTube,{day},10:00:00,0:00:05" for day in days])
    assert spans(read_file("app-usage", path, context))[0][1] == at("2026-02-05 10:00:00")
    days = ["5/2/26", "1/3/26", "2/3/26", "3/3/26", "4/3/26"]
    path = phone(tmp_path / "b.csv", [f"YouTube,{day},10:00:00,0:00:05" for day in days])
    assert spans(read_file("app-usage", path, context))[0][1] == at("2026-02-05 10:00:00")


def test_the_hour_shown_twice_is_told_apart_by_the_order_of_the_rows(tmp_path: Path, context: ReadContext) -> None:
    rows = [
        "X,10/25/26,01:50:00,0:00:10",
        "X,10/25/26,02:10:00,0:00:10",
        "X,10/25/26,02:59:50,0:00:10",
        "X,10/25/26,02:00:00,0:00:10",  # the clock has been put back
        "X,10/25/26,02:40:00,0:00:10",
        "X,10/25/26,03:00:00,0:00:10",
    ]
    first = at("2026-10-25 01:50:00")
    reading = read_file("app-usage", phone(tmp_path / "a.csv", rows), context)
    starts = [record.start - first for record in reading.records]
    assert starts == [0, 20 * 60, 70 * 60 - 10, 70 * 60, 110 * 60, 130 * 60]


def test_an_export_turned_round_says_the_same(tmp_path: Path, context: ReadContext) -> None:
    rows = [f"X,10/25/26,0{hour}:{minute:02}:00,0:00:10" for hour, minute in ((1, 50), (2, 30), (2, 10), (3, 5))]
    there = read_file("app-usage", phone(tmp_path / "a.csv", rows), context)
    back = read_file("app-usage", phone(tmp_path / "b.csv", reversed(rows)), context)
    assert spans(there) == spans(back)
    assert len({record.key for record in there.records}) == 4


@pytest.mark.parametrize(
    "row",
    [
        "YouTube,11/23/26,14:05:00",
        "YouTube,11/23/26,14:05:00,0:01:00,more",
        "YouTube,31/31/26,14:05:00,0:01:00",
        "YouTube,yesterday,14:05:00,0:01:00",
        "YouTube,11/23/26,25:05:00,0:01:00",
        "YouTube,11/23/26,14:05:00,a while",
        "YouTube,11/23/26,14:05:00,-0:01:00",
        ",11/23/26,14:05:00,0:01:00",
        "nonsense",
    ],
)
def test_a_row_that_makes_no_sense_is_named_and_does_not_stop_the_others(
    tmp_path: Path, context: ReadContext, row: str
) -> None:
    good = "YouTube,11/23/26,14:00:00,0:01:00"
    reading = read_file("app-usage", phone(tmp_path / "a.csv", [row, good]), context)
    assert [record.channel for record in reading.records] == ["youtube"]
    assert [(rejected.line, "\n" in rejected.reason) for rejected in reading.rejected] == [(3, False)]
    assert total(reading) == 2


def test_a_quote_that_is_never_closed_costs_one_row(tmp_path: Path, context: ReadContext) -> None:
    path = tmp_path / "a.csv"
    text = phone(path, ["YouTube,11/23/26,14:00:00,0:01:00", "X,11/23/26,15:00:00,0:01:00"])
    path.write_text(path.read_text(encoding="utf-8").replace('"X",', '"X,'), encoding="utf-8")
    reading = read_file("app-usage", text, context)
    assert [record.channel for record in reading.records] == ["youtube"]
    assert len(reading.rejected) == 1


def test_a_file_cut_off_in_the_middle_is_good_up_to_there(tmp_path: Path, context: ReadContext) -> None:
    path = tmp_path / "a.csv"
    phone(path, ["Écran allumé,11/22/26,14:00:00,0:01:00", "X,11/23/26,15:00:00,0:01:00"])
    whole = path.read_bytes()
    for length in range(len('\ufeff"App name","Date","Time","Duration"'.encode()), len(whole)):
        path.write_bytes(whole[:length])
        reading = read_file("app-usage", str(path), context)
        assert total(reading) <= 2


def test_a_row_takes_little_memory(tmp_path: Path, context: ReadContext) -> None:
    peaks = []
    for count in (3_000, 12_000):
        clock = (f"{n // 720 % 28 + 1}/26,{n // 60 % 12 + 8:02}:{n % 60:02}:{n % 50:02}" for n in range(count))
        path = phone(
            tmp_path / "a.csv", (f"{('YouTube', 'X', 'Chess')[n % 3]},3/{at},0:00:05" for n, at in enumerate(clock))
        )
        peaks.append(peak_memory("app-usage", path, context))
    assert peaks[1] - peaks[0] < 9_000 * 110


def test_a_letter_that_is_cut_in_two_changes_no_other(tmp_path: Path, context: ReadContext) -> None:
    path = tmp_path / "a.csv"
    for mark in (b"", b"\xef\xbb\xbf"):
        path.write_bytes(
            mark + '"App name","Date","Time","Duration"\n"É","11/23/26","15:00:00","0:01:00"\nÉ'.encode()[:-1]
        )
        assert read_file("app-usage", str(path), context).unknown_names == {"É": 1}


@pytest.mark.parametrize(
    "content", [b"", b"\n\n", b"hello", b"\x00\xff\xfe" * 500, b"SQLite format 3\0" + bytes(100), b"a,b,c,d\n1,2,3,4\n"]
)
def test_a_file_of_another_kind_is_refused_in_one_line(tmp_path: Path, context: ReadContext, content: bytes) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    with pytest.raises(TrackerError) as refused:
        read_file("app-usage", str(path), context)
    assert "\n" not in str(refused.value)


def test_a_header_without_rows_is_an_export_of_nothing(tmp_path: Path, context: ReadContext) -> None:
    assert total(read_file("app-usage", phone(tmp_path / "a.csv", []), context)) == 0


@pytest.mark.parametrize(
    ("name", "rows", "facts", "youtube"),
    [
        ("user1_AUM_V4_Activity_2019-12-05_00-46-03.csv", 16_414, 2_973, 1_791),
        ("user2_AUM_V4_Activity_2019-12-10_22-19-45.csv", 13_395, 881, 530),
        ("excerpt_french.csv", 180, 37, 11),
    ],
)
def test_real_phones(samples: Path, context: ReadContext, name: str, rows: int, facts: int, youtube: int) -> None:
    reading = read_file("app-usage", str(samples / "app-usage" / name), context)
    assert total(reading) == rows
    assert len(reading.records) == facts
    assert Counter(record.channel for record in reading.records)["youtube"] == youtube
    assert not reading.rejected
    assert min(record.start for record in reading.records) >= at("2019-11-09 10:00:00")
    assert max(record.end for record in reading.records) <= at("2019-12-10 22:20:00")
