"""Conventions of the code, kept as tests: data flows one way, and only entry points print or read the environment."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("corpus", "index", "chatbot")
MAY_IMPORT = {"corpus": {"corpus"}, "index": {"index", "corpus"}, "chatbot": {"chatbot", "index", "corpus"}}
CORPUS_FOR_INDEX = {
    "corpus.records",
    "corpus.officials",
    "corpus.ministries",
    "corpus.passages",
    "corpus.sentences",
    "corpus.folding",
}
ENTRY_POINTS = {"chatbot/cli.py", "chatbot/commands.py", "chatbot/ui.py", "app.py"}
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).glob("*.py"))


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_package_imports_only_what_stands_before_it(path: Path) -> None:
    ours = {module for module in imports(path) if module.split(".")[0] in (*PACKAGES, "app")}
    package = path.parent.name
    assert {module for module in ours if module.split(".")[0] not in MAY_IMPORT[package]} == set()


@pytest.mark.parametrize("path", [path for path in MODULES if path.parent.name == "index"], ids=name)
def test_the_index_knows_the_words_of_the_corpus_but_no_file_formats(path: Path) -> None:
    modules = {".".join(module.split(".")[:2]) for module in imports(path) if module.startswith("corpus.")}
    assert modules - CORPUS_FOR_INDEX == set()


@pytest.mark.parametrize("path", sorted((ROOT / package / "__init__.py") for package in PACKAGES), ids=name)
def test_a_package_starts_without_loading_its_modules(path: Path) -> None:
    assert list(imports(path)) == []


@pytest.mark.parametrize("path", [path for path in MODULES if name(path) not in ENTRY_POINTS], ids=name)
def test_only_entry_points_print_exit_or_read_the_environment(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    called = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    read = {
        f"{node.value.id}.{node.attr}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    }
    assert called & {"print", "exit", "input"} == set()
    assert read & {"sys.exit", "sys.argv", "os.getenv"} == set()


def test_nothing_is_loaded_that_could_run_code_of_a_data_file() -> None:
    loaders = re.compile(r"\bimport pickle\b|\bpickle\.load|\bjoblib\b|allow_pickle=True|allow_dangerous|torch\.load\(")
    found = [name(path) for path in MODULES if loaders.search(path.read_text(encoding="utf-8"))]
    assert found == []
