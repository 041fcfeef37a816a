"""What counts as the same word when words are looked for: folded, without stop words, Dutch stems."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from threading import Lock

import Stemmer

_LISTED = """
aan al alle als bij binnen daar daarbij daarin daarmee daarom daarop daarvan daarvoor dan dat de deze die dit door
dus echter een eens en er ervan ervoor ge geen had hadden heb hebben hebt heeft hem hen het hier hierbij hierin
hij hoe hun ik in is ja je jij jou jouw kan kon konden kunnen kunt maar me met mij mijn moet moeten mijn na naar
nee niet nog nu of om omdat onder ons onze ook op over reeds te ten ter tot u uit uw van via voor waar waarbij
waarin waarom waarop waarvan waren was wat we wel welk welke werd werden wie wij wil willen word worden wordt zal
ze zich zij zijn zo zoals zou zouden zullen
a an and any are as at be been but by did do does for from has have how i if it its not on or that the their them
there these they this to was were what when where which who why will with would you your
"""

STOP_WORDS = frozenset(_LISTED.split())
"""Words without a subject, Dutch and English, folded: most questions hold several, and they find nothing."""

LONGEST = 64
"""Characters of a word that count."""

_WORD = re.compile(r"\w+")
_COMBINING = re.compile(f"[{''.join(char for char in map(chr, range(0x10000)) if unicodedata.combining(char))}]+")
_stemmer = Stemmer.Stemmer("dutch")
# A stemmer keeps state while it works.
_stemming = Lock()


def words(text: str) -> list[str]:
    """The words of a text in their order, as they are compared: "Beëindigde subsidies" is ["beeind", "subsidie"]."""
    return [stem(word) for word in plain_words(text)]


def plain_words(text: str) -> list[str]:
    """The words of a text in their order, folded and without stop words, but not stemmed."""
    return [word[:LONGEST] for word in _WORD.findall(folded(text)) if word not in STOP_WORDS]


def folded(text: str) -> str:
    """Case, accents and typographic variants taken off."""
    plain = text.casefold()
    return plain if plain.isascii() else _COMBINING.sub("", unicodedata.normalize("NFKD", plain))


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The Dutch stem of a folded word."""
    with _stemming:
        stemmed: str = _stemmer.stemWord(word)
    return stemmed
