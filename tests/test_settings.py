"""The settings file: every key there and back, one clear line for what is wrong, and never half a file."""

from __future__ import annotations

import os
import stat
from datetime import date
from pathlib import Path

import pytest

from tracker import settings
from tracker.domain.errors import TrackerError
from tracker.locale import use
from tracker.settings import SETTINGS, Settings

#: For each key a value that is not its default, as written and as held.
VALUES: dict[str, tuple[str, object]] = {
    "day_starts_at": ("05:30", 5 * 3600 + 1800),
    "check_seconds": ("45", 45),
    "daily_budget": ("1h30", 5400),
    "check_limit": ("12", 12),
    "forgotten_after": ("2h", 7200),
    "overrun_after": ("10m", 600),
    "notify": ("desktop bell", ("bell", "desktop")),
    "first_weekday": ("sunday", 6),
    "language": ("fr", "fr"),
    "currency": ("cad", "CAD"),
    "theme": ("nord", "nord"),
    "breath_seconds": ("0", 0),
    "channels": ("LinkedIn, x x", ("linkedin", "x")),
    "breath_skips": ("make, relate", ("make", "relate")),
    "reduced_motion": ("yes", True),
    "sources": ("chrome, csv:~/log.csv", ("chrome", "csv:~/log.csv")),
    "sleep": ("23:00–7:00", (23 * 3600, 7 * 3600)),
    "wakes_at": ("06:45", 6 * 3600 + 2700),
    "focus_hours": ("14:00-17:00, 09:00-12:00", ((9 * 3600, 12 * 3600), (14 * 3600, 17 * 3600))),
    "hour_cost": ("45,50", 4550),
    "sale_value": ("1 200", 120_000),
    "client_share": ("25%", 0.25),
    "margin": ("0.8", 0.8),
}

BAD = {
    "day_starts_at": ("24:00", "4", "04:60", "noon", "²:00", ""),
    "check_seconds": ("0", "601", "x", "1.5", "²"),
    "daily_budget": ("soon", "-5m"),
    "check_limit": ("-1", "86401", "many", "1.5"),
    "forgotten_after": ("30s", "never"),
    "overrun_after": ("0m", "off"),
    "notify": ("loud", "bell, off"),
    "first_weekday": ("lundi", "7"),
    "language": ("de", "french"),
    "currency": ("euro", "€€€", "12A", "min", "XXX"),
    "breath_seconds": ("-1", "61", "long", "1.5"),
    "breath_skips": ("work", "make,work"),
    "reduced_motion": ("maybe", "2"),
    "sources": ("Chrome", "fire fox"),
    "sleep": (
        *(
            "23:00",
            "23:00-23:00",
            "13pm-7am",
            "2300-700",
            "late-early",
            "25:00-07:00",
            "Fri 01:00-09:00",
            "23:00-07:00; 01:00-09:00",
        ),
        *("23:00-07:00; Fri 1:00-9:00; Fri 2:00-9:00", "23:00-07:00; Fri", "23:00-07:00; holidays 01:00-09:00"),
        *("23:00-07:00;", "23:00-07:00; Fri-Sat-Sun 01:00-09:00", "23:00-07:00 or 23:00-07:00", "23:00-07:00 or"),
        *("or 08:00-16:00", "23:00-07:00 08:00-16:00", "23:00-07:00; Fri 01:00-09:00 or 02:00-10:00"),
    ),
    "wakes_at": ("24:00", "early"),
    "focus_hours": ("09:00-12:00, 11:00-13:00", "22:00-02:00", "mornings"),
    "hour_cost": ("0", "-3", "1.200", "much", "12.345", "€45 USD", "45 min", "45 xxx"),
    "sale_value": ("0", "x"),
    "client_share": ("0", "1e-9", "-0.1", "nan", "1.2", "120%", "most"),
    "margin": ("0", "1e-300", "-1", "2", "inf", "", "half"),
}


def test_thresholds_of_patterns_are_a_table_of_numbers(path: str) -> None:
    written(path, "[patterns]\nbrief_checks.share = 0.7\n'night.nights' = 4\n")
    assert settings.load(path).patterns == (("brief_checks.share", 0.7), ("night.nights", 4.0))
    huge = f"patterns.night.nights = 1{'0' * 400}"
    for wrong in ("patterns = 3", "[patterns]\nx = 'much'", "[patterns]\nx = true", "patterns.night = 3", huge):
        written(path, wrong)
        with pytest.raises(TrackerError, match=r"\[patterns\] gives thresholds their numbers"):
            settings.load(path)


@pytest.mark.parametrize("wrong", ["patterns = 3", "[patterns]\nnight = 3", "[patterns]\nnight.nights = 'many'"])
def test_a_wrong_threshold_is_mended_by_setting_it(path: str, wrong: str) -> None:
    written(path, wrong)
    assert settings.save_threshold(path, "night.nights", 4).patterns == (("night.nights", 4.0),)
    assert settings.save_threshold(path, "night.nights", None).patterns == ()


def test_what_is_refused_of_the_whole_is_not_written(path: str) -> None:
    def refuse(wanted: settings.Settings) -> None:
        raise TrackerError(f"not {wanted.currency}")

    written(path, 'currency = "EUR"\n')
    with pytest.raises(TrackerError, match="not CHF"):
        settings.save(path, "currency", "CHF", refuse)
    with pytest.raises(TrackerError, match="not EUR"):
        settings.save_threshold(path, "night.nights", 4, refuse)
    assert Path(path).read_text() == 'currency = "EUR"\n'


@pytest.fixture
def path(tmp_path: Path) -> str:
    return str(tmp_path / "config" / "settings.toml")


def written(path: str, text: str) -> str:
    Path(path).parent.mkdir(exist_ok=True)
    Path(path).write_text(text, encoding="utf-8")
    return path


def test_without_a_file_everything_has_a_value(path: str) -> None:
    assert settings.load(path) == Settings()
    assert not Path(path).exists()


def test_there_is_a_value_here_for_every_key() -> None:
    assert set(VALUES) == {setting.name for setting in SETTINGS} <= set(Settings._fields)


@pytest.mark.parametrize("name", VALUES)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_key_is_saved_said_and_read_back(path: str, name: str, language: str) -> None:
    text, value = VALUES[name]
    use(language)
    try:
        assert getattr(settings.save(path, name, text), name) == value
        assert getattr(settings.load(path), name) == value
        said = settings.find(name).type.write(value)
        assert settings.read(name, said) == value
    finally:
        use("en")


@pytest.mark.parametrize("name", VALUES)
def test_an_empty_value_takes_a_key_out(path: str, name: str) -> None:
    settings.save(path, name, VALUES[name][0])
    assert settings.save(path, name, "") == Settings()
    assert settings.save(path, name, "") == Settings()
    assert name not in Path(path).read_text()


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name, values in BAD.items() for value in values if value]
)
def test_a_value_that_cannot_be_is_never_written(path: str, name: str, value: str) -> None:
    with pytest.raises(TrackerError, match=name):
        settings.save(path, name, value)
    assert not Path(path).exists()


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in BAD.items() for value in values])
def test_a_value_that_cannot_be_is_named_with_its_file_and_key(path: str, name: str, value: str) -> None:
    if value == "" and name != "day_starts_at":
        return
    written(path, f'{name} = "{value}"\n')
    with pytest.raises(TrackerError) as error:
        settings.load(path)
    assert str(error.value).startswith(f"{path}: {name} ")
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("colour = 3", "unknown setting “colour”"),
        ("[tracker]\ntheme = 'x'", "unknown setting “tracker”"),
        ("theme = ", "cannot read the settings"),
        ("theme = = 1", "line 1, column 9 is not valid TOML"),
        ("theme = 3", "theme must be"),
        ("check_seconds = true", "check_seconds must be"),
        ("daily_budget = [1]", "daily_budget must be"),
        ("[channels.linkedin]\nrate = -1", "channels must be"),
        ("channels = 3", "channels must be"),
        ("channels = [3]", "channels must be"),
        ("breath_skips = [['make']]", "breath_skips must be"),
        ("notify = [true]", "notify must be"),
        ("sources = 3", "sources must be"),
        ("sources = '[3]'", "sources must be"),
        ("sources = '[chrome'", "sources must be"),
        ("sources = 2026-11-23", "sources must be"),
        ("keys = 3", "[keys] gives"),
        ("[keys]\nstart = 3", "[keys] gives"),
    ],
)
def test_what_is_wrong_in_the_file_is_one_line_naming_it(path: str, text: str, said: str) -> None:
    written(path, text)
    with pytest.raises(TrackerError) as error:
        settings.load(path)
    assert said in str(error.value)
    assert path in str(error.value)
    assert "\n" not in str(error.value)
    with pytest.raises(TrackerError):
        settings.save(path, "currency", "EUR")
    assert Path(path).read_text() == text


def test_what_is_no_text_and_what_is_a_folder_is_one_line(path: str, tmp_path: Path) -> None:
    written(path, "")
    Path(path).write_bytes(b"\xff\xfe\x00")
    for place in (path, str(tmp_path)):
        with pytest.raises(TrackerError, match="cannot read the settings"):
            settings.load(place)


def test_toml_s_own_types_are_understood(path: str) -> None:
    written(path, "day_starts_at = 05:00:00\ndaily_budget = 90\ncheck_limit = 0\n")
    read_settings = settings.load(path)
    assert (read_settings.day_starts_at, read_settings.daily_budget, read_settings.check_limit) == (18_000, 5_400, 0)


def test_names_may_stand_in_a_list(path: str) -> None:
    written(path, "channels = ['LinkedIn', 'x']\nbreath_skips = ['make']\nsources = ['chrome', 'csv:~/a, b.csv']\n")
    read_settings = settings.load(path)
    assert (read_settings.channels, read_settings.breath_skips) == (("linkedin", "x"), ("make",))
    assert read_settings.sources == ("chrome", "csv:~/a, b.csv")
    settings.save(path, "sources", settings.value_text(read_settings, "sources"))
    assert settings.load(path).sources == read_settings.sources


FILE = """# mine
daily_budget = "2h"  # for now

# keys I like
[keys]
"timer.start" = "n"   # start
"""


@pytest.mark.parametrize(
    ("text", "ways"),
    [('"off"', ()), ('["terminal", "bell"]', ("bell", "terminal")), ('"Bell,terminal"', ("bell", "terminal"))],
)
def test_the_ways_to_notify(path: str, text: str, ways: tuple[str, ...]) -> None:
    assert settings.load(written(path, f"notify = {text}\n")).notify == ways
    assert settings.read("notify", settings.find("notify").type.write(ways)) == ways


def test_saving_keeps_comments_order_and_other_keys(path: str) -> None:
    written(path, FILE)
    settings.save(path, "daily_budget", "1h")
    assert Path(path).read_text() == FILE.replace('"2h"', '"1h"')
    settings.save(path, "theme", "tracker-light")
    text = Path(path).read_text()
    for line in FILE.replace('"2h"', '"1h"').splitlines():
        assert line in text
    read_settings = settings.load(path)
    assert (read_settings.theme, read_settings.keys) == ("tracker-light", (("timer.start", "n"),))


def test_line_endings_stay(path: str) -> None:
    written(path, "")
    Path(path).write_bytes(b'theme = "x"\r\ncurrency = "EUR"\r\n')
    settings.save(path, "currency", "CHF")
    assert Path(path).read_bytes() == b'theme = "x"\r\ncurrency = "CHF"\r\n'


def test_a_crash_while_writing_leaves_the_file_whole(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    written(path, FILE)

    def crash(*_names: str) -> None:
        raise OSError("the plug was pulled")

    monkeypatch.setattr(os, "replace", crash)
    with pytest.raises(TrackerError, match="cannot write the settings"):
        settings.save(path, "theme", "tracker-light")
    assert Path(path).read_text() == FILE


def test_a_linked_file_stays_linked_and_keeps_its_mode(path: str, tmp_path: Path) -> None:
    real = tmp_path / "dotfiles.toml"
    real.write_text(FILE)
    real.chmod(0o640)
    Path(path).parent.mkdir()
    Path(path).symlink_to(real)
    settings.save(path, "theme", "tracker-light")
    assert Path(path).is_symlink()
    assert "tracker-light" in real.read_text()
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


def test_an_unknown_name_lists_the_known(path: str) -> None:
    with pytest.raises(TrackerError, match="daily_budget, check_limit"):
        settings.save(path, "budget", "2h")


def test_a_wrong_value_is_mended_by_setting_it(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text('# mine\nforgotten_after = "soon"\n')
    assert settings.save(str(path), "forgotten_after", "3h").forgotten_after == 3 * 3600
    assert path.read_text().startswith("# mine\n")


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(
    ("typed", "english"),
    [
        ("23:00 – 07:00", "23:00-07:00"),
        ("23-7", "23:00-07:00"),
        ("23h-7h30", "23:00-07:30"),
        ("11pm-7:30am", "23:00-07:30"),
        ("23:00-07:00; Fri Sat 01:00-09:00", "23:00-07:00; Fri Sat 01:00-09:00"),
        ("Sam., vendredi 1:00-9:00; 23:00-07:00", "23:00-07:00; Fri Sat 01:00-09:00"),
        ("sun-thu 23:00-07:00; fri-sat 01:00-09:00", "23:00-07:00; Fri Sat 01:00-09:00"),
        ("22:00-06:00; Mon 07:00-14:00; Sat 01:00-09:00", "22:00-06:00; Mon 07:00-14:00; Sat 01:00-09:00"),
        ("23:00-07:00; Fri 23:00-07:00", "23:00-07:00"),
        ("23:00-07:00 or 08:00 – 16:00", "23:00-07:00 or 08:00-16:00"),
        ("23:00-7:00 OU 8:00-16:00 ou 15:00-22:00", "23:00-07:00 or 08:00-16:00 or 15:00-22:00"),
        ("sun 01:00-09:00; 23:00-07:00 or 08:00-16:00", "23:00-07:00 or 08:00-16:00; Sun 01:00-09:00"),
        ("23:00-07:00 or 08:00-16:00; Sun 23:00-07:00", "23:00-07:00 or 08:00-16:00; Sun 23:00-07:00"),
    ],
)
def test_sleep_hours_may_differ_by_weekday_or_alternate(typed: str, english: str, language: str) -> None:
    use(language)
    try:
        value = settings.read("sleep", typed)
        written = settings.value_text(Settings(sleep=value), "sleep")
        assert settings.read("sleep", written) == value
        assert language == "fr" or written == english
    finally:
        use("en")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "“early” cannot be read; write a time of day such as 07:00, or empty"),
        ("fr", "« early » est illisible ; écrivez une heure comme 07:00, ou rien"),
    ],
)
def test_what_a_screen_cannot_read_is_said_without_the_name_in_the_file(language: str, said: str) -> None:
    """The question stands above it; in French, `wakes_at` would be a word of another language."""
    use(language)
    try:
        with pytest.raises(TrackerError) as refused:
            settings.with_typed(Settings(), "wakes_at", "early")
    finally:
        use("en")
    assert str(refused.value).replace("\u00a0", " ").replace("\u202f", " ") == said


def test_sleep_hours_of_a_night_belong_to_the_day_it_begins_on() -> None:
    value = settings.read("sleep", "23:00-07:00; Fri Sat 01:00-09:00")
    assert [value.of_weekday(day)[0] // 3600 for day in range(7)] == [23, 23, 23, 23, 1, 1, 23]
    friday = date(2026, 11, 20).toordinal() - date(1970, 1, 1).toordinal()
    assert value.nights(friday, 4 * 3600) == [((friday + 1) * 86_400 + 3600, 8 * 3600)]
    assert value.nights(friday - 1, 4 * 3600) == [((friday - 1) * 86_400 + 23 * 3600, 8 * 3600)]


def test_a_night_may_have_each_of_the_sleeps_that_alternate_unless_its_weekday_has_its_own() -> None:
    value = settings.read("sleep", "23:00-07:00 or 08:00-16:00; Fri 01:00-09:00")
    friday = date(2026, 11, 20).toordinal() - date(1970, 1, 1).toordinal()
    assert value.nights(friday, 4 * 3600) == [((friday + 1) * 86_400 + 3600, 8 * 3600)]
    thursday = (friday - 1) * 86_400
    assert value.nights(friday - 1, 4 * 3600) == [
        *((thursday + 23 * 3600, 8 * 3600), (thursday + 8 * 3600, 8 * 3600)),
    ]
