"""Files of any format to papers. The type is decided by what a file holds, never by its name."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from corpus.docx import DamagedDocx, docx_text
from corpus.errors import UnreadablePaper
from corpus.kamervragen import parse_text
from corpus.official_xml import is_official, parse_xml
from corpus.records import Paper

SIZE_LIMIT = 50 * 1024 * 1024
"""Files of more bytes than this are refused: no paper is near it."""

SUFFIXES: frozenset[str] = frozenset({".txt", ".md", ".xml", ".docx"})
"""The suffixes, lower case, of files that a walk through a folder considers."""

_NO_KAMERVRAAG = "it is no Kamervraag: no question, answer or header was recognised"
_CHECK = "leave it out, or check that it is the right file"


def read(path: Path) -> Paper:
    """Read one file as a paper; raises `UnreadablePaper` with a message that names the file and says what to do."""
    path = Path(path)
    try:
        if path.stat().st_size > SIZE_LIMIT:
            raise UnreadablePaper(path, f"it is larger than {SIZE_LIMIT // 1024**2} MB", "split it or leave it out")
        content = path.read_bytes()
    except OSError as error:
        raise UnreadablePaper(
            path, f"it cannot be opened ({error.strerror})", "check that it exists and may be read"
        ) from error
    return read_bytes(content, path.name)


def read_bytes(content: bytes, name: str) -> Paper:
    """Read a file's content as a paper; `name` is the file's name, for messages and as the last resort for an id."""
    if not content.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise UnreadablePaper(name, "it is empty", "fetch it again or leave it out")
    for kind in _KINDS:
        if kind.fits(content):
            return kind.reader(content, name)
    return _read_text(content, name)


@dataclass(frozen=True, slots=True)
class _Kind:
    fits: Callable[[bytes], bool]
    reader: Callable[[bytes, str], Paper]


def find_files(paths: Iterable[Path]) -> list[Path]:
    """Files as given, and those in folders, recursively and sorted; hidden files and folders are left out."""
    found: list[Path] = []
    for path in map(Path, paths):
        if not path.is_dir():
            found.append(path)
            continue
        inside = (
            file
            for file in path.rglob("*")
            if file.suffix.lower() in SUFFIXES
            and not any(part.startswith(".") for part in file.relative_to(path).parts)
            and file.is_file()
        )
        found.extend(sorted(inside))
    return list(dict.fromkeys(found))


def _read_pdf(content: bytes, name: str) -> Paper:
    raise UnreadablePaper(
        name, "it is a PDF, which cannot be read yet", "use the official XML or text of the paper instead"
    )


def _read_old_word(content: bytes, name: str) -> Paper:
    raise UnreadablePaper(name, "it is an old Word file (.doc)", "save it as .docx and try again")


def _read_docx(content: bytes, name: str) -> Paper:
    try:
        text = docx_text(content)
    except DamagedDocx as error:
        raise UnreadablePaper(
            name, f"it is a damaged or foreign DOCX file ({error})", "fetch it again or leave it out"
        ) from error
    paper = parse_text(text.raw, name, Path(name).stem, text.notes)
    if paper is None:
        raise UnreadablePaper(name, _NO_KAMERVRAAG, _CHECK)
    return paper


def _read_xml(content: bytes, name: str) -> Paper:
    root = _root(content, name)
    if not is_official(root):
        raise UnreadablePaper(
            name, f"its XML (root {etree.QName(root).localname!r}) is no official publication of a Kamervraag", _CHECK
        )
    return parse_xml(root, name, Path(name).stem)


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
    raise UnreadablePaper(name, f"its XML is malformed ({reason})", "fetch it again or leave it out")


def _read_text(content: bytes, name: str) -> Paper:
    text = _decoded(content, name).replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    paper = parse_text(text, name, Path(name).stem)
    if paper is None:
        raise UnreadablePaper(name, _NO_KAMERVRAAG, _CHECK)
    return paper


def _decoded(content: bytes, name: str) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return content.decode("utf-16")
        except UnicodeDecodeError:
            pass
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        text = _windows_text(content)
        if not text:
            raise UnreadablePaper(
                name, f"it is no valid UTF-8 (byte {error.start})", "save it as UTF-8 and try again"
            ) from error
    if "\x00" in text:
        raise UnreadablePaper(name, "it holds binary data", _CHECK)
    return text


def _windows_text(content: bytes) -> str:
    """The text in the Windows encoding, where that is clearly what it is; "" otherwise."""
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError:
        return ""
    special = [char for char in text if ord(char) > 127]
    usual = sum(char in "éëèêïîöôüûáàäâçóòíúñÉËÖÜ€’‘“”«»–…°§´" for char in special)
    printable = all(char.isprintable() or char in "\n\r\t\f" for char in text)
    mojibake = "Ã" in text or "â€" in text
    return text if printable and not mojibake and usual == len(special) else ""


_KINDS = (
    _Kind(lambda content: content[:1024].lstrip().startswith(b"%PDF-"), _read_pdf),
    _Kind(lambda content: content.startswith(b"PK\x03\x04"), _read_docx),
    _Kind(lambda content: content.startswith(b"\xd0\xcf\x11\xe0"), _read_old_word),
    _Kind(lambda content: content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"), _read_xml),
)
