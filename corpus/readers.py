"""Files of any format to papers. The type is decided by what a file holds, never by its name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from lxml import etree

from corpus import html, jsonl, markdown
from corpus.dates import dutch_date
from corpus.docx import DamagedDocx, docx_text
from corpus.encoding import decoded
from corpus.errors import UnreadablePaper
from corpus.extracted import Extracted, paper_of
from corpus.layout import laid_out
from corpus.official_xml import body_text, is_official, parse_xml
from corpus.pdf import DamagedPdf, pdf_lines
from corpus.records import Paper
from corpus.webpage import read_page

SIZE_LIMIT = 50 * 1024 * 1024
"""Files of more bytes than this are refused: no paper is near it."""

SUFFIXES: frozenset[str] = frozenset(
    {".txt", ".md", ".markdown", ".xml", ".html", ".htm", ".xhtml", ".pdf", ".docx", ".doc", ".jsonl", ".ndjson"}
)
"""The suffixes, lower case, of files that a walk through a folder always considers; others where they hold a paper."""

_NEITHER = "it is neither a Kamervraag nor prose: no question, answer, header or full sentence was recognised"
_CHECK = "leave it out, or check that it is the right file"
_AGAIN = "fetch it again or leave it out"
_HEAD = 4096
_PAPER_SIGNS = re.compile(
    rb"<(?:officiele-publicatie|kamerwrk|vraagdoc|kamervragen)\b|class=\"[^\"]*\b(?:vraag|antwoord)\b"
    rb"|^AH\s?\d{1,5}\s*$|^\d{4}Z\s?\d{5}\s*$|\bVragen van (?:het lid|de leden)\b|Tweede Kamer der Staten-Generaal"
    rb"|^\s*Vraag 1\s*$",
    re.MULTILINE,
)


def read(path: Path) -> Paper:
    """Read one file as a paper, of a file of many the first one.

    Raises `UnreadablePaper` with a message that names the file and says what to do.
    """
    return _first(read_all(path))


def read_bytes(content: bytes, name: str) -> Paper:
    """Read a file's content as `read` does; `name` is the file's, for messages and as the last resort for an id."""
    return _first(read_all_bytes(content, name))


def _first(found: Iterator[Paper | UnreadablePaper]) -> Paper:
    first = next(found)
    if isinstance(first, UnreadablePaper):
        raise first
    return first


def read_all(path: Path) -> Iterator[Paper | UnreadablePaper]:
    """All papers in a file, one in most formats, and for what cannot be read the reason; never nothing at all."""
    path = Path(path)
    try:
        if path.stat().st_size > SIZE_LIMIT:
            yield UnreadablePaper(path, f"it is larger than {SIZE_LIMIT // 1024**2} MB", "split it or leave it out")
            return
        content = path.read_bytes()
    except OSError as error:
        yield UnreadablePaper(path, f"it cannot be opened ({error.strerror})", "check that it exists and may be read")
        return
    for found in read_all_bytes(content, path.name):
        yield UnreadablePaper(path, found.reason, found.remedy) if isinstance(found, UnreadablePaper) else found


def read_all_bytes(content: bytes, name: str) -> Iterator[Paper | UnreadablePaper]:
    """A file's content as `read_all` does; `name` is the file's name."""
    try:
        if not content.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
            raise UnreadablePaper(name, "it is empty", _AGAIN)
        reader = next((kind.reader for kind in _KINDS if kind.fits(content)), None)
        if reader is not None:
            yield reader(content, name)
            return
        text = decoded(content, name)
        if jsonl.is_jsonl(text):
            yield from _read_jsonl(text, name)
        else:
            yield _read_text(text, name)
    except UnreadablePaper as error:
        yield error
    except RecursionError:
        yield UnreadablePaper(name, "its parts are nested too deeply", _CHECK)


@dataclass(frozen=True, slots=True)
class _Kind:
    fits: Callable[[bytes], bool]
    reader: Callable[[bytes, str], Paper]


def find_files(paths: Iterable[Path]) -> list[Path]:
    """Files as given, and those in folders, recursively and sorted; hidden files and folders are left out.

    In a folder count files with a known suffix, and others that begin like a paper.
    """
    found: list[Path] = []
    for path in map(Path, paths):
        if not path.is_dir():
            found.append(path)
            continue
        inside = (
            file
            for file in path.rglob("*")
            if not any(part.startswith(".") for part in file.relative_to(path).parts)
            and file.is_file()
            and (file.suffix.lower() in SUFFIXES or _begins_like_a_paper(file))
        )
        found.extend(sorted(inside))
    return list(dict.fromkeys(found))


def _begins_like_a_paper(file: Path) -> bool:
    try:
        with file.open("rb") as opened:
            head = opened.read(_HEAD)
    except OSError:
        return False
    if _is_pdf(head):
        return True
    if head.startswith(b"PK\x03\x04"):
        return b"word/" in head or b"[Content_Types].xml" in head[:200]
    return _PAPER_SIGNS.search(head) is not None


def _is_pdf(content: bytes) -> bool:
    return b"%PDF-" in content[:1024]


def _read_pdf(content: bytes, name: str) -> Paper:
    try:
        lines = pdf_lines(content)
    except DamagedPdf as error:
        remedy = "save it without a password" if "password" in str(error) else _AGAIN
        raise UnreadablePaper(name, str(error), remedy) from error
    if not lines:
        raise UnreadablePaper(
            name,
            "it holds no text, only pictures of pages",
            "recognise its text first, with a program such as ocrmypdf",
        )
    return _paper(laid_out(lines), name)


def _read_old_word(content: bytes, name: str) -> Paper:
    raise UnreadablePaper(name, "it is an old Word file (.doc)", "save it as .docx and try again")


def _read_docx(content: bytes, name: str) -> Paper:
    try:
        text = docx_text(content)
    except DamagedDocx as error:
        raise UnreadablePaper(
            name, f"it is a damaged or foreign DOCX file ({' '.join(str(error).split())})", _AGAIN
        ) from error
    return _paper(Extracted.plain(text.raw, text.notes), name)


def _read_markup(content: bytes, name: str) -> Paper:
    """XML or HTML: an official publication, or a page."""
    head = content[:_HEAD].lower()
    if b"<html" in head or b"<!doctype html" in head:
        return read_page(content, name)
    try:
        root = _root(content, name)
    except UnreadablePaper:
        if re.search(rb"<(?:body|div|p|h1|article|main)[\s>]", head):
            return read_page(content, name)
        raise
    if is_official(root):
        return parse_xml(root, name, Path(name).stem)
    paper = paper_of(Extracted.plain(body_text(root)), name, Path(name).stem, prose=False)
    if paper is None:
        root_name = etree.QName(root).localname
        raise UnreadablePaper(name, f"its XML (root {root_name!r}) is no official publication of a Kamervraag", _CHECK)
    return paper


def _root(content: bytes, name: str) -> etree._Element:
    """The root element, with entities, DTDs and network off; a file that declares a wrong encoding is read as UTF-8."""
    first: Exception | None = None
    for encoding in (None, "utf-8"):
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True,
            remove_pis=True, encoding=encoding,
        )  # fmt: skip
        try:
            return etree.fromstring(content.lstrip(), parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            first = first or error
    reason = " ".join(str(first).split())
    raise UnreadablePaper(name, f"its XML is malformed ({reason})", _AGAIN)


def _read_jsonl(text: str, name: str) -> Iterator[Paper | UnreadablePaper]:
    for found in jsonl.jsonl_papers(text, name):
        if isinstance(found, jsonl.BadLine):
            yield UnreadablePaper(name, str(found), "mend that line; the schema is in docs/formats.md")
        else:
            yield found


def _read_text(text: str, name: str) -> Paper:
    if markdown.is_markdown(text):
        root = html.parsed(markdown.markdown_html(text))
        if root is not None:
            page = html.main_text(root)
            fields = markdown.front_matter(text)
            document = Extracted.plain(page.text, page.notes)
            title = fields.get("title", fields.get("titel", "")) or html.described(root).title
            published = dutch_date(fields.get("date", fields.get("datum", "")))
            return _paper(replace(document, title=title, published=published), name)
    return _paper(Extracted.plain(text), name)


def _paper(document: Extracted, name: str) -> Paper:
    paper = paper_of(document, name, Path(name).stem)
    if paper is None:
        raise UnreadablePaper(name, _NEITHER, _CHECK)
    return paper


_KINDS = (
    _Kind(_is_pdf, _read_pdf),
    _Kind(lambda content: content.startswith(b"PK\x03\x04"), _read_docx),
    _Kind(lambda content: content.startswith(b"\xd0\xcf\x11\xe0"), _read_old_word),
    _Kind(lambda content: content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"), _read_markup),
)
