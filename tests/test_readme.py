"""The README's commands work as printed, in its order, from the example papers on."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BLOCKS = re.findall(r"```sh\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
COMMANDS = [line for block in BLOCKS for line in block.splitlines()]
OURS = [shlex.split(line)[1:] for line in COMMANDS if line.startswith(".venv/bin/kamerantwoord ")]
ENDING = [command for command in OURS if command[0] != "serve"]
SERVING = [command for command in OURS if command[0] == "serve"]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that looks like a clone: the example papers, the questions over them and an article."""
    folder = tmp_path_factory.mktemp("clone")
    (folder / "data").mkdir()
    for name in ("corpus", "docs", "tests"):
        (folder / name).symlink_to(ROOT / name)
    return folder


def program(command: list[str]) -> list[str]:
    return [sys.executable, "-m", "chatbot.cli", *command]


def test_every_command_is_one_that_is_tried_here_or_a_target_of_make() -> None:
    made = {"make run", "make test"}
    assert {line for line in COMMANDS if not line.startswith(".venv/bin/kamerantwoord ")} == made
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert all(re.search(rf"^{line.split()[1]}:", makefile, re.MULTILINE) for line in made)
    assert len(ENDING) >= 7
    assert len(SERVING) == 1


@pytest.mark.parametrize("command", ENDING, ids=" ".join)
def test_a_command_of_the_readme_succeeds(place: Path, command: list[str]) -> None:
    run = subprocess.run(program(command), cwd=place, capture_output=True, text=True, timeout=240, check=False)
    assert run.returncode == 0, run.stderr
    assert "Traceback" not in run.stderr
    if "--out" in command:
        assert (place / "data" / "answers.jsonl").read_text(encoding="utf-8").count("\n") == 60
    else:
        assert run.stdout.strip()


def test_the_window_of_the_readme_opens_and_stops_cleanly(place: Path) -> None:
    (command,) = SERVING
    command = [*command[: command.index("--port") + 1], "0"]
    import socket

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        command[-1] = str(free.getsockname()[1])
    address = f"http://127.0.0.1:{command[-1]}"
    with subprocess.Popen(program(command), cwd=place, stderr=subprocess.PIPE, text=True) as server:
        try:
            page = _opened(address)
        finally:
            server.send_signal(2)
            message = server.communicate(timeout=30)[1]
    assert "Kamerantwoord" in page
    assert address in message
    assert "Traceback" not in message
    assert server.returncode == 0


def _opened(address: str) -> str:
    for _ in range(120):
        try:
            with urllib.request.urlopen(address, timeout=5) as reply:
                return str(reply.read().decode())
        except OSError:
            time.sleep(0.5)
    raise AssertionError(f"{address} did not open")
