"""Dutch sentences, as spans of a text.

The package `sentencex` (MIT, Wikimedia) proposes the borders; the rules below mend what it gets wrong in
parliamentary Dutch: abbreviations in lower case, initials, numbers of papers and lists.
"""

from __future__ import annotations

import re

import sentencex

_NEVER_LAST = frozenset(
    "mr mrs dr drs ir ing prof dhr mw mevr art artt nr nrs no blz pag p par d.d dd m.b.t n.a.v i.v.m i.h.k.v t.a.v"
    " t.b.v t.o.v i.p.v i.c.m m.u.v d.m.v o.l.v o.b.v m.m.v bijv bv resp incl excl ca vgl zgn ten st sr vs jo"
    " juncto max min"
    " tel o.a m.i m.n d.w.z i.e nl t.e.m t.g.v v.w.b a.d.h.v t.z.v i.t.t z.g aant abs afb fig hfdst gem kst stb stcrt"
    " trb mln mld m.a.w i.g.v i.z red vz ministerie-nr q.q h.t i.c n.v.t.n".split()
)
"""Abbreviations after which a sentence goes on, whatever follows."""
_MAY_BE_LAST = frozenset("jl c.q c.s e.d e.a etc enz e.v ev a.i n.v.t b.v n.v w.v.t.t.k a.s i.o i.b".split())
"""Abbreviations that can end a sentence: they do where a capital follows, but "c.q." never does."""
_BORDER = re.compile(r"(?:[.?!]+|…)[»”’\"')\]]*\s+(?=[«“‘\"'(\[–]*\s?[A-ZÀ-Ý0-9])")
_CLOSING = "»”’\"')]"
_LAST_WORD = re.compile(r"(?:^|[(«“‘\"'/])([^(«“‘\"'/]+?)\.[»”’\"')\]]*\Z")
_INITIALS = re.compile(r"(?:[A-ZÀ-Ý]\.)*[A-ZÀ-Ý](?:[a-z]{0,1})?")
_LIST_NUMBER = re.compile(r"\s*(?:\d{1,2}|[a-z]|[ivx]{1,4})\.\s*")
_DOTTED = re.compile(r"(?:[a-z]\.)+[a-z]")
_CAPITAL = re.compile(r"[«“‘\"'(\[–]*\s?[A-ZÀ-Ý]")
_FIGURE = re.compile(r"[«“‘\"'(\[]*\d")


def split(text: str) -> list[tuple[int, int]]:
    """The sentences of `text` as (start, end), in order: everything but the white space between them.

    No sentence crosses a line break. An empty text has none.
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for line in text.split("\n"):
        spans.extend(_line_spans(line, start))
        start += len(line) + 1
    return spans


def _line_spans(line: str, offset: int) -> list[tuple[int, int]]:
    borders = {match.end() for match in _BORDER.finditer(line)}
    place = 0
    for piece in sentencex.segment("nl", line) if line.strip() else ():
        place += len(piece)
        borders.add(place + len(line[place:]) - len(line[place:].lstrip()))
    spans: list[tuple[int, int]] = []
    start = 0
    for border in [*sorted(border for border in borders if 0 < border < len(line)), len(line)]:
        if border < len(line) and not _is_border(line, start, border):
            continue
        sentence = line[start:border]
        lead = len(sentence) - len(sentence.lstrip())
        end = start + len(sentence.rstrip())
        if start + lead < end:
            spans.append((offset + start + lead, offset + end))
        start = border
    return spans


def _is_border(line: str, start: int, border: int) -> bool:
    before, after = line[start:border], line[border : border + 8]
    stripped = before.rstrip()
    if len(stripped) == len(before) or not stripped:
        return False
    ending = stripped.rstrip(_CLOSING)[-1:]
    if not ending or ending not in ".?!…":
        return False
    if _is_open(stripped) and not _CAPITAL.match(after):
        return False
    if ending in "?!…":
        return _CAPITAL.match(after) is not None or _FIGURE.match(after) is not None
    if _LIST_NUMBER.fullmatch(line, 0, border):
        return False
    word = _LAST_WORD.search(stripped.rsplit(None, 1)[-1])
    last = word.group(1) if word else ""
    if last.lower() in _NEVER_LAST or (last == "c.q"):
        return False
    if last.lower() in _MAY_BE_LAST:
        return _CAPITAL.match(after) is not None
    if _INITIALS.fullmatch(last) and len(last.replace(".", "")) <= 3 and (len(last) == 1 or "." in last):
        return False
    if _DOTTED.fullmatch(last):
        return False
    return _CAPITAL.match(after) is not None or (_FIGURE.match(after) is not None and not last.isdigit())


def _is_open(text: str) -> bool:
    """Whether a bracket is still open at the end of `text`."""
    return text.count("(") > text.count(")")
