"""Amounts of money: as they are written for people and programs, and as people type them, alone or in a line of words.

Amounts are hundredths in every currency. The number of digits that a currency uses changes with laws and with Babel's
data, and an amount that is written in the file must not change with them. Hundredths of a yen are never shown, and
thousandths of a dinar are not kept.

What is written for people, in either language, `read_money` reads back to the same amount and currency. The currencies
of _COMMON do without Babel, whose import takes 40 ms.
"""

from __future__ import annotations

import re
from functools import cache

from tracker.domain.errors import TrackerError
from tracker.domain.record import Record
from tracker.domain.text import lazy_regex, refusal
from tracker.formatting.numbers import group_thousands, round_to_int
from tracker.locale import _
from tracker.locale import language as current_language

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

#: More digits are a typing error, and a sum of such amounts would leave SQLite's integers.
MOST_DIGITS = 12

#: Currencies with two decimals, and their signs in English and French as Babel has them (a test compares).
_COMMON = {"EUR": ("€", "€"), "USD": ("$", "$US"), "GBP": ("£", "£GB"), "CHF": ("CHF", "CHF"), "CAD": ("CA$", "$CA")}

#: Names of one currency, besides its code, its signs and its full name.
NAMES = {
    **dict.fromkeys(("euro", "euros"), "EUR"),
    **dict.fromkeys(("us$", "us dollars", "american dollars", "dollars américains"), "USD"),
    **dict.fromkeys(("pounds", "sterling", "pounds sterling", "livres", "livres sterling"), "GBP"),
    **dict.fromkeys(("fr", "sfr", "swiss francs", "francs suisses"), "CHF"),
    **dict.fromkeys(("c$", "canadian dollars", "dollars canadiens"), "CAD"),
    **dict.fromkeys(("yen", "yens"), "JPY"),
    **dict.fromkeys(("yuan", "yuans"), "CNY"),
    "fcfp": "XPF",
    "cfpf": "XPF",
    "cg": "XCG",
}

#: Names of several currencies, and the one that is meant where the set currency is none of them; "" where that cannot
#: be known.
SHARED = {
    **dict.fromkeys(("$", "dollar", "dollars"), "USD"),
    "¥": "JPY",
    "fcfa": "XAF",
    "f cfa": "XOF",
    "cfa": "",
    "francs cfa": "",
    **dict.fromkeys(("franc", "francs", "krona", "kronor", "krone", "kroner", "kr", "couronne", "couronnes"), ""),
    **dict.fromkeys(("peso", "pesos", "rupee", "rupees", "roupie", "roupies", "dinar", "dinars", "dirham"), ""),
    **dict.fromkeys(("dirhams", "rouble", "roubles", "ruble", "rubles", "zloty", "zlotys", "shekels"), ""),
    **dict.fromkeys(("cent", "cents", "centime", "centimes", "pence"), ""),
}

#: Codes for no currency and for tests of programs.
NO_CURRENCIES = {"XXX", "XTS"}

#: The codes of today's money, so that most words of a line are recognised as none without Babel.
_CODES = (
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP "
    "CNH CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL "
    "HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD "
    "MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG "
    "QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SYP SZL THB TJS TMT TND TOP TRY TTD TWD "
    "TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG"
)
CODES = frozenset(_CODES.split())

#: Codes that are also words or names: beside an amount they are currencies only in capitals.
AMBIGUOUS_CODES = {
    "ALL", "BAM", "BOB", "COP", "CUP", "ERN", "GEL", "ILS", "LAK", "MOP", "MUR", "PEN", "RON", "SOS", "TOP", "TRY"
}  # fmt: skip

#: How many words an amount may have: `1 200 300,50 francs suisses`.
MOST_WORDS = 6

_SIGN = r"[$€£¥\u20a0-\u20cf]?"
#: One word that is meant as an amount, even if it is none: `-5`, `1.200`, `12.345`, `2k`; not `2nd`, not a date.
_FIGURE = lazy_regex(
    rf"{_SIGN}[-+−]?{_SIGN}(?:\d+[.,]?|\d*[.,]\d+|\d{{1,3}}(?:[.,'’]\d{{3}})+(?:[.,]\d+)?"
    rf"|(?=\d*,\d*\.|\d*\.\d*,)\d[\d.,]*|\d+(?:[.,]\d+)?[kK]){_SIGN}"
)
_SPLIT = lazy_regex(r"(?P<before>[^\d]*)(?P<digits>\d(?:.*\d)?)(?P<behind>[^\d]*)")

_SPACES = dict.fromkeys(map(ord, "\t\u00a0\u2007\u2009\u202f"), " ") | {ord("’"): "'"}


class Money(Record):
    """`amount` in hundredths of `currency` (`EUR`)."""

    amount: int
    currency: str


def format_money(hundredths: int, currency: str) -> str:
    """`€480`, `£1,200.50`; in French `480 €`, `1 200,50 £GB`. To the cent; whole amounts have no decimals.

    As Babel writes it, but for the decimals of whole amounts. No line breaks at its spaces.
    """
    symbol, (whole, cents) = sign(currency, current_language()), divmod(abs(hundredths), 100)
    digits = group_thousands(f"{whole}.{cents:02}" if cents else str(whole))
    minus = "−" if hundredths < 0 else ""
    if current_language() == "fr":
        return f"{minus}{digits}\u00a0{symbol}"
    return f"{minus}{symbol}" + ("\u00a0" if symbol[-1:].isalpha() else "") + digits


def rounded_as_shown(hundredths: int) -> int:
    """A calculated amount as the screens and the page show it: from 100 on without cents, which only look exact.

    JSON and the explanations of an amount have it to the cent.
    """
    return hundredths if abs(hundredths) < 100_00 else 100 * round_to_int(hundredths / 100)


def format_optional_money(hundredths: int | None, currency: str | None) -> str:
    """`€480`; empty where no amount is known."""
    return "" if hundredths is None or not currency else format_money(hundredths, currency)


def decimal_money(hundredths: int, currency: str) -> str:
    """`480.50` for 48050 hundredths of a euro: the decimal string of JSON and CSV. Nothing is rounded."""
    whole, part = divmod(abs(hundredths), 100)
    digits, shown = f"{part:02}", decimals(currency)
    if not int(digits[shown:] or 0):
        digits = digits[:shown]
    return ("-" if hundredths < 0 else "") + f"{whole}.{digits}".rstrip(".")


def decimals(currency: str) -> int:
    """How many decimals amounts of `currency` (`EUR`) are shown with: 2 for euros, 0 for yen, never more than 2."""
    if currency in _COMMON:
        return 2
    from babel.numbers import get_currency_precision

    return min(2, get_currency_precision(currency))


def sign(currency: str, language: str) -> str:
    """`€`, `$US`: what stands for a currency beside an amount in `language` (`en` or `fr`)."""
    if currency in _COMMON:
        return _COMMON[currency][language == "fr"]
    from babel.numbers import get_currency_symbol

    return str(get_currency_symbol(currency, locale=language))


def read_money(text: str, own: str, language: str | None = None) -> Money:
    """The amount meant by `480`, `480,50`, `1 200`, `£1,200.50`, `CHF 1'200.50` or `480 euros`.

    An amount without a currency is in `own`, the set one. `1,200` is twelve hundred to English readers (`language`);
    otherwise it is refused like `1.200`, with both of its meanings. `$` is the US dollar, unless `own` is another
    dollar: then it is ambiguous. Raises TrackerError for what is no amount above nothing, or in an unknown currency.
    """
    plain = " ".join(text.translate(_SPACES).split())
    places = [index for index, letter in enumerate(plain) if letter.isdigit()]
    if not places:
        raise _no_amount(text)
    before, digits, behind = plain[: places[0]].strip(), plain[places[0] : places[-1] + 1], plain[places[-1] + 1 :]
    if behind[:2] in (".-", ",-", ".–", ",–", ".—", ",—"):  # Swiss: 480.-
        behind = behind[2:]
    behind = behind.removeprefix(".").removeprefix(",").rstrip(",;:").strip()
    for name in filter(None, (before, behind)):
        if not any(letter.isalpha() or _is_sign(letter) for letter in name) or set(name) & set("-+−"):
            raise _no_amount(text)
    currency = _currency(before, behind, own)
    amount = read_hundredths(digits, current_language() if language is None else language, text)
    if amount % 100 and not decimals(currency):
        raise _no_amount(text)
    return Money(amount, currency)


def read_hundredths(digits: str, language: str, text: str | None = None) -> int:
    """The hundredths meant by `480`, `480,50`, `1 200`, `1,200.50`, `1.200,50` or `1'200.50`, which are part of `text`.

    The daily commands read the amounts of the settings by it, so it does without regular expressions. `language`
    decides about `1,200` as in `read_money`. Raises TrackerError for what is no amount above nothing.
    """
    text = digits if text is None else text
    digits = digits.translate(_SPACES)
    marks = [letter for letter in digits if not letter.isdigit()]
    separators, last = set(marks), marks[-1] if marks else ""
    units, fraction = digits, ""
    if last in (".", ",") and marks.count(last) == 1:
        units, _mark, fraction = digits.rpartition(last)
        separators.discard(last)
        if not separators and len(fraction) == 3 and len(units) <= 3 and not units.startswith("0"):
            if language != "en" or last != ",":
                message = _("“{text}” could mean {thousands} or {decimals}; write one of these")
                decimal = f"{units}{',' if language == 'fr' else '.'}{fraction[:2]}"
                raise refusal(message, text=text, thousands=units + fraction, decimals=decimal)
            units, fraction = units + fraction, ""
    first, *groups = units.split(next(iter(separators), " "))
    wrong_groups = groups and (len(first) > 3 or first.startswith("0") or any(len(group) != 3 for group in groups))
    units = "".join((first, *groups))
    if not digits.isascii() or not separators <= set(" ',.") or not units.isdigit() or wrong_groups:
        raise _no_amount(text)
    if len(fraction) > 2 or len(units) > MOST_DIGITS:
        raise _no_amount(text)
    amount = int(units + fraction.ljust(2, "0"))
    if not amount:
        raise TrackerError(_("the amount must be above zero, for example 480"))
    return amount


def take_money(words: Sequence[str], own: str) -> tuple[Money | None, list[str]]:
    """The first amount among the words, in `own` where it has no currency, and the other words in their order.

    Raises TrackerError for what is meant as an amount and is none, for a currency that cannot be known, and for a
    second amount with a currency.
    """
    money: Money | None = None
    rest: list[str] = []
    index = 0
    while index < len(words):
        lengths = range(min(len(words) - index, MOST_WORDS), 0, -1)
        length = next((length for length in lengths if _is_amount(words[index : index + length], own)), 0)
        text = " ".join(words[index : index + (length or 1)])
        index += length or 1
        if length and money is None:
            money = read_money(text, own)
            if text[-1].isdigit() and index < len(words):
                _refuse_continued(text, words[index], own)
        elif text.startswith("@"):
            rest.append(text)
        elif any(map(_is_sign, text)) or (length > 1 and any(map(str.isalpha, text))):
            if money and any(map(str.isdigit, text)):
                raise refusal(_("“{text}” is a second amount; record one at a time"), text=text)
            raise _no_amount(text)
        elif money is None and _FIGURE.fullmatch(text):
            if text[-1] not in "kK":
                read_money(text, own)  # its error says more
            raise _no_amount(text)
        else:
            rest.append(text)
    return money, rest


def _refuse_continued(amount: str, word: str, own: str) -> None:
    """Refuse `1 20,50`, and `480 francs` where that can be several currencies: this word is not part of a note."""
    if re.fullmatch(r"\d+[.,]\d+\D?", word):
        raise _no_amount(f"{amount} {word}")
    name = word.strip(".,;:")
    if name.lower() in NAMES or name.lower() in SHARED:
        read_money(f"{amount} {name}", own)


def _is_amount(words: Sequence[str], own: str) -> bool:
    """Whether the words are one amount, with a currency or without."""
    parts = _SPLIT.fullmatch(" ".join(words))
    if not parts or any(word.startswith("@") for word in words):
        return False
    before, behind = parts["before"], parts["behind"]
    if not _names_currency(before, before[-1:] != " ") or not _names_currency(behind, behind[:1] != " "):
        return False
    try:
        read_money(parts[0], own)
    except TrackerError:
        return False
    return True


def _names_currency(text: str, attached: bool) -> bool:
    """Whether the words before or behind the digits can be a currency; no words at all stand for the set one."""
    name = text.strip(" .,;:-–—")
    key = name.lower()
    if not name:
        return attached
    if key.upper() in CODES:
        return attached or key.upper() not in AMBIGUOUS_CODES or name.isupper()
    return any(map(_is_sign, name)) or any(word in NAMES or word in SHARED for word in (key, *key.split()))


def _is_sign(letter: str) -> bool:
    """Whether this is a sign such as `€`; without `unicodedata`, whose table is large."""
    return letter in "$¢£¤¥֏؋৳฿៛﷼＄￠￡￥￦" or "\u20a0" <= letter <= "\u20cf"


def _no_amount(text: str) -> TrackerError:
    return refusal(_("“{text}” is not an amount; write it as 480, 480.50 or 480 EUR"), text=text.strip())


def _currency(before: str, behind: str, own: str) -> str:
    """The currency named on either side of the digits; `own` where none is. Two names, as in `$480 CAD`, must agree."""
    names = [name for name in (before, behind) if name]
    if len(names) == 2:
        for shared, exact in (names, names[::-1]):
            key = shared.lower()
            if key in SHARED and exact.lower() not in SHARED and _may_name(key, _currency_named(exact, own)):
                names = [exact]
                break
    currencies = {_currency_named(name, own) for name in names} or {own}
    if len(currencies) > 1:
        raise refusal(_("“{one}” and “{other}” are two currencies: write one"), one=before, other=behind)
    return currencies.pop()


def _currency_named(name: str, own: str) -> str:
    """The code of the currency that a code, a sign or a name means. TrackerError for none, or more than one."""
    key = " ".join(name.split()).lower().rstrip(".")
    if key == own.lower() or key.upper() in _COMMON:
        return key.upper()
    if key in SHARED:
        usual, is_own = SHARED[key], _may_name(key, own)
        if usual and (usual == own or not is_own):
            return usual
        if is_own and not usual:
            return own
        message = _("“{name}” is more than one currency; write its three letters, for example 480 {code}")
        raise refusal(message, name=name, code=own if is_own else "CHF")
    without_spaces = key.replace(" ", "")
    for code, signs in _COMMON.items():
        if without_spaces in map(str.lower, signs):
            return code
    named = NAMES.get(key) or NAMES.get(without_spaces)
    named = named or _names_in_babel().get(key) or _names_in_babel().get(without_spaces)
    if not named:
        raise refusal(_("unknown currency “{name}”; write its three letters, for example 480 EUR"), name=name)
    return named


def _may_name(key: str, currency: str) -> bool:
    """Whether a name in SHARED may mean this currency: `$` CAD, `francs` CHF."""
    if key in ("$", "¥") or key.startswith("dollar"):
        sign_of = key if key == "¥" else "$"
        return any(sign_of in sign(currency, language) for language in ("en", "fr"))
    if "cfa" in key:
        return currency in ("XAF", "XOF")
    from babel.numbers import get_currency_name

    names = (get_currency_name(currency, count=2, locale=language).lower() for language in ("en", "fr"))
    return len(key) > 2 and any(key.rstrip("s") in name for name in names)


@cache
def _names_in_babel() -> dict[str, str]:
    """The code of every currency that Babel knows, by code, sign and full name in lower case."""
    from babel.numbers import get_currency_name, get_currency_symbol, list_currencies

    codes: dict[str, str] = {}
    for code in sorted(list_currencies() - NO_CURRENCIES):
        codes[code.lower()] = code
        for language in ("en", "fr"):
            symbol = get_currency_symbol(code, locale=language)
            names = (get_currency_name(code, count=count, locale=language) for count in (2, None))
            for name in (symbol, *names):
                codes.setdefault(" ".join(name.translate(_SPACES).split()).lower().rstrip("."), code)
    return codes
