"""Money in hundredths: as people type it, and as other programs read it. `say.say_money` writes it for people.

Hundredths whatever the currency: which digits a currency uses changes with laws and with Babel's data, and an amount
once written in the file must not change with them. Yen are hundredths that are never shown; a thousandth of a dinar
is more than this log needs.

What `say_money` writes, in either language, `read_money` reads back to the same amount and currency. Neither imports
Babel for the currencies of _COMMON: that takes 40 ms.
"""

from __future__ import annotations

from typing import NamedTuple

from tracker.domain.models import TrackerError
from tracker.domain.text import quoted
from tracker.locale import _
from tracker.locale import language as spoken

#: More is a slip of the finger, and would leave SQLite's integers once summed.
MOST_DIGITS = 12

#: Currencies with two decimals, and their signs in English and in French, as Babel has them (a test compares).
_COMMON = {
    "EUR": ("€", "€"),
    "USD": ("$", "$US"),
    "GBP": ("£", "£GB"),
    "CHF": ("CHF", "CHF"),
    "CAD": ("CA$", "$CA"),
}

#: What names one currency beside its code, its signs and its full name.
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

#: What names several currencies, and the one that is meant where the set currency is none of them; "" where that
#: cannot be known.
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

#: Codes that stand for no currency and for tests of programs.
NO_CURRENCIES = {"XXX", "XTS"}

_SPACES = dict.fromkeys(map(ord, "\t\u00a0\u2007\u2009\u202f"), " ") | {ord("’"): "'"}


class Money(NamedTuple):
    """`amount` in hundredths of `currency` (`EUR`)."""

    amount: int
    currency: str


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

    Without a currency in it, it is in `own`, the set one. `1,200` is twelve hundred to English readers (`language`);
    else it is refused like `1.200`, with both of its readings. `$` is the US dollar, unless `own` is another dollar:
    then it does not say which. Raises TrackerError for what is no amount above nothing, or in an unknown currency.
    """
    plain = " ".join(text.translate(_SPACES).split())
    places = [place for place, letter in enumerate(plain) if letter.isdigit()]
    if not places:
        raise no_amount(text)
    before, digits, behind = plain[: places[0]].strip(), plain[places[0] : places[-1] + 1], plain[places[-1] + 1 :]
    if behind[:2] in (".-", ",-", ".–", ",–", ".—", ",—"):  # Swiss: 480.-
        behind = behind[2:]
    behind = behind.removeprefix(".").removeprefix(",").rstrip(",;:").strip()
    if not _may_name(before) or not _may_name(behind):
        raise no_amount(text)
    currency = _currency(before, behind, own)
    found = read_hundredths(digits, spoken() if language is None else language, text)
    if found % 100 and not decimals(currency):
        raise no_amount(text)
    return Money(found, currency)


def read_hundredths(digits: str, language: str, text: str | None = None) -> int:
    """The hundredths meant by `480`, `480,50`, `1 200` or `1,200.50`, which are part of `text`.

    `language` decides about `1,200` as in `read_money`. Raises TrackerError for what is no amount above nothing.
    """
    text = digits if text is None else text
    whole, rest = _number(text, digits.translate(_SPACES), language)
    if len(whole) > MOST_DIGITS:
        raise no_amount(text)
    found = int(whole + rest.ljust(2, "0"))
    if not found:
        raise TrackerError(_("an amount is more than nothing, such as 480"))
    return found


def _may_name(part: str) -> bool:
    """Whether this can be a currency, or is nothing: neither `-` nor `+`."""
    return not part or (any(letter.isalpha() or is_sign(letter) for letter in part) and not set(part) & set("-+−"))


def no_amount(text: str) -> TrackerError:
    """The error that says how amounts are written."""
    return TrackerError(
        _("“{text}” is not an amount; write it as 480, 480.50 or 480 EUR").format(text=quoted(text.strip()))
    )


def is_sign(letter: str) -> bool:
    """Whether this is a sign such as `€`; without `unicodedata`, whose table is large."""
    return letter in "$¢£¤¥֏؋৳฿៛﷼＄￠￡￥￦" or "\u20a0" <= letter <= "\u20cf"


def _number(text: str, digits: str, language: str) -> tuple[str, str]:
    """(`1200`, `50`) for `1,200.50`, `1.200,50`, `1 200,50` and `1'200.50`. TrackerError for none, and for `1.200`."""
    marks = [letter for letter in digits if not letter.isdigit()]
    kinds, last = set(marks), marks[-1] if marks else ""
    whole, rest = digits, ""
    if last in (".", ",") and marks.count(last) == 1:
        whole, _mark, rest = digits.rpartition(last)
        kinds.discard(last)
        if not kinds and len(rest) == 3 and len(whole) <= 3 and not whole.startswith("0"):
            if language != "en" or last != ",":
                raise _ambiguous(text, whole, rest, language)
            whole, rest = whole + rest, ""
    first, *others = whole.split(next(iter(kinds), " "))
    grouped = not others or (len(first) <= 3 and not first.startswith("0") and all(len(one) == 3 for one in others))
    whole = "".join((first, *others))
    if not digits.isascii() or not kinds <= set(" ',.") or not whole.isdigit() or not grouped or len(rest) > 2:
        raise no_amount(text)
    return whole, rest


def _ambiguous(text: str, whole: str, rest: str, language: str) -> TrackerError:
    point = "," if language == "fr" else "."
    return TrackerError(
        _("“{text}” can mean {thousands} or {decimals}; write one of these").format(
            text=quoted(text), thousands=whole + rest, decimals=f"{whole}{point}{rest[:2]}"
        )
    )


def _currency(before: str, behind: str, own: str) -> str:
    """The one named on either side of the digits; `own` where none is. Named twice, as in `$480 CAD`, they agree."""
    named = [part for part in (before, behind) if part]
    if len(named) == 2:
        for one, other in (named, named[::-1]):
            if one.lower() in SHARED and other.lower() not in SHARED and _shares(one.lower(), named_by(other, own)):
                named = [other]
                break
    found = {named_by(part, own) for part in named} or {own}
    if len(found) > 1:
        raise TrackerError(
            _("“{one}” and “{other}” are two currencies: write one").format(one=quoted(before), other=quoted(behind))
        )
    return found.pop()


def named_by(name: str, own: str) -> str:
    """The code of the currency that a code, a sign or a name means. TrackerError for none, or more than one."""
    key = " ".join(name.split()).lower().rstrip(".")
    if key == own.lower() or key.upper() in _COMMON:
        return key.upper()
    if key in SHARED:
        return _shared(name, key, own)
    tight = key.replace(" ", "")
    for code, signs in _COMMON.items():
        if tight in map(str.lower, signs):
            return code
    found = NAMES.get(key) or NAMES.get(tight) or _others().get(key) or _others().get(tight)
    if not found:
        raise TrackerError(
            _("unknown currency “{name}”; write its three letters, as in 480 EUR").format(name=quoted(name))
        )
    return found


def _shared(name: str, key: str, own: str) -> str:
    usual, is_own = SHARED[key], _shares(key, own)
    if usual and (usual == own or not is_own):
        return usual
    if is_own and not usual:
        return own
    raise TrackerError(
        _("“{name}” can be more than one currency; write its three letters, as in 480 {code}").format(
            name=quoted(name), code=own if is_own else "CHF"
        )
    )


def _shares(key: str, currency: str) -> bool:
    """Whether a sign or a word stands for this currency among others: `$` for CAD, `francs` for CHF."""
    if key in ("$", "¥") or key.startswith("dollar"):
        sign_of = key if key == "¥" else "$"
        return any(sign_of in sign(currency, language) for language in ("en", "fr"))
    if "cfa" in key:
        return currency in ("XAF", "XOF")
    from babel.numbers import get_currency_name

    names = (get_currency_name(currency, count=2, locale=language).lower() for language in ("en", "fr"))
    return len(key) > 2 and any(key.rstrip("s") in name for name in names)


_found_others: dict[str, str] = {}


def _others() -> dict[str, str]:
    """Every currency Babel knows, by code, sign and full name in lower case; made when it is first needed."""
    if not _found_others:
        from babel.numbers import get_currency_name, get_currency_symbol, list_currencies

        for code in sorted(list_currencies() - NO_CURRENCIES):
            _found_others[code.lower()] = code
            for language in ("en", "fr"):
                known = (get_currency_symbol(code, locale=language), get_currency_name(code, count=2, locale=language))
                for name in (*known, get_currency_name(code, locale=language)):
                    _found_others.setdefault(" ".join(name.translate(_SPACES).split()).lower().rstrip("."), code)
    return _found_others
