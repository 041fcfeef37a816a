"""Promises (toezeggingen): sentences in which a member of government binds himself or herself to do something."""

from __future__ import annotations

import re

_SPEAKER = r"(?:ik|wij|we|het\s+kabinet|mijn\s+ministerie|de\s+(?:minister|staatssecretaris|regering))"
_NO_PLAN = r"\s+(?:[^\s.;]+\s+)?(?:over|in|nader\s+in|ervan\s+uit|er\s?van\s?uit|uit\s+van|niet)\b"
"""What makes "ik ga" no plan: "daar ga ik niet over", "ik ga ervan uit dat"."""
_PROMISE = re.compile(
    rf"""
    \bzeg(?:gen|t)?\b[^.;]{{0,60}}\btoe\b
    | \btoe(?:gezegd|zegging(?:en)?)\b
    | \b(?:zal|zullen)\s+{_SPEAKER}\b
    | \b{_SPEAKER}\s+(?:zal|zullen)\b
    | \b(?:de|uw)\s+(?:tweede\s+)?kamer\b[^.;]{{0,80}}\b(?:zal|zullen|wordt|worden)\b[^.;]{{0,80}}\bge[ïi]nformeerd\b
    | \b(?:zal|zullen|wordt|word)\b[^.;]{{0,80}}\b(?:de|uw)\s+(?:tweede\s+)?kamer\b[^.;]{{0,120}}
      \b(?:ge[ïi]nformeerd|informeren|berichten|gestuurd|sturen|ontvangen|toegestuurd|toesturen|aangeboden|aanbieden)\b
    | \b(?:informeer|bericht|rapporteer|stuur)\b\s+(?:ik|wij)\b
    | \b(?:ik|wij|we)\s+(?:stuur|sturen|informeer|informeren|kom\b[^.;]{{0,60}}\bterug)\b
    | \bdat\s+{_SPEAKER}\b[^.;,]{{0,60}}\b(?:zal|zullen)\b
    | \b(?:ga|gaan)\s+(?:ik|wij|we)\b(?!{_NO_PLAN}) | \b(?:ik|wij|we)\s+(?:ga|gaan)\b(?!{_NO_PLAN})
    """,
    re.IGNORECASE | re.VERBOSE,
)
_NOT_ONE = re.compile(
    r"\b(?:kan|kunnen|wil|willen)\b[^.;]{0,40}\bniet\s+toezeggen\b|\bniet\s+toegezegd\b"
    r"|\b(?:is|zijn|was|waren|werd|werden)\s+toegezegd\b|\btoegezegd\s+(?:is|zijn|was|waren|werd|werden)\b"
    r"|\bga(?:an)?\b[^.;]{0,80}\b(?:nader|verder)\s+in\b"
    r"|\b(?:zal|zullen|zeg)\b\s(?:\w+\s){0,3}(?:niet|geen)\b",
    re.IGNORECASE,
)


def is_promise(sentence: str) -> bool:
    """Whether in a sentence of an answer something is promised: a "toezegging", or what the speaker "zal" do."""
    return bool(_PROMISE.search(sentence)) and not _NOT_ONE.search(sentence)
