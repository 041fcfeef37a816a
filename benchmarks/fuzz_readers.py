"""Damage papers of every format at random and read them: nothing but a refusal in one line may come of it.

    python benchmarks/fuzz_readers.py FOLDER [MINUTES]

FOLDER holds papers of any format. Prints how many damaged files were read, refused, and (never, it should be) crashed
on, and the slowest of them; a crash is saved beside the message that names its seed.
"""

import random
import sys
import time
import traceback
import zipfile
from collections import Counter
from io import BytesIO
from pathlib import Path

from corpus.errors import UnreadablePaper
from corpus.passages import cut
from corpus.readers import find_files, read_all_bytes

SPLICES = (
    b"<",
    b">",
    b"\n",
    b"\x00",
    b"\xff",
    b"Vraag 1\n",
    b"Antwoord 1 t/m 999\n",
    b"</al>",
    b"{",
    b'"',
    b"1",
    b"(",
    b"|",
)


def damaged(content: bytes, other: bytes, chance: random.Random) -> bytes:
    """A file with a few of its bytes changed, cut, doubled or mixed with those of another."""
    data = bytearray(content)
    for _ in range(chance.choice((1, 2, 5, 20))):
        start = chance.randrange(len(data) + 1)
        end = min(len(data), start + chance.choice((1, 4, 50, 2_000)))
        match chance.randrange(6):
            case 0:
                del data[start:end]
            case 1:
                data[start:end] = chance.randbytes(end - start)
            case 2:
                data[start:start] = chance.choice(SPLICES) * chance.choice((1, 1, 3, 200))
            case 3:
                data[start:start] = data[start:end]
            case 4:
                place = chance.randrange(len(other) + 1)
                data[start:end] = other[place : place + end - start]
            case 5:
                del data[start:]
    return bytes(data)


def damaged_zip(content: bytes, chance: random.Random) -> bytes:
    """A DOCX of which one part is damaged, so that the damage is not found by its checksum."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as source, zipfile.ZipFile(out, "w") as target:
        chosen = chance.choice(source.namelist())
        for name in source.namelist():
            part = source.read(name)
            target.writestr(name, damaged(part, part, chance) if name == chosen or "document" in name else part)
    return out.getvalue()


def main(folder: Path, minutes: float) -> int:
    """Fuzz for some minutes; the number of crashes."""
    contents = {file.name: file.read_bytes() for file in find_files([folder])}
    names = sorted(contents)
    outcomes: Counter[str] = Counter()
    slowest = (0.0, "")
    end = time.monotonic() + minutes * 60
    seed = 0
    while time.monotonic() < end:
        seed += 1
        chance = random.Random(seed)
        name, other = chance.choice(names), chance.choice(names)
        content = contents[name]
        if content.startswith(b"PK") and chance.random() < 0.8:
            content = damaged_zip(content, chance)
        else:
            content = damaged(content, contents[other], chance)
        start = time.perf_counter()
        try:
            for found in read_all_bytes(content, name):
                if isinstance(found, UnreadablePaper):
                    outcomes["refused"] += 1
                    assert "\n" not in str(found)
                else:
                    outcomes["read"] += 1
                    for passage in cut(found):
                        exchange = found.exchanges[passage.exchange]
                        side = exchange.answer if passage.part.value == "antwoord" else exchange.question
                        assert side[passage.start : passage.end] == passage.text
        except Exception:
            outcomes["crashed"] += 1
            print(f"seed {seed}, {name} with {other}:\n{traceback.format_exc()}")
        slowest = max(slowest, (time.perf_counter() - start, f"{name}, seed {seed}"))
    print(f"{seed} damaged files: {dict(outcomes)}; slowest {slowest[0]:.2f} s ({slowest[1]})")
    return outcomes["crashed"]


if __name__ == "__main__":
    sys.exit(min(main(Path(sys.argv[1]), float(sys.argv[2]) if len(sys.argv) > 2 else 1.0), 1))
