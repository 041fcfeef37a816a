"""The numbers and dates of a text, in digits or in words, Dutch or English, as values that can be compared."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import chain

from babel.dates import get_month_names

from chatbot.language import DUTCH, ENGLISH

SCALES = {
    "honderd": 100, "duizend": 1000, "miljoen": 10**6, "mln": 10**6, "mio": 10**6, "miljard": 10**9, "mld": 10**9,
    "mrd": 10**9, "biljoen": 10**12, "hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9,
    "trillion": 10**12,
}  # fmt: skip
UNITS = {
    "%": "%", "procent": "%", "percent": "%", "procentpunt": "%-punt", "procentpunten": "%-punt",
    "€": "€", "euro": "€", "euro's": "€", "euros": "€", "eur": "€", "$": "$", "dollar": "$", "dollars": "$", "£": "£",
    "jaar": "jaar", "jaren": "jaar", "year": "jaar", "years": "jaar",
    "maand": "maand", "maanden": "maand", "month": "maand", "months": "maand",
    "week": "week", "weken": "week", "weeks": "week", "dag": "dag", "dagen": "dag", "day": "dag", "days": "dag",
    "uur": "uur", "uren": "uur", "hour": "uur", "hours": "uur",
    "minuut": "minuut", "minuten": "minuut", "minute": "minuut", "minutes": "minuut",
    "kilometer": "km", "km": "km", "kilometers": "km", "kilometres": "km", "meter": "m", "metre": "m", "metres": "m",
    "hectare": "ha", "hectaren": "ha", "hectares": "ha", "ha": "ha", "ton": "ton", "tonnes": "ton",
}  # fmt: skip
"""Words behind (or signs before) a number that make it a different amount."""
DUTCH_DIGITS = ("nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen")
DUTCH_TEENS = (
    "tien", "elf", "twaalf", "dertien", "veertien", "vijftien", "zestien", "zeventien", "achttien", "negentien",
)  # fmt: skip
DUTCH_TENS = ("twintig", "dertig", "veertig", "vijftig", "zestig", "zeventig", "tachtig", "negentig")
DUTCH_ORDINALS = {
    "eerste": 1, "tweede": 2, "derde": 3, "vierde": 4, "vijfde": 5, "zesde": 6, "zevende": 7, "achtste": 8,
    "negende": 9, "tiende": 10, "elfde": 11, "twaalfde": 12, "dertiende": 13, "veertiende": 14, "vijftiende": 15,
    "twintigste": 20, "honderdste": 100, "duizendste": 1000,
}  # fmt: skip
ENGLISH_DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
ENGLISH_TEENS = (
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
ENGLISH_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
ENGLISH_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "eleventh": 11, "twelfth": 12, "twentieth": 20,
}  # fmt: skip
VAGUE = {
    "half": "1/2", "halve": "1/2", "helft": "1/2", "halveren": "1/2", "gehalveerd": "1/2", "halved": "1/2",
    "kwart": "1/4", "quarter": "1/4", "driekwart": "3/4", "anderhalf": "3/2", "anderhalve": "3/2",
    "dubbele": "2x", "verdubbeld": "2x", "verdubbelen": "2x", "verdubbelt": "2x", "verdubbeling": "2x", "double": "2x",
    "doubled": "2x", "twice": "2x", "tweemaal": "2x", "driemaal": "3x", "dozijn": "12", "dozen": "12",
    "tientallen": "10+", "tens": "10+", "dozens": "10+", "honderden": "100+", "hundreds": "100+",
    "duizenden": "1000+", "thousands": "1000+", "tienduizenden": "10000+", "honderdduizenden": "100000+",
    "miljoenen": "1000000+", "millions": "1000000+", "miljarden": "1000000000+", "billions": "1000000000+",
}  # fmt: skip
"""Words for amounts without an exact value; each stands for itself in both languages."""

DIGITS = r"[0-9]+(?:[.,][0-9]+)*"
GAP_IN_NUMBER = re.compile(r"(?<=[0-9])[\u00a0\u2009\u202f](?=[0-9]{3}(?![0-9]))")
DUTCH_THOUSANDS = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+")
CODE = re.compile(r"[^\W_]*(?:[0-9][^\W\d_]|[^\W\d_][0-9])[^\W_]*")
ORDINAL_ENDING = re.compile(r"([0-9]+)(?:e|de|ste|st|nd|rd|th)", re.IGNORECASE)
UNIT_ENDING = re.compile(rf"({DIGITS})(km|m|ha|mln|mld|mio)", re.IGNORECASE)
WORD_OR_NUMBER = re.compile(rf"[€$£%]|{DIGITS}|[^\W\d_]+(?:['’][^\W\d_]+)*")
NUMERIC_DATE = re.compile(r"(?<![0-9])([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]((?:19|20)[0-9]{2})(?![0-9])")
ISO_DATE = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})-([0-9]{2})-([0-9]{2})(?![0-9])")


@dataclass(frozen=True, slots=True)
class Number:
    """An amount. `value`: canonical ("12000000", "2.5", "1/2", "100+"); `unit`: one of UNITS' values or ""."""

    value: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    """A date as far as the text gives it; None for what it leaves out. The month is always known."""

    day: int | None
    month: int
    year: int | None


@dataclass(frozen=True, slots=True)
class Figures:
    """All numbers and dates of a text, with codes: words that hold digits ("2024Z18294", "5G"), folded."""

    numbers: frozenset[Number]
    days: frozenset[Day]
    codes: frozenset[str]


@cache
def _months() -> dict[str, int]:
    names: dict[str, int] = {}
    for locale in (DUTCH, ENGLISH):
        for width in ("wide", "abbreviated"):
            names |= {name.lower().rstrip("."): month for month, name in get_month_names(width, locale=locale).items()}
    return names


@cache
def _month_date(language: str) -> re.Pattern[str]:
    """The day before the month; in English behind it as well ("November 14, 2024")."""
    months = "|".join(sorted(map(re.escape, _months()), key=len, reverse=True))
    return re.compile(
        rf"(?:\b([0-9]{{1,2}})(?:e|de|ste|st|nd|rd|th)?\s+(?:of\s+)?)?\b({months})\b\.?"
        + (r"(?:\s+([0-9]{1,2})(?:st|nd|rd|th)?\b(?![.,:]?[0-9]))?" if language != DUTCH else r"()")
        + r"(?:,?\s+((?:19|20)[0-9]{2})\b)?",
        re.IGNORECASE,
    )


@cache
def _words() -> dict[str, int]:
    """Dutch and English words for 0 to 999, and ordinals, to their values."""
    words: dict[str, int] = {}
    below_hundred = list(chain(enumerate(DUTCH_DIGITS), enumerate(DUTCH_TEENS, 10)))
    below_hundred += [(10 * tens, name) for tens, name in enumerate(DUTCH_TENS, 2)]
    for tens, name in enumerate(DUTCH_TENS, 2):
        for digit in range(1, 10):
            link = "ën" if DUTCH_DIGITS[digit].endswith("e") else "en"
            below_hundred.append((10 * tens + digit, f"{DUTCH_DIGITS[digit]}{link}{name}"))
    words |= {name: value for value, name in below_hundred}
    for hundreds in range(1, 10):
        prefix = ("" if hundreds == 1 else DUTCH_DIGITS[hundreds]) + "honderd"
        words[prefix] = 100 * hundreds
        for value, name in below_hundred[1:]:
            words[prefix + name] = words[f"{prefix}en{name}"] = 100 * hundreds + value
    words |= {name: value for value, name in chain(enumerate(ENGLISH_DIGITS), enumerate(ENGLISH_TEENS, 10))}
    for tens, name in enumerate(ENGLISH_TENS, 2):
        words |= {name: 10 * tens} | {f"{name}-{ENGLISH_DIGITS[digit]}": 10 * tens + digit for digit in range(1, 10)}
    words |= DUTCH_ORDINALS | ENGLISH_ORDINALS | {"één": 1}
    return {_bare(name): value for name, value in words.items()}


def _bare(word: str) -> str:
    """Without accents and case, so that "tweeëntwintig" and "tweeentwintig" are one."""
    decomposed = unicodedata.normalize("NFD", word.lower())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def _word_value(word: str) -> Decimal | None:
    bare = _bare(word)
    if bare in _words():
        return Decimal(_words()[bare])
    before, thousand, after = bare.partition("duizend")
    if not thousand:
        return None
    thousands = 1 if not before else _words().get(before)
    rest = 0 if not after else _words().get(after.removeprefix("en"), _words().get(after))
    return None if thousands is None or rest is None else Decimal(1000 * thousands + rest)


def _digits_value(digits: str, language: str) -> Decimal | None:
    """What digits mean: Dutch has points between thousands and a comma before decimals, English the reverse.

    In English "16.500" is 16,500 too: it is copied from a Dutch source, and three decimals are not in use.
    """
    if language != DUTCH and DUTCH_THOUSANDS.fullmatch(digits):
        language = DUTCH
    thousands, decimal = (".", ",") if language == DUTCH else (",", ".")
    whole, *fraction = digits.split(decimal)
    groups = whole.split(thousands)
    if len(fraction) > 1 or (fraction and thousands in fraction[0]):
        return None
    if len(groups) > 1 and not (len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])):
        return None
    return Decimal("".join(groups) + (f".{fraction[0]}" if fraction else ""))


def is_numeral(word: str) -> bool:
    """Whether a word is a number ("Twaalf", "hundreds"), which `figures` reads."""
    return _word_value(word) is not None or word.lower() in VAGUE or word.lower() in SCALES


def month_names(month: int) -> frozenset[str]:
    """The Dutch and English names of month 1 to 12, in small letters."""
    return frozenset(name for name, number in _months().items() if number == month)


def canonical(value: Decimal) -> str:
    """One way to write a value: "12000000", "2.5"."""
    return format(value.normalize(), "f")


def figures(text: str, language: str = DUTCH, *, articles: bool = True) -> Figures:
    """The numbers, dates and codes of `text`, read as `language` writes digits.

    `articles`: whether "een" and "one" count as the number 1, as they may in what is cited; in what is
    checked they are articles and pronouns far more often than numbers.
    """
    text = unicodedata.normalize("NFKC", GAP_IN_NUMBER.sub("", text))
    days, text = _take_days(text, language)
    codes: set[str] = set()
    numbers: set[Number] = {Number(str(day.year)) for day in days if day.year}

    def note_code(match: re.Match[str]) -> str:
        token = match[0]
        if ordinal := ORDINAL_ENDING.fullmatch(token):
            return f" {ordinal[1]} "
        if measured := UNIT_ENDING.fullmatch(token):
            return f" {measured[1]} {measured[2]} "
        codes.add(token.casefold())
        return " "

    tokens = [match[0] for match in WORD_OR_NUMBER.finditer(_hyphens_apart(CODE.sub(note_code, text)))]
    numbers |= set(_amounts(tokens, language, articles))
    return Figures(frozenset(numbers), frozenset(days), frozenset(codes))


def _hyphens_apart(text: str) -> str:
    """ "twenty-five" becomes one word; other compounds fall apart ("12-jarige", "30-procentsregeling")."""
    tens, digits = "|".join(ENGLISH_TENS), "|".join(ENGLISH_DIGITS[1:])
    return re.sub(rf"\b({tens})-({digits})\b", lambda pair: str(_words()[pair[0].lower()]), text, flags=re.IGNORECASE)


def _take_days(text: str, language: str) -> tuple[set[Day], str]:
    days: set[Day] = set()

    def take(match: re.Match[str], day: str | None, month: int, year: str | None) -> str:
        if not 1 <= month <= 12:
            return match[0]
        days.add(Day(int(day) if day else None, month, int(year) if year else None))
        return " "

    def take_named(match: re.Match[str]) -> str:
        before, name, after, year = match.groups()
        # Without a day or a year "may", "mei." or "mar" is too often another word.
        if not (before or after or year) and len(name) <= 3 and name.lower() != "mei":
            return match[0]
        return take(match, before or after, _months()[name.lower()], year)

    text = ISO_DATE.sub(lambda match: take(match, match[3], int(match[2]), match[1]), text)
    text = NUMERIC_DATE.sub(lambda match: take(match, match[1], int(match[2]), match[3]), text)
    return days, _month_date(language).sub(take_named, text)


def _amounts(tokens: list[str], language: str, articles: bool) -> list[Number]:
    found: list[Number] = []
    place = 0
    while place < len(tokens):
        start, token = place, tokens[place]
        place += 1
        if (vague := VAGUE.get(token.lower())) is not None:
            found.append(Number(vague))
            continue
        if token[0].isdigit():
            value = _digits_value(token, language)
            verbatim = token if value is None else ""
        else:
            value, verbatim = _word_value(token), ""
            if value is None and token.lower() in SCALES:
                value = Decimal(1)
                place -= 1
            if value is None or (not articles and token.lower() in {"een", "one"}):
                continue
        scaled = value
        while place < len(tokens) and scaled is not None and tokens[place].lower() in SCALES:
            scaled *= SCALES[tokens[place].lower()]
            place += 1
        before = UNITS.get(tokens[start - 1], "") if start else ""
        after = UNITS.get(tokens[place].lower(), "") if place < len(tokens) else ""
        unit = before if before in {"€", "$", "£"} else after
        found.append(Number(verbatim if scaled is None else canonical(scaled), unit))
    return found
