"""Rules of the house that no linter knows."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = sorted([*ROOT.glob("interviewer/**/*.py"), *ROOT.glob("ui/**/*.py")])
LONGEST_MODULE = 300
LONGEST_TEXT = 400
"""Characters: prompts and pages are files; a sentence for the user fits."""


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_a_module_fits_in_the_head(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_no_long_prose_stands_in_code(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    below_fields = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    long = [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and len(node.value) > LONGEST_TEXT
        and ". " in node.value
        and id(node) not in docstrings | below_fields
    ]
    assert long == []


def test_no_module_is_named_for_having_no_name() -> None:
    nameless = {"utils", "util", "common", "helpers", "misc", "base_utils"}
    assert [named(path) for path in MODULES if path.stem in nameless] == []
