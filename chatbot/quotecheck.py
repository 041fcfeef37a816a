"""A text held against the papers: quotation by quotation, whether it was said, by whom, and what differs.

`check` is the whole of it; `Report` is what the command line, the window and other programs show.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from langchain_core.language_models import BaseChatModel

from chatbot.alignment import Alignment, align
from chatbot.attribution import SHORT, attribute, compare
from chatbot.checked import (
    Attributed,
    CheckedQuotation,
    Difference,
    Kind,
    Match,
    PassedOver,
    Report,
    Speech,
    Verdict,
    Weight,
)
from chatbot.citations import signatories
from chatbot.claims import check_claims
from chatbot.differences import NEGATIONS, differences
from chatbot.language import DUTCH, enumeration
from chatbot.mentions import mentions
from chatbot.quotations import Quoted, find, surroundings
from chatbot.sources import Archive, Source
from chatbot.texts import TEXTS
from chatbot.wording import Wording, of_quotation, same_name
from corpus.sentences import split
from index.analysis import words as stems
from index.search import Index

LONGEST_TEXT = 200_000
"""Characters of a text that are checked."""
FOREIGN = 5
"""Words in a row that the source does not have, from which on they are looked for elsewhere."""
FEW = 3
"""Words that a sentence has at least to be called made up."""
CLAUSE = 6
"""Words of a clause that can count as a part of the quotation that is true."""
STANDS_ALONE = 8
"""Words that agree from which on a part of a sentence counts as a part of the quotation that is true."""
LEAST_COVERAGE = 0.5
"""Share of a quotation's words that must agree, in runs, for it to be an altered one and not another."""
LEAST_OF_FEW = 0.66
ELSEWHERE = 0.8
"""Share of a foreign stretch's words that must agree for it to come from another place."""


LIKE_WORDS = 2
LIKE = 0.25
"""Telling words of a quotation, and share of them, that a source must have to come near it."""
_STOPPED = re.compile(r"[.?!]")


class TextTooLong(Exception):
    """A text is longer than what is checked at once."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a quotation on its source. `offset`: of its first character in the checked text."""

    said: Wording
    source: Source
    found: Alignment
    offset: int

    @property
    def match(self) -> Match:
        citation = self.source.citation(self.found.start, self.found.end)
        askers = self.source.paper.askers if self.source.in_question else ()
        return Match(citation, self.found.similarity, self.source.in_question, askers)


def check(
    text: str, index: Index, *, language: str = DUTCH, claims: str = "reported", model: BaseChatModel | None = None
) -> Report:
    """Hold every quotation and claim of `text` against the papers of `index`.

    Args:
        language: "nl" or "en", of what is said about them.
        claims: "reported" for what the text says that officials said, and every sentence of a text that quotes and
            reports nothing; "all" for every sentence; "none".
        model: a chat model that may judge claims where rules are not sure; its quotations are verified.

    Raises:
        TextTooLong: the text has more than LONGEST_TEXT characters.
    """
    if len(text) > LONGEST_TEXT:
        raise TextTooLong(f"the text has {len(text)} characters; check at most {LONGEST_TEXT} at once")
    began = time.perf_counter()
    archive = Archive(index)
    quoted = find(text)
    names = index.names()
    named = mentions(text, names.ministers, names.parties)
    speakers = attribute(text, quoted, named)
    kept: list[tuple[Quoted, Attributed | None]] = []
    passed_over = []
    for item, who in zip(quoted, speakers, strict=True):
        if reason := _passed_over(item, who):
            passed_over.append(PassedOver(item.text, item.start, item.end, reason))
        else:
            kept.append((item, who))
    judged = tuple(index.each(lambda each: _check_quotation(text, *each, quoted, archive, language), kept))
    between = time.perf_counter()
    claimed = check_claims(text, quoted, named, index, language=language, which=claims, model=model)
    ended = time.perf_counter()
    return Report(
        text=text,
        language=language,
        quotations=judged,
        claims=claimed,
        passed_over=tuple(passed_over),
        papers=index.status().papers,
        milliseconds={
            "quotations": 1000 * (between - began),
            "claims": 1000 * (ended - between),
            "total": 1000 * (ended - began),
        },
    )


def _passed_over(item: Quoted, who: Attributed | None) -> str:
    if not item.words:
        return "term"
    if item.titled and item.text[0].isupper() and not re.search(r"[.!?]\Z", item.text):
        return "title"
    return "term" if item.words <= SHORT and who is None else ""


def _check_quotation(
    text: str, item: Quoted, who: Attributed | None, quoted: Sequence[Quoted], archive: Archive, language: str
) -> CheckedQuotation:
    around = surroundings(text, item, quoted)
    said = of_quotation(item.text)
    best = _best(said, archive, who, around, item.start) if said.words else None
    if best is None:
        return _not_found(item, who, None, language)
    foreign = _foreign(best)
    elsewhere = [
        piece for first, last in foreign if (piece := _elsewhere(item, best, first, last, archive, who)) is not None
    ]
    if elsewhere:
        return _stitched(item, who, [*_rest(item, best, foreign), *elsewhere], around, language)
    solid = _solid(best.found.agreed)
    outside = [place for place in range(len(said.words)) if not any(first <= place < last for first, last in foreign)]
    if (
        foreign
        and _stands_alone(said, foreign, outside)
        and sum(solid[place] for place in outside) >= 0.85 * len(outside)
    ):
        return _partial(item, who, best, foreign, outside, around, language)
    least = LEAST_COVERAGE if len(said.words) >= FOREIGN else LEAST_OF_FEW
    if sum(solid) < least * len(said.words):
        return _not_found(item, who, best, language)
    found = differences(said, best.source.wording, best.found, offset=item.start, around=around, language=language)
    verdict = Verdict.ALTERED if found else Verdict.EXACT
    return _checked(item, who, verdict, [best], found, language)


def _best(
    said: Wording, archive: Archive, who: Attributed | None, around: str, offset: int, also: Sequence[Source] = ()
) -> _Piece | None:
    """The source that explains the quotation best; of equals the one whose speaker the text names, then of `also`."""
    minister = who.name if who else ""
    sources = dict.fromkeys([*also, *archive.near(said, context=around, minister=minister)])
    for stretch in _stretches(said):
        sources.update(dict.fromkeys(archive.near(stretch)))
    best: tuple[tuple[float, bool, bool], _Piece] | None = None
    for source in sources:
        found = align(said, source.wording, source.places)
        if found is None:
            continue
        named = compare(who, source.exchange.speakers or source.paper.speakers) is Speech.RIGHT
        asked = bool(
            source.in_question and who and any(same_name(who.name, member.name) for member in source.paper.askers)
        )
        rank = (round(found.similarity, 2), asked if source.in_question else named, not source.in_question)
        if best is None or rank > best[0]:
            best = (rank, _Piece(said, source, found, offset))
    return best[1] if best else None


def _stretches(said: Wording) -> list[Wording]:
    """The sentences of a longer quotation, and what stands between its ellipses, each looked for by itself."""
    borders = {word.start for word in said.words if word.gap} | {start for start, _ in split(said.text)}
    cuts = sorted({0, *borders, len(said.text)})
    pieces = [of_quotation(said.text[start:end]) for start, end in pairwise(cuts)]
    return [piece for piece in pieces if len(piece.words) >= FOREIGN] if len(pieces) > 1 else []


def _solid(agreed: Sequence[int | None]) -> list[bool]:
    """Which words agree together with a neighbour, so that a chance "de" in an invented sentence does not count."""
    flags = [place is not None for place in agreed]
    solid = list(flags)
    start = 0 if len(flags) > 2 else len(flags)
    while start < len(flags):
        end = start
        while end < len(flags) and flags[end] == flags[start]:
            end += 1
        lonely = end - start < 2 and (start == 0 or start >= 2) and (end == len(flags) or end + 2 <= len(flags))
        if flags[start] and lonely and not any(flags[max(0, start - 2) : start]) and not any(flags[end : end + 2]):
            solid[start:end] = [False] * (end - start)
        start = end
    return solid


def _foreign(piece: _Piece) -> list[tuple[int, int]]:
    """Stretches of at least FOREIGN words of the quotation of which the source has hardly any."""
    flags = _solid(piece.found.agreed)
    stretches: list[tuple[int, int]] = []
    start = 0
    while start < len(flags):
        if flags[start]:
            start += 1
            continue
        end, last = start, start
        while end < len(flags):
            if not flags[end]:
                last = end
            elif sum(flags[start : end + 1]) > 0.25 * (end + 1 - start) + 1 or all(flags[end : end + 3]):
                break
            end += 1
        if last + 1 - start >= FOREIGN:
            stretches.append((start, last + 1))
        start = max(last + 1, start + 1)
    stretches = [_whole_sentence(piece.said, first, last) for first, last in stretches]
    for first, last in _sentences(piece.said):
        made_up = last - first >= FEW and not any(flags[first:last])
        if made_up and not any(start < last and first < end for start, end in stretches):
            stretches.append((first, last))
    return sorted(stretches)


def _sentences(said: Wording) -> Iterator[tuple[int, int]]:
    """The first word of each sentence of several, and the one behind its last."""
    starts = [0, *(place for place, word in enumerate(said.words) if place and _STOPPED.search(word.before))]
    return pairwise([*starts, len(said.words)]) if len(starts) > 1 else iter(())


def _stands_alone(said: Wording, foreign: Sequence[tuple[int, int]], outside: Sequence[int]) -> bool:
    """Whether what is left beside the foreign stretches says something: a clause, or a good many words."""
    if len(outside) >= STANDS_ALONE:
        return True
    borders = {place for place, word in enumerate(said.words) if _STOPPED.search(word.before)} | {
        0,
        len(said.words),
    }
    if len(outside) >= CLAUSE:
        borders |= {place for place, word in enumerate(said.words) if re.search(r"[,;:–]", word.before)}
    return len(outside) >= FOREIGN and all({first, last} <= borders for first, last in foreign)


def _whole_sentence(said: Wording, first: int, last: int) -> tuple[int, int]:
    """Up to two words more on either side where a sentence begins or ends there."""
    for back in range(3):
        if first - back == 0 or (first - back > 0 and re.search(r"[.?!]", said.words[first - back].before)):
            first -= back
            break
    for more in range(3):
        if last + more == len(said.words) or (
            last + more < len(said.words) and re.search(r"[.?!]", said.words[last + more].before)
        ):
            last += more
            break
    return first, last


def _elsewhere(
    item: Quoted, best: _Piece, first: int, last: int, archive: Archive, who: Attributed | None
) -> _Piece | None:
    """The other place that a foreign stretch comes from, if there is one: before all others in the same answer."""
    said = best.said
    start, end = said.words[first].start, said.words[last - 1].end
    stretch = of_quotation(said.text[start:end])
    found = (
        _best(stretch, archive, who, "", item.start + start, [best.source]) if len(stretch.words) >= FOREIGN else None
    )
    if found is None or sum(_solid(found.found.agreed)) < ELSEWHERE * len(stretch.words):
        return None
    return found


def _rest(item: Quoted, best: _Piece, foreign: Sequence[tuple[int, int]]) -> list[_Piece]:
    """The quotation without its foreign stretches, each remaining one aligned by itself."""
    pieces = []
    begin = 0
    words = best.said.words
    for first, last in [*foreign, (len(words), len(words))]:
        if first > begin:
            start, end = words[begin].start, words[first - 1].end
            said = of_quotation(item.text[start:end])
            found = align(said, best.source.wording, best.source.places) if said.words else None
            if found is not None:
                pieces.append(_Piece(said, best.source, found, item.start + start))
        begin = last
    return pieces


def _stitched(
    item: Quoted, who: Attributed | None, pieces: list[_Piece], around: str, language: str
) -> CheckedQuotation:
    pieces.sort(key=lambda piece: piece.offset)
    found = [
        difference
        for piece in pieces
        for difference in differences(
            piece.said, piece.source.wording, piece.found, offset=piece.offset, around=around, language=language
        )
    ]
    found.sort(key=lambda difference: (difference.weight, difference.start))
    return _checked(item, who, Verdict.ALTERED, pieces, tuple(found), language)


def _partial(
    item: Quoted, who: Attributed | None, best: _Piece, foreign: Sequence[tuple[int, int]], outside: Sequence[int],
    around: str, language: str,
) -> CheckedQuotation:  # fmt: skip
    words = best.said.words
    pieces = _rest(item, best, foreign)
    found = [
        difference
        for piece in pieces
        for difference in differences(
            piece.said, piece.source.wording, piece.found, offset=piece.offset, around=around, language=language
        )
    ]
    for first, last in foreign:
        start, end = words[first].start, words[last - 1].end
        stretch = item.text[start:end]
        told = TEXTS[language].findings.not_anywhere.format(stretch=stretch)
        found.append(Difference(Kind.INSERT, Weight.WORDS, stretch, "", told, item.start + start, item.start + end))
    found.sort(key=lambda difference: (difference.weight, difference.start))
    return _checked(item, who, Verdict.PARTIAL, pieces[:1] or [best], tuple(found), language)


def _resembles(piece: _Piece) -> bool:
    """Whether a source has enough of what a quotation is about to be named as what comes nearest.

    Words that every text has, negations among them, make no resemblance.
    """
    telling = [
        (word.key, place is not None)
        for word, place in zip(piece.said.words, piece.found.agreed, strict=True)
        if stems(word.key) and word.key not in NEGATIONS
    ]
    wanted = {key for key, _ in telling}
    return len({key for key, agrees in telling if agrees}) >= max(min(LIKE_WORDS, len(wanted)), LIKE * len(wanted), 1)


def _not_found(item: Quoted, who: Attributed | None, best: _Piece | None, language: str) -> CheckedQuotation:
    best = best if best is not None and _resembles(best) else None
    return CheckedQuotation(
        quote=item.text, start=item.start, end=item.end, verdict=Verdict.NOT_FOUND,
        similarity=best.found.similarity if best else 0.0, match=None, nearest=best.match if best else None, parts=(),
        differences=(), attributed=who, speech=Speech.NONE, notes=_unclosed(item, language),
    )  # fmt: skip


def _checked(
    item: Quoted, who: Attributed | None, verdict: Verdict, pieces: Sequence[_Piece],
    found: tuple[Difference, ...], language: str,
) -> CheckedQuotation:  # fmt: skip
    matches = tuple(piece.match for piece in pieces)
    longest = max(matches, key=lambda match: len(match.citation.quote))
    heard = [compare(who, match.citation.speakers, match.askers, asked=match.in_question) for match in matches]
    speech = Speech.WRONG if Speech.WRONG in heard else heard[0]
    similarity = 1.0 if verdict is Verdict.EXACT else min(longest.similarity, 0.9999)
    return CheckedQuotation(
        quote=item.text, start=item.start, end=item.end, verdict=verdict, similarity=similarity, match=longest,
        nearest=None, parts=matches, differences=found, attributed=who, speech=speech,
        notes=(
            *_said_by_others(who, matches, speech, language),
            *(_joined(matches, language) if len(matches) > 1 else ()),
            *_owned_up(pieces, language),
            *_typography(item, verdict, pieces, language),
            *_unclosed(item, language),
        ),
    )  # fmt: skip


def _said_by_others(who: Attributed | None, matches: Sequence[Match], speech: Speech, language: str) -> tuple[str, ...]:
    notes = []
    for match in matches:
        if match.in_question:
            members = (
                enumeration((member.name for member in match.askers), language) or TEXTS[language].findings.members
            )
            notes.append(TEXTS[language].findings.in_question.format(askers=members))
    speakers = signatories(matches[0].citation.speakers, language) or TEXTS[language].findings.nobody
    if who is not None and speech is Speech.WRONG and not notes:
        wrong = next((match for match in matches if compare(who, match.citation.speakers) is Speech.WRONG), matches[0])
        speakers = signatories(wrong.citation.speakers, language) or TEXTS[language].findings.nobody
        notes.append(TEXTS[language].findings.wrong_speaker.format(named=who.text, speakers=speakers))
    elif who is not None and speech is Speech.RIGHT and who.name:
        offices = {person.office for person in matches[0].citation.speakers if same_name(person.name, who.name)}
        if who.office and offices and who.office not in offices:
            notes.append(TEXTS[language].findings.other_office.format(named=who.text, speakers=speakers))
    return tuple(dict.fromkeys(notes))


def _joined(matches: Sequence[Match], language: str) -> tuple[str]:
    places = enumeration(dict.fromkeys(match.citation.reference for match in matches), language)
    return (TEXTS[language].findings.stitched.format(count=len(matches), places=places),)


def _owned_up(pieces: Sequence[_Piece], language: str) -> tuple[str, ...]:
    """What ellipses left out and additions put in, for the reader to see."""
    notes = []
    for piece in pieces:
        for change in piece.found.changes:
            if change.marked:
                left = piece.source.wording.said(change.start, change.end)
                notes.append(TEXTS[language].findings.marked_omission.format(stretch=" ".join(left.split())))
        notes += [
            TEXTS[language].findings.marked_addition.format(addition=addition) for addition in piece.said.additions
        ]
    return tuple(notes)


def _typography(item: Quoted, verdict: Verdict, pieces: Sequence[_Piece], language: str) -> tuple[str, ...]:
    if verdict is not Verdict.EXACT or pieces[0].said.additions or any(word.gap for word in pieces[0].said.words):
        return ()
    printed = pieces[0].match.citation.quote
    words = pieces[0].said.words
    same = item.text[words[0].start : words[-1].end] == printed
    return () if same else (TEXTS[language].findings.typography,)


def _unclosed(item: Quoted, language: str) -> tuple[str, ...]:
    return () if item.closed else (TEXTS[language].findings.unclosed,)
