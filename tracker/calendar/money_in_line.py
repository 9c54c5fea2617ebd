"""The amount among the words of a line, such as `linkedin £1,200 @samia carousel`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tracker.calendar.money import NAMES, SHARED, Money, is_sign, no_amount, read_money
from tracker.domain.models import TrackerError
from tracker.domain.text import quoted
from tracker.locale import _

if TYPE_CHECKING:
    from collections.abc import Sequence

#: The codes of money that is paid with today: most words of a line are none, which must not take Babel to know.
_PAID_WITH = (
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP "
    "CNH CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL "
    "HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD "
    "MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG "
    "QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SYP SZL THB TJS TMT TND TOP TRY TTD TWD "
    "TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG"
)
CODES = frozenset(_PAID_WITH.split())

#: Codes that are words or names of either language too: beside an amount they are currencies in capitals only.
WORDS = frozenset(("ALL", "BAM", "BOB", "COP", "CUP", "ERN", "GEL", "ILS", "LAK", "MOP", "MUR", "PEN", "RON", "SOS"))
WORDS |= {"TOP", "TRY"}

#: How many words an amount may have: `1 200 300,50 francs suisses`.
MOST_WORDS = 6

_SIGN = r"[$€£¥\u20a0-\u20cf]?"
#: One word that is meant as an amount, even where it is none: `-5`, `1.200`, `12.345`, `2k`; neither `2nd` nor a date.
_FIGURE = re.compile(
    rf"{_SIGN}[-+−]?{_SIGN}(?:\d+[.,]?|\d*[.,]\d+|\d{{1,3}}(?:[.,'’]\d{{3}})+(?:[.,]\d+)?"
    rf"|(?=\d*,\d*\.|\d*\.\d*,)\d[\d.,]*|\d+(?:[.,]\d+)?[kK]){_SIGN}"
)
_SPLIT = re.compile(r"(?P<before>[^\d]*)(?P<digits>\d(?:.*\d)?)(?P<behind>[^\d]*)")


def take_money(words: Sequence[str], own: str) -> tuple[Money | None, list[str]]:
    """The first amount among the words, in `own` where it has no currency, and the other words in their order.

    Raises TrackerError for what is meant as an amount and is none, for a currency that cannot be known, and for a
    second amount with a currency.
    """
    found: Money | None = None
    rest: list[str] = []
    place = 0
    while place < len(words):
        length = _length(words[place:], own)
        said = " ".join(words[place : place + (length or 1)])
        place += length or 1
        if length and found is None:
            found = read_money(said, own)
            if said[-1].isdigit():
                _refuse_next(said, " ".join(words[place : place + 1]), own)
        elif said.startswith("@"):
            rest.append(said)
        elif any(map(is_sign, said)) or (length > 1 and any(map(str.isalpha, said))):
            raise _second(said) if found and any(map(str.isdigit, said)) else no_amount(said)
        elif found is None and _FIGURE.fullmatch(said):
            if said[-1] not in "kK":
                read_money(said, own)  # which says why it cannot
            raise no_amount(said)
        else:
            rest.append(said)
    return found, rest


def _second(said: str) -> TrackerError:
    return TrackerError(_("“{text}” is a second amount; note them one by one").format(text=quoted(said)))


def _refuse_next(said: str, behind: str, own: str) -> None:
    """Refuse `1 20,50`, and `480 francs` where that can be several: right behind an amount these are no note."""
    if re.fullmatch(r"\d+[.,]\d+\D?", behind):
        raise no_amount(f"{said} {behind}")
    word = behind.strip(".,;:")
    if word.lower() in NAMES or word.lower() in SHARED:
        read_money(f"{said} {word}", own)


def _length(words: Sequence[str], own: str) -> int:
    """How many words from the first on are an amount with all that belongs to it; 0 where they begin with none."""
    for length in range(min(len(words), MOST_WORDS), 0, -1):
        if _is_amount(words[:length], own):
            return length
    return 0


def _is_amount(words: Sequence[str], own: str) -> bool:
    parts = _SPLIT.fullmatch(" ".join(words))
    if not parts or any(word.startswith("@") for word in words):
        return False
    before, behind = parts["before"], parts["behind"]
    if not _names_money(before, attached=before[-1:] != " ") or not _names_money(behind, attached=behind[:1] != " "):
        return False
    try:
        read_money(parts[0], own)
    except TrackerError:
        return False
    return True


def _names_money(said: str, *, attached: bool) -> bool:
    """Whether the words before or behind the digits can be a currency; nothing at all is the set one."""
    name = said.strip(" .,;:-–—")
    key = name.lower()
    if not name:
        return attached
    if key.upper() in CODES:
        return attached or key.upper() not in WORDS or name.isupper()
    return any(map(is_sign, name)) or any(word in NAMES or word in SHARED for word in (key, *key.split()))
