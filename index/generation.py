"""Generations: complete sets of search files, of which CURRENT names the one in use.

    papers.sqlite           the truth, see `index.store`
    generations/7/          one generation: manifest.json, vectors.faiss, passages.npy, words/
    CURRENT                 the number of the generation in use

A generation is written beside the others and switched to by renaming CURRENT into place.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from index.errors import IndexMissing, IndexUnusable

FORMAT = 2
STORE = "papers.sqlite"
CURRENT = "CURRENT"
GENERATIONS = "generations"
MANIFEST = "manifest.json"
VECTORS = "vectors.faiss"
PASSAGES = "passages.npy"
WORDS = "words"

REBUILD = "run `kamerantwoord ingest --rebuild`"


@dataclass(frozen=True, slots=True)
class FileMark:
    """Size in bytes and SHA-256 of a file, by which damage is seen."""

    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation says of itself. `written`: UTC, ISO 8601.

    `kind`: how vectors are searched, and `probes`: in how many lists, see `index.dense`. `passages` can be
    found; `gone` more places are empty. `senses`: whether the store has the words of all of them, see `index.senses`.
    """

    format: int
    generation: int
    model: str
    dimension: int
    kind: str
    probes: int
    papers: int
    passages: int
    gone: int
    written: str
    files: dict[str, FileMark]
    senses: bool = False


def current(directory: Path) -> int | None:
    """The number of the generation in use; None when there is none yet. Raises IndexUnusable."""
    try:
        text = (directory / CURRENT).read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise IndexUnusable(f"{directory / CURRENT} cannot be read ({error}); {REBUILD}") from error
    if not text.isdigit():
        raise IndexUnusable(f"{directory / CURRENT} holds {text[:20]!r} and not a number; {REBUILD}")
    return int(text)


def folder(directory: Path, generation: int) -> Path:
    """Where a generation stands."""
    return directory / GENERATIONS / str(generation)


def open_manifest(directory: Path) -> Manifest:
    """The manifest of the generation in use, all its files compared with it.

    Raises IndexMissing when nothing was ingested, IndexUnusable when files are missing or altered or of
    another format.
    """
    number = current(directory)
    if number is None:
        if (directory / STORE).exists():
            raise IndexUnusable(f"the index in {directory} was not finished; {REBUILD}")
        raise IndexMissing(f"there is no index in {directory}; run `kamerantwoord ingest PATH...` first")
    if not (directory / STORE).is_file():
        raise IndexUnusable(
            f"{directory / STORE} is missing; put it back from a backup, or empty {directory} and run "
            f"`kamerantwoord ingest PATH...` on the papers again"
        )
    place = folder(directory, number)
    try:
        content = json.loads((place / MANIFEST).read_text(encoding="utf-8"))
        if content["format"] != FORMAT:
            raise IndexUnusable(
                f"{place} has format {content['format']}, and this version reads format {FORMAT}; {REBUILD}"
            )
        files = {name: FileMark(**mark) for name, mark in content["files"].items()}
        manifest = Manifest(**{**content, "files": files})
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise IndexUnusable(f"{place / MANIFEST} is missing or damaged ({error}); {REBUILD}") from error
    for name, mark in manifest.files.items():
        if _mark(place / name) != mark:
            raise IndexUnusable(f"{place / name} is missing or was altered; {REBUILD}")
    return manifest


def seal(place: Path, manifest: Manifest) -> None:
    """Write a generation's manifest, with all files beside it, and see to it that all is on the disk."""
    marks = {file.relative_to(place).as_posix(): _mark(file) for file in sorted(_files(place))}
    content = {**asdict(manifest), "files": {name: asdict(mark) for name, mark in marks.items() if mark}}
    (place / MANIFEST).write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    for file in _files(place):
        _flush(file)
    for directory in (place / WORDS, place, place.parent):
        _flush(directory)


def switch(directory: Path, generation: int) -> None:
    """Make a sealed generation the one in use, in one rename, and delete the others.

    Readers that have files of another one open keep them until they close them.
    """
    scratch = directory / f".{CURRENT}"
    scratch.write_text(f"{generation}\n", encoding="ascii")
    _flush(scratch)
    os.replace(scratch, directory / CURRENT)
    _flush(directory)
    for other in (directory / GENERATIONS).iterdir():
        if other.name != str(generation):
            shutil.rmtree(other, ignore_errors=True)


def _files(place: Path) -> Iterator[Path]:
    return (file for file in place.rglob("*") if file.is_file())


def _mark(file: Path) -> FileMark | None:
    try:
        with file.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
            return FileMark(os.fstat(stream.fileno()).st_size, digest)
    except OSError:
        return None


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
