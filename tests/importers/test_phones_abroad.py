"""App Usage exports of phones in other languages, of other years, and back from spreadsheets."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.conftest import NOW
from tests.importers.makers import at, read_file
from tracker.domain.errors import TrackerError
from tracker.importers.imported_record import ChannelMatcher

if TYPE_CHECKING:
    from pathlib import Path

    from tracker.importers.imported_record import ReadContext, ReadResult

START = at("2026-11-10 14:40:00")


def read(path: Path, context: ReadContext, text: str, encoding: str = "utf-8") -> ReadResult:
    (path / "a.csv").write_bytes(text.encode(encoding))
    reading = read_file("app-usage", str(path / "a.csv"), context)
    lines = [line for line in text.splitlines() if line.strip(' ,;\t"')]
    header = 2 if lines[0].startswith("sep=") else 1
    assert len(reading.records) + reading.ignored + len(reading.rejected) == len(lines) - header
    return reading


class Phone(NamedTuple):
    """A language: header, screen off, screen on, notification, afternoon and 10 November as it writes them."""

    header: str
    off: str
    on: str
    notice: str
    clock: str
    day: str


PHONES = {
    "it": Phone(
        "Nome app,Data,Ora,Durata", "Schermo spento", "Schermo acceso", "Notifica inviata ({})", "14:{}", "10/11/26"
    ),
    "de": Phone(
        "App-Name,Datum,Zeit,Dauer",
        "Bildschirm aus (gesperrt)",
        "Bildschirm an (entsperrt)",
        "Benachrichtigung ({})",
        "2:{} nachm.",
        "10.11.26",
    ),
    "es": Phone(
        "Aplicación,Fecha,Hora,Duración",
        "Pantalla apagada",
        "Pantalla encendida",
        "Notificación publicada ({})",
        "2:{} p. m.",
        "10/11/26",
    ),
    "pt": Phone(
        "Nome do app,Data,Hora,Duração",
        "Tela desligada",
        "Tela ligada",
        "Notificação enviada ({})",
        "14:{}",
        "10/11/2026",
    ),
    "pl": Phone(
        "Nazwa aplikacji,Data,Godzina,Czas",
        "Ekran wyłączony",
        "Ekran włączony",
        "Powiadomienie ({})",
        "14:{}",
        "10.11.2026",
    ),
    "bg": Phone(
        "Приложение,Дата,Час,Продължителност",
        "Екранът е изключен",
        "Екранът е включен",
        "Публикувано известие ({})",
        "2:{} сл.об.",
        "10.11.2026 г.",
    ),
    "ja": Phone("アプリ名,日付,時刻,期間", "画面オフ", "画面オン", "通知（{}）", "午後2:{}", "2026/11/10"),
    "zh": Phone(
        "应用名称,日期,时间,时长", "屏幕关闭（已锁定）", "屏幕开启", "已发布通知（{}）", "下午2:{}", "2026年11月10日"
    ),
    "ko": Phone("앱 이름,날짜,시간,기간", "화면 꺼짐", "화면 켜짐", "알림 게시됨({})", "오후 2:{}", "26. 11. 10."),
    "ar": Phone(
        "اسم التطبيق,التاريخ,الوقت,المدة", "الشاشة مغلقة", "الشاشة مفتوحة", "تم نشر إشعار ({})", "2:{} م", "10/11/2026"
    ),
    "en": Phone(
        "App name,Date,Time,Duration,Category,Person",
        "Screen off",
        "Screen on",
        "Notification posted ({})",
        "2:{}\u202fPM",
        "11/10/26",
    ),
}


def rows(phone: Phone) -> list[str]:
    """From new to old: LinkedIn for ten minutes by its row, with the screen off after three."""
    said = [
        (phone.on, "48:00", "0:00:01"),
        (phone.off, "43:00", "0:05:00"),
        ("LinkedIn", "40:00", "0:10:00"),
        (phone.notice.format("LinkedIn"), "39:58", "0:00:00"),
        ("Maps", "30:00", "0:09:00"),
        (phone.on, "29:59", "0:00:01"),
        (phone.off, "20:00", "0:09:59"),
    ]
    return [f'"{name}","{phone.day}","{phone.clock.format(at)}","{lasts}"' for name, at, lasts in said]


@pytest.mark.parametrize("language", PHONES)
def test_a_phone_in_any_language_is_read_by_the_shape_of_its_rows(
    tmp_path: Path, context: ReadContext, language: str
) -> None:
    phone = PHONES[language]
    reading = read(tmp_path, context, "\n".join([phone.header, *rows(phone)]))
    assert [(record.channel, record.start, record.end) for record in reading.records] == [
        ("linkedin", START, START + 180)
    ]
    assert (reading.notifications, reading.ignored, reading.rejected) == ((("linkedin", START - 2),), 6, [])
    assert reading.unknown_names == {"Maps": 1}


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_spreadsheet_may_have_saved_it_again(
    tmp_path: Path, context: ReadContext, delimiter: str, encoding: str, newline: str
) -> None:
    phone = PHONES["es"]
    lines = [phone.header, *(row.replace('"', "") for row in rows(phone)), ",,,"]
    lines = [*(line.replace(",", delimiter) for line in lines), ""]
    if delimiter == ";":
        lines = ["sep=;", *lines]
    reading = read(tmp_path, context, newline.join(lines), encoding)
    assert [(record.start, record.end) for record in reading.records] == [(START, START + 180)]
    assert not reading.rejected


@pytest.mark.parametrize(
    ("clock", "second"),
    [
        ("2:40:00 PM", 0),
        ("2:40:00 pm", 0),
        ("02:40:00 p.m.", 0),
        ("2:40:00\u202fp.\xa0m.", 0),
        ("PM 2:40:00", 0),
        ("14:40", 0),
        ("14.40.00", 0),
        ("14h40", 0),
        ("下午 2時40分00秒", 0),
        ("晚上2:40:00", 0),
        ("2:40:00 odp.", 0),
        ("2:40:00 μ.μ.", 0),
        ("2:40:00 ÖS", 0),
        ("2:40:00 CH", 0),
        ("12:40:00 am", -14 * 3600),
        ("12:40:00 pm", -2 * 3600),
        ("2:40:00 vorm.", -12 * 3600),
        ("上午2:40:00", -12 * 3600),
        ("2:40:00 a. m.", -12 * 3600),
        ("2:40:00 da manhã", -12 * 3600),
        ("١٤:٤٠:٠٠", 0),
    ],
)
def test_a_clock_of_twelve_hours_says_which_half(tmp_path: Path, context: ReadContext, clock: str, second: int) -> None:
    reading = read(tmp_path, context, f"App name,Date,Time,Duration\nLinkedIn,2026-11-10,{clock},00:08\n")
    assert [(record.start - START, record.end - record.start) for record in reading.records] == [(second, 8)]


@pytest.mark.parametrize("clock", ["25:00:00", "13:00:00 AM", "2:40:00 xyz", "2:61", "noon", "-2:40:00"])
def test_a_clock_that_says_no_time_is_rejected(tmp_path: Path, context: ReadContext, clock: str) -> None:
    reading = read(tmp_path, context, f"App name,Date,Time,Duration\nLinkedIn,2026-11-10,{clock},00:08\n")
    assert len(reading.rejected) == 1


@pytest.mark.parametrize(
    ("written", "seconds"), [("00:08", 8), ("12:05", 725), ("75:00", 4500), ("0:00:08", 8), ("26:00:01", 93601)]
)
def test_durations_have_hours_or_not(tmp_path: Path, context: ReadContext, written: str, seconds: int) -> None:
    reading = read(tmp_path, context, f"App name,Date,Time,Duration\nLinkedIn,2026-11-01,10:00:00,{written}\n")
    assert [record.end - record.start for record in reading.records] == [seconds]


FOOTERS = [
    '"Activity history, January 2, 2019 - December 27, 2018"',
    "Created by App Usage (PRO) on Wednesday, January 2, 2019, 20:21",
    "Created by App Usage on Saturday, February 4, 2017, 2:00 PM",
    '"Creato da App Usage il sabato 4 febbraio 2017, 14:00","","",""',
    '"Erstellt von App Usage am Samstag","4.2.2017","14:00"',
    '"Total","","","3:00:00"',
    '"App name","Date","Time","Duration"',
]


# A date and a time without a duration are a row cut short where rows follow.
@pytest.mark.parametrize(
    ("footer", "place"),
    [(footer, "end") for footer in FOOTERS] + [(footer, "start") for footer in FOOTERS if "4.2.2017" not in footer],
)
def test_a_footer_is_ignored_and_not_rejected(tmp_path: Path, context: ReadContext, footer: str, place: str) -> None:
    row = "LinkedIn,11/23/26,10:00:00,0:01:00"
    lines = [row, footer] if place == "end" else [footer, row]
    reading = read(tmp_path, context, "\n".join(["App name,Date,Time,Duration", *lines]))
    assert (len(reading.records), reading.ignored, reading.rejected) == (1, 1, [])


@pytest.mark.parametrize(
    "row", ["LinkedIn,,,0:01:00", "LinkedIn", "LinkedIn,11/23/26,,0:01:00", "Maps,11/23/26,10:99,0:01"]
)
def test_a_row_cut_short_is_no_footer(tmp_path: Path, context: ReadContext, row: str) -> None:
    good = "LinkedIn,11/23/26,10:00:00,0:01:00"
    reading = read(tmp_path, context, "\n".join(["App name,Date,Time,Duration", row, good]))
    assert (len(reading.records), len(reading.rejected)) == (1, 1)


def test_six_columns_of_which_two_say_nothing_here(tmp_path: Path, context: ReadContext) -> None:
    text = "App name,Date,Time,Duration,Category,Person\nInstagram,16/04/2024,10:53:58 pm,0:02:35,Social Media,1\n"
    (record,) = read(tmp_path, context, text).records
    assert (record.start, record.end - record.start) == (at("2024-04-16 22:53:58"), 155)
    assert (
        len(read(tmp_path, context, text + "YouTube,16/04/2024,10:53:58 pm,0:02:35,Social Media,1,2\n").rejected) == 1
    )


@pytest.mark.parametrize(
    ("days", "first", "told"),
    [
        (["9/11/26", "10/11/26"], "2026-11-09", True),  # days that follow each other, not months
        (["11/9/26", "11/10/26"], "2026-11-09", True),
        (["9/11/26"], "2026-09-11", False),  # an English phone, one day: as Americans write it
        (["09/11/26"], "2026-11-09", False),
        (["9/11/2026"], "2026-11-09", False),
        (["9.11.26"], "2026-11-09", False),
        (["26. 9. 11."], "2026-09-11", True),
        (["2026-09-11"], "2026-09-11", True),
        (["23/11/26"], "2026-11-23", True),
    ],
)
def test_how_dates_were_read_is_said_where_only_the_writing_tells(
    tmp_path: Path, context: ReadContext, days: list[str], first: str, told: bool
) -> None:
    lines = [f"LinkedIn,{day},10:00:00,0:01:00" for day in reversed(days)]
    reading = read(tmp_path, context, "\n".join(["App name,Date,Time,Duration", *lines]))
    assert min(record.start for record in reading.records) == at(f"{first} 10:00:00")
    assert (reading.guessed_date_order is None) is told


def test_the_order_of_dates_can_be_said(tmp_path: Path, context: ReadContext) -> None:
    text = "App name,Date,Time,Duration\nLinkedIn,9/11/26,10:00:00,0:01:00\n"
    for way, day in (("D/M/Y", "2026-11-09"), ("M/D/Y", "2026-09-11")):
        reading = read(tmp_path, context._replace(date_order=way), text)
        assert [record.start for record in reading.records] == [at(f"{day} 10:00:00")]
        assert reading.guessed_date_order is None


def test_a_row_that_is_still_to_come_is_rejected_and_one_that_goes_on_ends_now(
    tmp_path: Path, context: ReadContext
) -> None:
    lines = ["LinkedIn,11/23/26,15:12:01,0:01:00", "Maps,11/23/26,15:13:00,0:01:00", "X,11/23/26,15:11:00,0:05:00"]
    reading = read(tmp_path, context, "\n".join(["App name,Date,Time,Duration", *lines]))
    assert [(record.channel, record.start, record.end) for record in reading.records] == [("x", NOW - 60, NOW)]
    assert len(reading.rejected) == 2


def test_an_app_that_is_in_front_of_another_is_no_screen_that_is_off(tmp_path: Path, context: ReadContext) -> None:
    lines = [
        "Maps,11/23/26,10:05:00,0:03:00",  # in a corner, while
        "Phone,11/23/26,10:06:00,0:01:00",  # others come and go
        "YouTube,11/23/26,10:00:00,0:10:00",
    ]
    (record,) = read(tmp_path, context, "\n".join(["App name,Date,Time,Duration", *lines])).records
    assert record.end - record.start == 600


@pytest.mark.parametrize("name", ["X (Twitter)", "Facebook"])
def test_an_app_with_brackets_in_its_name_is_an_app(tmp_path: Path, context: ReadContext, name: str) -> None:
    names = {"X": "x", "X (Twitter)": "x", "Twitter": "x", "Facebook": "facebook"}
    apps = [(channel, "app", app) for app, channel in names.items()]
    context = context._replace(matcher=ChannelMatcher([("x", "X"), ("facebook", "Facebook")], apps))
    reading = read(tmp_path, context, f"App name,Date,Time,Duration\n{name},11/23/26,10:00:00,0:00:00\n")
    assert (len(reading.records), reading.notifications) == (1, ())


def test_a_table_of_other_things_is_refused(tmp_path: Path, context: ReadContext) -> None:
    for text in ("start,end,channel,activity\n2026-11-23 10:00,2026-11-23 10:10,x,\n", "Nome app,Data,Ora,Durata\n"):
        with pytest.raises(TrackerError, match="not an App Usage export"):
            read(tmp_path, context, text)
