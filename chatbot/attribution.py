"""Which of those named in a text a quotation is given to, and whether they are the ones who said it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from chatbot import speech
from chatbot.checked import Attributed, Speech
from chatbot.mentions import CABINET, Mention, one_ministry
from chatbot.quotations import Quoted, masked
from chatbot.wording import same_name
from corpus.lexicon import FUNCTION_WORDS
from corpus.records import Member, Official

FARTHEST = 260
"""Characters behind a quotation in which the one who said it is looked for."""
SHORT = 2
"""Up to so many words between marks are hardly somebody's statement."""
_STOP = re.compile(r"(?<![A-Z])(?<!\b[dm]r)(?<!\bdrs)(?<!\bmw)[.!?](?=[\s\u00a0]|\Z)")
_FIRST = re.compile(r"[\s,;–-]*(?:(?:en|maar|toch|dan|ook|nog)\s+)?([^\s,.:;]+)")
_ANOTHER_CLAUSE = re.compile(r"\b(?:maar|terwijl|waarna|waarop|en)\b|;")
_NEXT = re.compile(r"[\s,]*(?:Dat|Dit|Zo|Aldus|Daarmee|Hiermee)\b")
_HANDED_OVER = re.compile(r"\b(?:van|door)\s+(?:(?:de|het)\s+)?\Z", re.I)
_DOCUMENT = re.compile(
    r"\b(?:antwoord(?:en)?|beantwoording|brief|brieven|reactie|verklaring|stukken|woorden|mond)\s+(?:van|door)\s+(?:(?:de|het)\s+)?\Z",
    re.I,
)
"""What stands before somebody whose words a paper holds: "in de antwoorden van", "uit de mond van"."""
_CAPTION = re.compile(r"\s*\n?\s*[–—-]\s*(?=\w)")
"""The dash before the name under a quotation that stands by itself."""
_CALLS_IT = re.compile(
    r"\b(?:noem(?:t|de)|omschrijft|omschreef|stel(?:t|de)|uitdrukt|verwoordt?|zegt|zei|schrijft|schreef)\b"
)
_VERB = re.compile(r"[a-zë]{3,}(?:t|de|te)|[a-z]*(?:ak|ond|eek|iep|oeg)", re.I)
"""The form that a verb has behind a quotation: "somt", "voorspelde", "brak"."""
NO_VERBS = FUNCTION_WORDS | frozenset("want mits beide weinig vaak ook tijdens sinds".split())
_COLON = re.compile(r"\s*(?:\([^()]*\))?\s*:\s*")
"""What stands between a name and a quotation that is given to it whatever the sentence does: "een van Agema: …"."""
_SAYS_NOTHING = re.compile(r"\s*(?:\d{1,3}\s?[/.)](?:\d{1,3})?\s*|[-*•–]\s+)?(?:[^.!?\n•]{1,120}\?\s*)?")
"""What may stand before a quotation that begins a paragraph: the number of a tweet, a bullet, the writer's question."""
_ENDED = re.compile(r"[.!?…][\"'”’»“)\]]*\Z")


def attribute(text: str, quoted: Sequence[Quoted], named: Sequence[Mention]) -> tuple[Attributed | None, ...]:
    """For each quotation, in the order of the text, who the text says said it; None where it names nobody.

    Args:
        named: everybody mentioned, in order; those inside a quotation do not count.
    """
    page = _Page(text, quoted, named)
    given: list[Attributed | None] = []
    for place in range(len(quoted)):
        given.append(page.speaker(place, given))
    return tuple(given)


@dataclass(frozen=True, slots=True)
class _Found:
    """An answer, which may be that nobody is named."""

    who: Attributed | None


class _Page:
    def __init__(self, text: str, quoted: Sequence[Quoted], named: Sequence[Mention]) -> None:
        self.text = masked(text, quoted)
        self.quoted = quoted
        self.named = [item for item in named if not any(one.start <= item.start < one.end for one in quoted)]

    def speaker(self, place: int, given: Sequence[Attributed | None]) -> Attributed | None:
        """Who said quotation number `place`, those before it being `given`."""
        behind = self._behind(place)
        found = behind if behind and behind.who else self._before(place) or behind or self._in_next_sentence(place)
        if found is None:
            found = self._earlier(place, given)
        return found.who if found else None

    def _behind(self, place: int) -> _Found | None:
        """'…", zo laat minister X weten'."""
        item = self.quoted[place]
        if (caption := _CAPTION.match(self.text, item.closing)) is not None:
            under = next((one for one in self.named if one.start == caption.end()), None)
            if under is not None or speech.PAPER.match(self.text, caption.end()):
                return _Found(under.who if under else None)
        start, end = item.closing, self._clause_end(place)
        clause = self.text[start:end]
        first = _FIRST.match(clause)
        if first is None or (first[1][0].isupper() and _ENDED.search(item.text)):
            return None
        mention = next((one for one in self.named if start <= one.start < end), None)
        nobody = speech.NOBODY.match(clause.lstrip(" ,"))
        if mention is None:
            return _Found(None) if nobody else None
        lead = clause[: mention.start - start]
        if nobody and _DOCUMENT.search(lead):
            return _Found(mention.who)
        if first[1].lower() == "zoals":
            return _Found(mention.who) if _CALLS_IT.search(self.text, mention.end, end) else None
        speaks = speech.SAYING.search(first[1]) or re.match(r"(?:zo|aldus|volgens|dixit|naar)\b", first[1], re.I)
        begins = not lead.strip(" ,–-") and speech.STRONG.match(self.text[mention.end : end].lstrip())
        # Whatever a verb says, it tells how somebody spoke where it stands between a quotation and a name.
        does = lead.strip(" ,–-") == first[1] and _VERB.fullmatch(first[1]) and first[1].lower() not in NO_VERBS
        if not (speaks or begins or does):
            return None
        return _Found(mention.who)

    def _clause_end(self, place: int) -> int:
        item = self.quoted[place]
        end = min(len(self.text), item.closing + FARTHEST)
        if place + 1 < len(self.quoted):
            end = min(end, self.quoted[place + 1].opening)
        if (line := self.text.find("\n", item.closing, end)) >= 0 and self.text[item.closing : line].strip():
            end = line
        stop = _STOP.search(self.text, item.closing, end)
        return stop.start() if stop else end

    def _before(self, place: int) -> _Found | None:
        """'Minister X: "…', 'Volgens minister X is "…'."""
        start, end = self._sentence_start(place), self.quoted[place].opening
        return self._subject(start, end)

    def _subject(self, start: int, end: int) -> _Found | None:
        inside = [one for one in self.named if start <= one.start < end]
        acting = [one for one in inside if not speech.OBJECT.search(self.text[start : one.start])] or [
            one for one in inside if re.search(r"\bvolgens\s+\Z", self.text[start : one.start], re.I)
        ]
        if not acting and inside and _HANDED_OVER.search(self.text[start : inside[-1].start]):
            papers = _DOCUMENT.search(self.text[start : inside[-1].start])
            acting = inside[-1:] if papers or _COLON.fullmatch(self.text[inside[-1].end : end]) else []
        return _Found(self._speaking(acting, end).who) if acting else None

    def _speaking(self, acting: Sequence[Mention], end: int) -> Mention:
        """Of those who act before a quotation the first, unless another begins a clause of his or her own in it:
        "minister X is blij, maar minister Y zei: …"."""
        last = acting[-1]
        if len(acting) > 1 and _ANOTHER_CLAUSE.search(self.text, acting[-2].end, last.start):
            says = speech.SAYING.search(self.text, last.end, end)
            if says and "," not in self.text[last.end : says.start()]:
                return last
        return acting[0]

    def _sentence_start(self, place: int) -> int:
        opening = self.quoted[place].opening
        start = self.text.rfind("\n", 0, opening) + 1
        if not self.text[start:opening].strip() and self.text[:start].rstrip().endswith(":"):
            start = self.text.rfind("\n", 0, max(0, start - 2)) + 1
        for stop in _STOP.finditer(self.text, start, opening):
            start = stop.end()
        for other in self.quoted[:place]:
            if start <= other.closing <= opening and _ENDED.search(other.text) and self._opens_sentence(other.closing):
                start = other.closing
        return start

    def _opens_sentence(self, place: int) -> bool:
        rest = self.text[place:].lstrip()
        return rest[:1].isupper() or rest[:1] == "•"

    def _in_next_sentence(self, place: int) -> _Found | None:
        """'…" Dat schrijft minister X'."""
        end = self.quoted[place].closing
        if _NEXT.match(self.text, end) is None:
            return None
        stop = _STOP.search(self.text, end)
        sentence_end = min(stop.start() if stop else len(self.text), end + FARTHEST)
        if not speech.STRONG.search(self.text, end, sentence_end):
            return None
        return self._subject(end, sentence_end)

    def _earlier(self, place: int, given: Sequence[Attributed | None]) -> _Found | None:
        """Whoever spoke last: in the sentence before, or in the quotation before, in this paragraph or the last."""
        opening = self._sentence_start(place)
        line = self.text.rfind("\n", 0, self.quoted[place].opening) + 1
        begin = self.quoted[place].opening
        alone = bool(_SAYS_NOTHING.fullmatch(self.text[line:begin])) or (
            # A sentence of its own, in a paragraph that has named nobody so far.
            self.quoted[place].text[:1].isupper()
            and self.quoted[place].words > SHORT
            and not any(line <= item.start < begin for item in self.named)
            and not any(line <= item.opening < begin for item in self.quoted[:place])
        )
        opening = line if alone else opening
        reach = self.text.rfind("\n", 0, max(0, len(self.text[:line].rstrip()))) + 1 if alone else line
        last = next((other for other in range(place - 1, -1, -1) if self.quoted[other].closing > reach), None)
        start = self._previous_sentence(opening, reach)
        named = self._subject(start, opening) if start < opening else None
        while alone and named is None and start > reach:
            start, end = self._previous_sentence(start, reach), start
            named = self._subject(start, end)
        behind = (
            named is None or named.who is None or (last is not None and self.quoted[last].closing > named.who.start)
        )
        if last is not None and behind and (given[last] is not None or named is None):
            return _Found(given[last])
        return named

    def _previous_sentence(self, opening: int, reach: int) -> int:
        start = reach
        for stop in _STOP.finditer(self.text, reach, max(reach, opening - 2)):
            start = stop.end()
        ended = (
            other.closing
            for other in self.quoted
            if start < other.closing < opening - 2 and _ENDED.search(other.text) and self._opens_sentence(other.closing)
        )
        return max(ended, default=start)


def compare(
    who: Attributed | None, speakers: Sequence[Official], askers: Sequence[Member] = (), *, asked: bool = False
) -> Speech:
    """Whether those who really said it can be whom the text names.

    `asked`: these are words of a question, by `askers` as far as they are known.
    """
    if who is None:
        return Speech.NONE
    if asked:
        known = bool(who.name and askers)
        member = who.office.lower().endswith(("kamerlid", "kamerleden"))
        named = any(same_name(who.name, member.name) for member in askers) if known else member
        return Speech.RIGHT if named else Speech.WRONG
    return Speech.RIGHT if any(_is(who, speaker) for speaker in speakers) else Speech.WRONG


def _is(who: Attributed, speaker: Official) -> bool:
    if who.office == CABINET:
        return True
    if who.name and speaker.name:
        if not same_name(who.name, speaker.name):
            return False
        # One name may belong to two people: office and ministry both being others tells them apart.
        other_office = bool(who.office) and who.office != speaker.office
        return not (
            other_office
            and bool(who.ministry)
            and bool(speaker.ministry)
            and not one_ministry(who.ministry, speaker.ministry)
        )
    if who.office and who.office != speaker.office:
        return False
    if who.ministry and speaker.ministry:
        return one_ministry(who.ministry, speaker.ministry)
    return not who.name and bool(who.office or not who.ministry)
