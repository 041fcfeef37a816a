"""Bytes to text: UTF-8, UTF-16 with its mark, or the Windows encoding where that is clearly what it is."""

from __future__ import annotations

from corpus.errors import UnreadablePaper

_USUAL = frozenset("éëèêïîöôüûáàäâçóòíúñÉËÖÜ€’‘“”«»–…°§´")


def decoded(content: bytes, name: str) -> str:
    """The text of a file, line ends as line feeds; raises `UnreadablePaper` where it is none.

    `name`: of the file, for the message.
    """
    text = _decoded(content, name)
    if "\x00" in text:
        raise UnreadablePaper(name, "it holds binary data", "leave it out, or check that it is the right file")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")


def _decoded(content: bytes, name: str) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return content.decode("utf-16")
        except UnicodeDecodeError:
            pass
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        text = _windows_text(content)
        if not text:
            raise UnreadablePaper(
                name, f"it is no valid UTF-8 (byte {error.start})", "save it as UTF-8 and try again"
            ) from error
        return text


def _windows_text(content: bytes) -> str:
    """The text in the Windows encoding, where that is clearly what it is; "" otherwise."""
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError:
        return ""
    special = [char for char in text if ord(char) > 127]
    usual = sum(char in _USUAL for char in special)
    printable = all(char.isprintable() or char in "\n\r\t\f" for char in text)
    mojibake = "Ã" in text or "â€" in text
    return text if printable and not mojibake and usual == len(special) else ""
