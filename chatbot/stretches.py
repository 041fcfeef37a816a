"""Prose cut where its quotations begin and end, so that no citation mixes two voices."""

from __future__ import annotations

from corpus.records import Exchange

FEWEST_WORDS = 4
"""Words of its own between two quotations that are fewer only say who spoke."""
_EDGES = " \t\n\"“”„«»‘’'"


def stretches(exchange: Exchange, start: int, end: int) -> list[tuple[int, int]]:
    """Characters `start` to `end` of an answer in runs of one voice, without the quotation marks around them.

    A Kamervraag has no quotations of this kind: its answers come back whole. Of prose, words between quotations that
    do not begin a sentence ('", zei hij. "') are left out: they say who spoke, which the citation does too.
    """
    if not exchange.quotations:
        return [(start, end)]
    found: list[tuple[int, int]] = []
    position = start
    for quotation in exchange.quotations:
        if quotation.end <= start or quotation.start >= end:
            continue
        found += _own_words(exchange.answer, position, min(quotation.start, end))
        found += _trimmed(exchange.answer, max(quotation.start, start), min(quotation.end, end))
        position = quotation.end
    return found + _own_words(exchange.answer, position, end)


def _own_words(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A run between quotations, where it begins a sentence of its own."""
    trimmed = _trimmed(text, start, end)
    if not trimmed:
        return []
    begin, stop = trimmed[0]
    begins = text[begin].isupper() or text[begin].isdigit()
    return trimmed if begins and len(text[begin:stop].split()) >= FEWEST_WORDS else []


def _trimmed(text: str, start: int, end: int) -> list[tuple[int, int]]:
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    return [(start, end)] if start < end else []
