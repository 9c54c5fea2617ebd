"""Amounts: read with the currency that is typed, in either language, and written in one way."""

from __future__ import annotations

import pytest
from babel.numbers import format_currency, list_currencies
from hypothesis import given
from hypothesis import strategies as st

from tests.calendar.strategies import refusal
from tracker import locale
from tracker.domain.errors import TrackerError
from tracker.formatting.money import (
    AMBIGUOUS_CODES,
    CODES,
    decimal_money,
    decimals,
    format_money,
    read_money,
    rounded_as_shown,
    sign,
    take_money,
)
from tracker.formatting.numbers import divide_rounded, round_half_up, round_to_int

LANGUAGES = st.sampled_from(["en", "fr"])
CURRENCIES = st.one_of(st.sampled_from(["EUR", "USD", "GBP", "CHF", "CAD", "JPY"]), st.sampled_from(sorted(CODES)))


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("480", 48_000, "EUR"),
        ("£480", 48_000, "GBP"),
        ("480 £", 48_000, "GBP"),
        ("480 £GB", 48_000, "GBP"),
        ("480 GBP", 48_000, "GBP"),
        ("480gbp", 48_000, "GBP"),
        ("$480", 48_000, "USD"),
        ("US$480", 48_000, "USD"),
        ("480 $US", 48_000, "USD"),
        ("480 $ CA", 48_000, "CAD"),
        ("$480 CAD", 48_000, "CAD"),
        ("CHF 480.-", 48_000, "CHF"),
        ("480 francs suisses", 48_000, "CHF"),
        ("480 Swiss francs", 48_000, "CHF"),
        ("480 couronnes suédoises", 48_000, "SEK"),
        ("480 pounds", 48_000, "GBP"),
        ("480 dollars", 48_000, "USD"),
        ("₹480", 48_000, "INR"),
        ("5000 jpy", 500_000, "JPY"),
        ("480 try", 48_000, "TRY"),
        ("€480 EUR", 48_000, "EUR"),
        ("480.5", 48_050, "EUR"),
        ("480,50", 48_050, "EUR"),
        ("480,", 48_000, "EUR"),
        ("£1,200.50", 120_050, "GBP"),
        ("1 200,50", 120_050, "EUR"),
        ("1\u202f200,50\u00a0€", 120_050, "EUR"),
        ("1.200,50", 120_050, "EUR"),
        ("1'200.50", 120_050, "EUR"),
        ("1’200", 120_000, "EUR"),
        ("1,200,300", 120_030_000, "EUR"),
    ],
)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_currency_typed_is_the_currency_kept(text: str, amount: int, currency: str, language: str) -> None:
    assert read_money(text, "EUR", language) == (amount, currency)


def test_what_can_be_read_two_ways_is_read_by_the_language_or_refused_with_both() -> None:
    assert read_money("1,200", "EUR") == (120_000, "EUR")
    for text, language in (("1.200", "en"), ("1.200", "fr"), ("1,200", "fr"), ("£1.200", "en")):
        said = refusal(lambda text=text, language=language: read_money(text, "EUR", language))  # type: ignore[misc]
        assert said == f"“{text}” could mean 1200 or {'1,20' if language == 'fr' else '1.20'}; write one of these"


@pytest.mark.parametrize(
    "text", ["", "-5", "€-5", "+5", "4.8055", "0,200", "12 34", "1,20.50", "1 200 30", "1.200 300", "1e3", "9" * 20]
)
def test_what_is_no_amount_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(TrackerError, match=r"write it as 480, 480\.50 or 480 EUR|unknown currency “e”"):
        read_money(text, "EUR")


@pytest.mark.parametrize("text", ["٣", "½", "NaN", "lots", "£", "0", "0.00", "5.50 jpy"])
def test_nothing_and_other_digits_are_no_amount(text: str) -> None:
    with pytest.raises(TrackerError):
        read_money(text, "EUR")


@pytest.mark.parametrize(
    ("text", "own", "says"),
    [
        ("480 xyz", "EUR", "unknown currency “xyz”"),
        ("480 crowns of gold", "EUR", "unknown currency"),
        ("480 francs", "EUR", "“francs” is more than one currency"),
        ("480 kr", "EUR", "“kr” is more than one currency"),
        ("50 cents", "EUR", "“cents” is more than one currency"),
        ("$480", "CAD", "“$” is more than one currency; write its three letters, for example 480 CAD"),
        ("480 dollars", "AUD", "more than one currency"),
        ("¥480", "CNY", "more than one currency"),
        ("€480 GBP", "EUR", "“€” and “GBP” are two currencies"),
        ("£480 €", "EUR", "two currencies"),
    ],
)
def test_a_currency_that_cannot_be_known_is_refused(text: str, own: str, says: str) -> None:
    assert says in (refusal(lambda: read_money(text, own, "en")) or "")


def test_the_set_currency_tells_what_a_shared_name_means() -> None:
    assert read_money("480 francs", "CHF", "en").currency == "CHF"
    assert read_money("480 couronnes", "SEK", "fr").currency == "SEK"
    assert read_money("$480", "USD", "fr").currency == "USD"


@given(st.integers(1, 10**14 - 1), CURRENCIES, LANGUAGES, LANGUAGES, st.sampled_from(["EUR", "CHF", "USD"]))
def test_what_is_written_for_people_is_read_back(
    hundredths: int, currency: str, written: str, read: str, own: str
) -> None:
    if not decimals(currency):
        hundredths -= hundredths % 100
    if hundredths:
        with locale.speaking(written):
            said = format_money(hundredths, currency)
        assert read_money(said, own, written) == (hundredths, currency)
        locale.use(written)
        try:
            taken = take_money(f"linkedin {said} @samia masks".split(), own)
        finally:
            locale.use("en")
        assert taken == ((hundredths, currency), ["linkedin", "@samia", "masks"])
        # In the other language too, unless its shape says two things there.
        try:
            assert read_money(said, own, read) == (hundredths, currency)
        except TrackerError as error:
            assert "could mean" in str(error)  # noqa: PT017 - else it is read


@given(st.integers(-(10**12), 10**12), st.sampled_from(["EUR", "USD", "GBP", "CHF", "CAD", "INR", "BRL"]), LANGUAGES)
def test_an_amount_is_written_as_babel_writes_it(hundredths: int, currency: str, language: str) -> None:
    babel = format_currency(decimal_money(hundredths, currency), currency, locale=language).replace("-", "−")
    if hundredths % 100 == 0:
        babel = babel.replace(",00" if language == "fr" else ".00", "")
    # CLDR has a no-break space between letters and digits; Babel leaves it out.
    with locale.speaking(language):
        said = format_money(hundredths, currency)
    assert said == (babel.replace("CHF", "CHF\u00a0") if language == "en" else babel)


def test_amounts_look_one_way() -> None:
    assert [format_money(amount, "EUR") for amount in (48_000, 48_050, 120_050, -5)] == [
        *("€480", "€480.50", "€1,200.50", "−€0.05"),
    ]
    assert format_money(120_050, "CHF") == "CHF\u00a01,200.50"
    assert format_money(48_000, "JPY") == "¥480"
    with locale.speaking("fr"):
        assert [format_money(amount, "EUR") for amount in (48_000, 120_050)] == ["480\u00a0€", "1\u202f200,50\u00a0€"]


def test_other_programs_read_a_decimal_string() -> None:
    assert (decimal_money(48_000, "EUR"), decimal_money(48_000, "JPY")) == ("480.00", "480")
    assert decimal_money(5, "EUR") == "0.05"


def test_the_signs_and_codes_kept_here_are_babels() -> None:
    from babel.numbers import get_currency_symbol

    for currency in ("EUR", "USD", "GBP", "CHF", "CAD"):
        assert [sign(currency, language) for language in ("en", "fr")] == [
            get_currency_symbol(currency, locale=language) for language in ("en", "fr")
        ]
    assert list_currencies() >= CODES > AMBIGUOUS_CODES


@pytest.mark.parametrize(
    ("line", "amount", "currency", "rest"),
    [
        ("@samia 480,50 via linkedin masks", 48_050, "EUR", "@samia via linkedin masks"),
        ("linkedin £1,200.50 the site", 120_050, "GBP", "linkedin the site"),
        ("1 200,50 € the site", 120_050, "EUR", "the site"),
        ("CHF 1'200 the site", 120_000, "CHF", "the site"),
        ("480 usd", 48_000, "USD", ""),
        ("480 dollars canadiens Bob", 48_000, "CAD", "Bob"),
        ("480 £, masks", 48_000, "GBP", "masks"),
        ("480 all inclusive", 48_000, "EUR", "all inclusive"),
        ("480 ALL", 48_000, "ALL", ""),
        ("bob 480", 48_000, "EUR", "bob"),
        ("480 2nd of 2026-11-23, 5 masks", 48_000, "EUR", "2nd of 2026-11-23, 5 masks"),
        ('@"Ana 5 £" 480', 48_000, "EUR", '@"Ana 5 £"'),
        ("20m 3D print", None, None, "20m 3D print"),
    ],
)
def test_an_amount_is_taken_from_a_line_with_its_currency(
    line: str, amount: int | None, currency: str | None, rest: str
) -> None:
    import re

    money, words = take_money(re.findall(r'@"[^"]*"|\S+', line), "EUR")
    assert (money, " ".join(words)) == (None if amount is None else (amount, currency), rest)


@pytest.mark.parametrize(
    "line",
    [
        "1.200",
        "12.345",
        "-5",
        "1,20.50",
        "1 20,50",
        "2k",
        "£",
        "480 francs",
        "480 cents",
        "480 £ 300 $",
        "€480 £",
    ],
)
def test_what_is_meant_as_an_amount_in_a_line_is_no_note(line: str) -> None:
    with pytest.raises(TrackerError):
        take_money(line.split(), "EUR")


def test_half_a_unit_is_rounded_up_as_people_do() -> None:
    assert [
        divide_rounded(5, 2),
        divide_rounded(-5, 2),
        divide_rounded(7, 3),
        round_to_int(2.5),
        round_to_int(-0.5),
    ] == [3, -3, 2, 3, -1]
    assert [round_to_int(100 * 0.145), round_to_int(1e12), round_to_int(2.4999)] == [15, 10**12, 2]
    assert [round_half_up(0.145, 2), round_half_up(0.09499, 2), round_half_up(-1.005, 2)] == [0.15, 0.09, -1.01]


@given(st.integers(-(10**9), 10**9), st.integers(1, 10**4))
def test_a_share_is_rounded_the_same_as_a_fraction_and_as_a_number(part: int, whole: int) -> None:
    assert round_to_int(part / whole) == divide_rounded(part, whole)


@pytest.mark.parametrize(
    ("hundredths", "shown"), [(9_999, 9_999), (10_049, 10_000), (10_050, 10_100), (-193_403, -193_400), (0, 0)]
)
def test_a_calculated_amount_has_cents_below_100_only(hundredths: int, shown: int) -> None:
    assert rounded_as_shown(hundredths) == shown
