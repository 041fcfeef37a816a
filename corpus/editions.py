"""The editions of a paper that services offer, and whether what came is really one of them."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lxml import etree

from corpus.official_xml import ROOTS


class Form(StrEnum):
    """What an edition is, best first: each value is also the suffix of its file."""

    XML = "xml"
    DOCX = "docx"
    PDF = "pdf"
    HTML = "html"


class Service(StrEnum):
    """Which service told of a paper."""

    SRU = "sru"
    ODATA = "odata"


@dataclass(frozen=True, slots=True)
class Edition:
    """An address of a paper's text. `form`: what it should be; None for "whatever the service has now"."""

    url: str
    form: Form | None


@dataclass(frozen=True, slots=True)
class Listed:
    """A paper as a service lists it.

    `id`: the official identifier, or the service's own number while there is none yet. `day`: of the paper
    itself. `available`: when it was published. `stamp`: changes when the service changed the paper, "" where
    it does not say. `question_ids`: zaaknummers. `key`: the service's own key, "" where it has none.
    """

    id: str
    service: Service
    title: str = ""
    day: date | None = None
    available: date | None = None
    stamp: str = ""
    question_ids: tuple[str, ...] = ()
    key: str = ""
    editions: tuple[Edition, ...] = ()


IDENTIFIER = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_-]|\.(?=[A-Za-z0-9])){0,99}")
"""What an identifier may look like: it becomes the name of a file."""

PROVISIONAL = re.compile(r"ah-\d+|\d{4}D\d+", re.I)
"""Identifiers that a definitive edition under another one will replace."""

_ROOT = re.compile(rb"<(?:[\w.-]+:)?(" + "|".join(sorted(ROOTS)).encode() + rb")[\s>/]")


def best(editions: tuple[Edition, ...]) -> list[Edition]:
    """The editions in the order in which they should be tried, each address once."""
    known: dict[str, Edition] = {}
    for edition in editions:
        known.setdefault(edition.url, edition)
    return sorted(known.values(), key=lambda edition: rank(edition.form))


def rank(form: Form | None) -> int:
    """How good a form is for reading; lower is better. What a service may turn into any form comes after XML."""
    return (Form.XML, None, Form.DOCX, Form.PDF, Form.HTML).index(form)


def form_of(content: bytes) -> Form | None:
    """What a document is, by what it holds; None for what is no edition of a paper, or only a part of one."""
    start = content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"%PDF-"):
        return Form.PDF if b"%%EOF" in content[-2048:] else None
    if start.startswith(b"PK\x03\x04"):
        return Form.DOCX if _is_docx(content) else None
    if _ROOT.search(start):
        return Form.XML if _is_whole(content) else None
    if re.match(rb"(?:<!--.*?-->|<\?xml[^>]*>|\s)*<(?:!doctype html|html)\b", start, re.I | re.S):
        return Form.HTML if re.search(rb"</html\s*>", content[-4096:], re.I) else None
    return None


def _is_docx(content: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "word/document.xml" in archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError):
        return False


def _is_whole(content: bytes) -> bool:
    """Whether XML ends where its root does; the declared encoding may be wrong, as it is in some old files."""
    for encoding in (None, "utf-8"):
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, encoding=encoding
        )
        try:
            etree.fromstring(content.lstrip(), parser)
        except (etree.XMLSyntaxError, ValueError):
            continue
        return True
    return False


def shown(content: bytes) -> str:
    """The first characters of a document that is not what it should be, for a message."""
    text = content[:60].decode("utf-8", "replace")
    return repr(" ".join(text.split())[:40]) if content else "nothing"
