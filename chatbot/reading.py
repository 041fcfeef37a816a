"""Files read for the index one after another, with an account of what became of each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from corpus.errors import UnreadablePaper
from corpus.parallel import read_many
from corpus.records import Paper, PaperKind
from index.processors import processors


@dataclass(slots=True)
class Reading:
    """What became of the files that were read, by name: papers and the reasons for those left out.

    `prose`: identifiers of the papers that are no parliamentary papers.
    """

    read: dict[str, str] = field(default_factory=dict)
    skipped: dict[str, str] = field(default_factory=dict)
    prose: list[str] = field(default_factory=list)

    def papers(self, files: Sequence[Path], progress: Callable[[str, int, int], None]) -> Iterator[Paper]:
        """All papers of the files, noted here as they come; a file that cannot be read stops no other."""
        for number, (file, papers) in enumerate(read_many(files, processors()), 1):
            for found in papers:
                if isinstance(found, UnreadablePaper):
                    self._skip(str(file), found.reason)
                else:
                    self._take(str(file), found)
                    yield found
            progress("reading", number, len(files))

    def _take(self, file: str, paper: Paper) -> None:
        """Note a paper that was read; the second and further ones of a file go by their identifiers."""
        self.read[file if file not in self.read else f"{file}#{paper.id}"] = paper.id
        if paper.kind is PaperKind.OTHER:
            self.prose.append(paper.id)

    def _skip(self, file: str, reason: str) -> None:
        """Note why a file, or a part of it, was left out."""
        self.skipped[file] = f"{self.skipped[file]}; {reason}" if file in self.skipped else reason
