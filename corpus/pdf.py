"""PDF files: the printed lines of every page, in reading order, with where and how large they stand.

Reading order is that of the eye: rows from the top, in a row from the left, with a side column (the reference
column of a letter) apart from the text. What the lines mean is `corpus.layout`'s to say.
"""

from __future__ import annotations

import ctypes
import threading
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import pypdfium2
import pypdfium2.raw as pdfium

PAGE_LIMIT = 2_000
"""Pages beyond this many are not read: no paper is near it."""

_COLUMN_GAP = 2.0
"""A gap between words wider than this, in type sizes, is one between columns."""
_WORD_GAP = 0.18
"""A gap between letters wider than this, in type sizes, is a space, whether the file holds one or not."""
_HYPHENS = frozenset("\x02\ufffe\u00ad\u2010\u2011")
_LOCK = threading.Lock()


class DamagedPdf(Exception):
    """The bytes are no PDF, or one whose text cannot be reached; the message is a clause."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A run of raised small figures in a line's text, from character `start` up to `end`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PdfLine:
    """A printed line. `left`, `right`, `base` in points from the page's lower left corner; `size`: height of its type.

    `first_word`: width of its first word in points. `aside`: it stands outside the text column. `marks`: its
    raised figures. `cells`: it is a row of a table, its cells separated by " | ".
    """

    text: str
    page: int
    left: float
    right: float
    base: float
    size: float
    first_word: float
    aside: bool = False
    marks: tuple[Mark, ...] = ()
    cells: bool = False


@dataclass(slots=True)
class _Piece:
    """A run of letters on one line without a wide gap."""

    left: float
    right: float
    base: float
    size: float
    letters: list[_Letter] = field(default_factory=list)

    @property
    def text(self) -> str:
        return _spelled(self.letters)[0]


@dataclass(frozen=True, slots=True)
class _Letter:
    char: str
    left: float
    right: float
    base: float
    size: float


def pdf_lines(content: bytes) -> list[PdfLine]:
    """The lines of a PDF given as bytes, page after page; raises `DamagedPdf`."""
    with _LOCK:
        try:
            document = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError as error:
            raise DamagedPdf(_reason(error)) from error
        try:
            pages = [_letters(document, number) for number in range(min(len(document), PAGE_LIMIT))]
        except pypdfium2.PdfiumError as error:
            raise DamagedPdf("a page of it cannot be opened") from error
        finally:
            document.close()
    return [line for number, letters in enumerate(pages) for line in _lines(letters, number)]


def _reason(error: Exception) -> str:
    return "it is locked with a password" if "assword" in str(error) else "it is a damaged PDF"


def _letters(document: pypdfium2.PdfDocument, number: int) -> list[_Letter]:
    """The letters of a page in the order of the file."""
    page = document[number]
    text = page.get_textpage()
    try:
        return _read_letters(text.raw, text.count_chars())
    finally:
        text.close()
        page.close()


def _read_letters(text: object, count: int) -> list[_Letter]:
    box = pdfium.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    found: list[_Letter] = []
    for index in range(count):
        code = pdfium.FPDFText_GetUnicode(text, index)
        char = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
        if not char or char in "\r\n\x00":
            continue
        if not pdfium.FPDFText_GetLooseCharBox(text, index, ctypes.byref(box)):
            continue
        pdfium.FPDFText_GetCharOrigin(text, index, ctypes.byref(x), ctypes.byref(y))
        size = box.top - box.bottom
        if size <= 0:
            if char.isspace() and found:
                last = found[-1]
                found.append(_Letter(" ", last.right, last.right, last.base, last.size))
            continue
        found.append(_Letter("-" if char in _HYPHENS else char, box.left, box.right, y.value, size))
    return found


def _lines(letters: Sequence[_Letter], page: int) -> list[PdfLine]:
    rows = _rows(_pieces(letters))
    column = _column(rows)
    main: list[PdfLine] = []
    beside: list[PdfLine] = []
    table: list[list[_Piece]] = []
    for row in rows:
        inside = [piece for piece in row if not _is_aside(piece, column)]
        for piece in row:
            if piece not in inside:
                (beside if piece.left >= column[1] else main).append(_line([piece], page, aside=True))
        if len(inside) > 1 and not _is_list_mark(inside[0].text):
            if not (table and _continues(table, inside)):
                table.append(inside)
            continue
        if inside and table and _continues(table, inside):
            continue
        main.extend(_table_lines(table, page))
        table = []
        if inside:
            main.append(_line(inside, page))
    main.extend(_table_lines(table, page))
    return [*beside, *main]


def _pieces(letters: Iterable[_Letter]) -> list[_Piece]:
    pieces: list[_Piece] = []
    for letter in letters:
        last = pieces[-1] if pieces else None
        if (
            last is not None
            and abs(letter.base - last.base) <= 0.6 * max(letter.size, last.size) * 0.8
            and -0.5 * last.size <= letter.left - last.right <= _COLUMN_GAP * last.size * 0.8
        ):
            last.letters.append(letter)
            last.right = max(last.right, letter.right)
            if letter.size > last.size * 1.1 and not letter.char.isspace():
                last.base, last.size = letter.base, letter.size
        elif not letter.char.isspace():
            pieces.append(_Piece(letter.left, letter.right, letter.base, letter.size, [letter]))
    return pieces


def _rows(pieces: list[_Piece]) -> list[list[_Piece]]:
    """Pieces on one height together, from the top and in a row from the left; adjoining ones become one."""
    rows: list[list[_Piece]] = []
    for piece in sorted(pieces, key=lambda piece: -piece.base):
        row = rows[-1] if rows else None
        if row and any(abs(other.base - piece.base) <= 0.4 * max(other.size, piece.size) for other in row):
            row.append(piece)
        else:
            rows.append([piece])
    return [_merged(sorted(row, key=lambda piece: piece.left)) for row in rows]


def _merged(row: list[_Piece]) -> list[_Piece]:
    result: list[_Piece] = []
    for piece in row:
        last = result[-1] if result else None
        if last is not None and piece.left - last.right <= _COLUMN_GAP * 0.8 * max(last.size, piece.size):
            last.letters.extend(piece.letters)
            last.right = max(last.right, piece.right)
            if piece.size > last.size * 1.1:
                last.base, last.size = piece.base, piece.size
        else:
            result.append(piece)
    return result


def _column(rows: list[list[_Piece]]) -> tuple[float, float]:
    """Left and right edge of the column of running text."""
    pieces = [piece for row in rows for piece in row]
    if not pieces:
        return (0.0, 0.0)
    widest = max(piece.right - piece.left for piece in pieces)
    wide = [piece for piece in pieces if piece.right - piece.left > 0.6 * widest]
    usual = Counter(round(piece.left / 4) for piece in wide).most_common(1)[0][0] * 4
    text = [piece for piece in wide if abs(piece.left - usual) < 80] or wide
    return (min(piece.left for piece in text) - 2, max(piece.right for piece in text) + 2)


def _is_aside(piece: _Piece, column: tuple[float, float]) -> bool:
    return piece.right <= column[0] or piece.left >= column[1]


def _is_list_mark(text: str) -> bool:
    text = text.strip()
    return text in set("-–•●▪◦*o·") or (len(text) <= 4 and text[-1:] in {".", ")"} and text[:-1].strip("(").isalnum())


def _continues(table: list[list[_Piece]], row: list[_Piece]) -> bool:
    """Add a row to the table's last one where its cells only go on there; whether it was."""
    last = table[-1]
    size = last[0].size
    if row[0].left < last[0].right and row[0].left < last[0].left + 0.5 * size:
        return False
    if min(piece.base for piece in last) - row[0].base > 1.6 * size or row[0].left < last[1].left - 0.5 * size:
        return False
    owners = [next((cell for cell in last if abs(cell.left - piece.left) < 0.6 * size), None) for piece in row]
    if any(owner is None for owner in owners):
        return False
    for owner, piece in zip(owners, row, strict=True):
        assert owner is not None
        end = owner.letters[-1]
        owner.letters.append(_Letter(" ", end.right, end.right, end.base, end.size))
        owner.letters.extend(piece.letters)
        owner.base = piece.base
    return True


def _table_lines(table: list[list[_Piece]], page: int) -> list[PdfLine]:
    """The rows of a table as lines; a single row of two pieces is a line with a wide gap."""
    return [_line(row, page, cells=len(table) > 1) for row in table]


def _line(pieces: list[_Piece], page: int, aside: bool = False, cells: bool = False) -> PdfLine:
    text = ""
    marks: list[Mark] = []
    for number, piece in enumerate(pieces):
        if number:
            text += " | " if cells else " "
        spelled, found = _spelled(piece.letters)
        marks.extend(Mark(mark.start + len(text), mark.end + len(text)) for mark in found)
        text += spelled
    first = pieces[0].letters
    stop = next((place for place, letter in enumerate(first) if letter.char.isspace()), len(first))
    size = max(piece.size for piece in pieces)
    return PdfLine(
        text=text,
        page=page,
        left=pieces[0].left,
        right=pieces[-1].right,
        base=pieces[0].base,
        size=size,
        first_word=first[max(stop - 1, 0)].right - first[0].left,
        aside=aside,
        marks=tuple(marks),
        cells=cells,
    )


def _spelled(letters: Sequence[_Letter]) -> tuple[str, list[Mark]]:
    """The text of letters with single spaces, and its runs of raised small figures."""
    usual = max(letter.size for letter in letters)
    chars: list[str] = []
    raised: list[bool] = []
    previous: _Letter | None = None
    for letter in letters:
        if letter.char.isspace():
            if chars and chars[-1] != " ":
                chars.append(" ")
                raised.append(False)
            continue
        if previous is not None and chars[-1] != " " and letter.left - previous.right > _WORD_GAP * usual:
            chars.append(" ")
            raised.append(False)
        chars.append(letter.char)
        raised.append(letter.size < 0.85 * usual)
        previous = letter
    while chars and chars[-1] == " ":
        chars.pop()
        raised.pop()
    return "".join(chars), _raised_figures(chars, raised)


def _raised_figures(chars: list[str], raised: list[bool]) -> list[Mark]:
    marks = []
    start: int | None = None
    for place in range(len(chars) + 1):
        small = place < len(chars) and raised[place] and chars[place] in "0123456789"
        if small and start is None:
            start = place
        elif not small and start is not None:
            marks.append(Mark(start, place))
            start = None
    return marks
