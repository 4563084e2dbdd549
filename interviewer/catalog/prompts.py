"""Loads the prompt files: each must use exactly the variables that the code supplies."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from string import Template

from interviewer.errors import Fault, FaultyFiles

VARIABLES: Mapping[str, frozenset[str]] = {
    "grade-dimension": frozenset(),
    "grade-answer": frozenset(),
    "grade-quotes": frozenset(),
    "sheet": frozenset({"question", "reference", "fence", "answer", "claims"}),
    "repair": frozenset({"trouble"}),
    "appeal": frozenset({"sentences"}),
    "follow-up": frozenset({"question", "fence", "answer", "point", "asked"}),
    "clarification": frozenset({"question", "facts", "fence", "asked"}),
    "outline": frozenset({"question", "fence", "answer", "points"}),
}
"""The prompts, and the variables of each."""


class Prompts:
    """All prompts, loaded and checked. Raises: FaultyFiles, with every fault."""

    def __init__(self, folder: Path) -> None:
        faults: list[Fault] = []
        self._texts: dict[str, str] = {}
        self._templates: dict[str, Template] = {}
        for name, variables in VARIABLES.items():
            path = folder / f"{name}.md"
            if not path.is_file():
                faults.append(Fault(path, 0, "", "this prompt is missing; restore the file"))
                continue
            self._texts[name] = path.read_text(encoding="utf-8").strip()
            self._templates[name] = Template(self._texts[name])
            faults += _faults(path, self._texts[name], variables)
        known = {f"{name}.md" for name in VARIABLES}
        faults += [
            Fault(path, 0, "", "no code uses this prompt; delete the file")
            for path in sorted(folder.glob("*.md"))
            if path.name not in known
        ]
        if faults:
            raise FaultyFiles(tuple(faults))

    def render(self, name: str, **values: str) -> str:
        """Return the prompt with its variables filled in; values are never expanded again."""
        return self._templates[name].substitute(values)

    def digest(self, *names: str, also: str = "") -> str:
        """Return 16 hex digits over the texts of these prompts and another (SHA-256, cut)."""
        text = "\0".join((*(self._texts[name] for name in names), also))
        return hashlib.sha256(text.encode()).hexdigest()[:16]


def _faults(path: Path, text: str, variables: frozenset[str]) -> list[Fault]:
    template = Template(text)
    if not text:
        return [Fault(path, 0, "", "this prompt is empty; restore its text")]
    if not template.is_valid():
        return [Fault(path, 0, "", "a `$` stands without a variable's name; write `$$`")]
    used = frozenset(template.get_identifiers())
    faults = [
        Fault(path, _line(text, name), f"${name}", "no code supplies this variable; remove it")
        for name in sorted(used - variables)
    ]
    faults += [
        Fault(path, 0, f"${name}", "this variable is not used; add it where it belongs")
        for name in sorted(variables - used)
    ]
    return faults


def _line(text: str, name: str) -> int:
    before = text.partition(f"${name}")[0]
    return before.count("\n") + 1
