"""Papers as bytes and back, whole: JSON, compressed. Nothing in it can run."""

from __future__ import annotations

import json
import zlib
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from corpus.records import Paper


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)


def encode(paper: Paper) -> bytes:
    """The whole paper; equal papers give equal bytes."""
    text = json.dumps(paper, default=_plain, separators=(",", ":"))
    return zlib.compress(text.encode("ascii"), level=6)


def _plain(value: Any) -> Any:
    """What JSON has for a record (its fields), an enum or a date."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    kind: Any = type(value)
    return {name: getattr(value, name) for name in _names(kind)}


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def decode(content: bytes) -> Paper:
    """The paper that `encode` was given."""
    paper: Paper = _restore(Paper, json.loads(zlib.decompress(content)))
    return paper


def _restore(kind: Any, value: Any) -> Any:
    """A value out of JSON as the annotated type says: records, tuples of one type, enums, dates, optional ones."""
    if value is None:
        return None
    if isinstance(kind, UnionType):
        return _restore(next(choice for choice in get_args(kind) if choice is not type(None)), value)
    if get_origin(kind) is tuple:
        return tuple(_restore(get_args(kind)[0], item) for item in value)
    if is_dataclass(kind):
        hints = _hints(kind)  # type: ignore[arg-type]
        # A record written before a field existed gets that field's default.
        known = {field.name for field in fields(kind)} & value.keys()
        return kind(**{name: _restore(hints[name], value[name]) for name in known})  # type: ignore[operator]
    if kind is date:
        return date.fromisoformat(value)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(value)
    return value
