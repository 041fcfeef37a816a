"""The files for a container and for systemd name options, paths and variables that the program has."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from dataclasses import fields
from pathlib import Path

import pytest
import yaml

from chatbot.cli import build_parser
from chatbot.settings import PREFIX, Settings, load

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
NAMES = {PREFIX + item.name.upper() for item in fields(Settings)}
DOCKERFILE = (DEPLOY / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")


def test_the_image_copies_what_is_there_and_starts_a_command_of_the_program() -> None:
    copied = [name for line in re.findall(r"^COPY (?!--)(.+) \S+$", DOCKERFILE, re.MULTILINE) for name in line.split()]
    assert [name for name in copied if not (ROOT / name).exists()] == []
    assert {"corpus", "index", "chatbot", "app.py", "constraints.txt"} <= set(copied)
    command = re.findall(r'^CMD \["(.+)"\]$', DOCKERFILE, re.MULTILINE)
    assert build_parser().parse_args(command).command == "serve"
    assert "USER 10001" in DOCKERFILE


@pytest.mark.parametrize("file", ["Dockerfile", "compose.yaml", "kamerantwoord.service"])
def test_every_variable_is_a_setting_with_a_value_that_it_takes(file: str) -> None:
    text = (DEPLOY / file).read_text(encoding="utf-8")
    found = dict(re.findall(rf"\b({PREFIX}\w+)[=:] ?(\S+)", text))
    assert set(found) <= NAMES
    assert found
    load(found, {})


def test_the_composition_builds_this_image_and_is_reached_by_this_machine_alone() -> None:
    composition = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    service = composition["services"]["kamerantwoord"]
    assert (DEPLOY / service["build"]["context"] / service["build"]["dockerfile"]).resolve() == DEPLOY / "Dockerfile"
    assert service["ports"] == ["127.0.0.1:7860:7860"]
    assert {volume.split(":")[0] for volume in service["volumes"]} & set(composition["volumes"]) == {"data"}
    assert set(service["secrets"]) == set(composition["secrets"])


def test_the_unit_starts_a_command_of_the_program() -> None:
    unit = (DEPLOY / "kamerantwoord.service").read_text(encoding="utf-8")
    (started,) = re.findall(r"^ExecStart=(.+)$", unit, re.MULTILINE)
    program, *command = shlex.split(started)
    assert Path(program).name == "kamerantwoord"
    assert build_parser().parse_args(command).command == "serve"


def test_systemd_finds_nothing_wrong_with_the_unit(tmp_path: Path) -> None:
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        pytest.skip("systemd-analyze is not installed here")
    unit = (DEPLOY / "kamerantwoord.service").read_text(encoding="utf-8")
    here = tmp_path / "kamerantwoord.service"
    here.write_text(unit.replace("/opt/kamerantwoord/bin/kamerantwoord", "/bin/true"), encoding="utf-8")
    run = subprocess.run([analyze, "verify", here], capture_output=True, text=True, timeout=60, check=False)
    assert [line for line in run.stderr.splitlines() if "kamerantwoord.service" in line] == []
