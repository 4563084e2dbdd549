"""Reads YAML so that every fault can be told with its line.

Aliases and deep nesting are refused before anything is built: files may come from strangers, and
both are how small YAML files grow into large ones.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, TypeAdapter, ValidationError

from interviewer.errors import Fault

MAX_CHARACTERS = 200_000
"""Ten times the longest question file of ours."""
MAX_DEPTH = 12
"""Question files nest seven deep."""

Key = str | int
M = TypeVar("M", bound=BaseModel)
T = TypeVar("T")


class Document:
    """A parsed YAML file: its content, and the line of every key path."""

    def __init__(self, path: Path, text: str) -> None:
        """Parse. Raises: Faulty when the text is no YAML that we accept."""
        self.path = path
        _refuse_bombs(path, text)
        loader = yaml.CSafeLoader(text)
        try:
            self._node = loader.get_single_node()
            repeated = list(_repeated_keys(path, self._node)) if self._node else []
            self.content: object = _construct(loader, self._node) if self._node else None
        except yaml.YAMLError as error:
            raise Faulty([_syntax_fault(path, error)]) from None
        finally:
            loader.dispose()
        if repeated:
            raise Faulty(repeated)

    def line(self, keys: tuple[Key, ...]) -> int:
        """Return the line (from 1) of the deepest part of this key path that stands in the file."""
        node: yaml.Node | None = self._node
        line = 1
        for key in keys:
            found = _child(node, key)
            if found is None:
                break
            node, line = found
        return line

    def validate(self, kind: type[M]) -> M:
        """Return the content as a domain type. Raises: Faulty with every fault in it."""
        return self._validate(TypeAdapter(kind))

    def validate_list(self, kind: type[M]) -> list[M]:
        """Return the content as a list of a domain type. Raises: Faulty."""
        return self._validate(TypeAdapter(list[kind]))  # pyright: ignore[reportInvalidTypeForm] - a type made at run time

    def _validate(self, adapter: TypeAdapter[T]) -> T:
        try:
            return adapter.validate_python(self.content)
        except ValidationError as error:
            raise Faulty(
                [self._fault(each["loc"], each["msg"]) for each in error.errors()]
            ) from None

    def fault(self, keys: tuple[Key, ...], message: str) -> Fault:
        """Return a fault at a key path of this file."""
        return Fault(path=self.path, line=self.line(keys), where=dotted(keys), message=message)

    def _fault(self, keys: tuple[Key, ...], message: str) -> Fault:
        return self.fault(keys, message.removeprefix("Value error, "))


class Faulty(Exception):
    """Carries the faults of one file to whoever collects those of all files."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = faults


def read_document(path: Path) -> Document:
    """Read one file. Raises: Faulty when it cannot be read or is no YAML that we accept."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise Faulty([Fault(path, 0, "", "is not UTF-8 text; save it as UTF-8")]) from None
    except OSError as error:
        raise Faulty([Fault(path, 0, "", f"cannot be read: {error.strerror}")]) from None
    return Document(path, text)


def dotted(keys: tuple[Key, ...]) -> str:
    """Return a key path as people write it: `rubric.dimensions[0].id`."""
    words = "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in keys)
    return words.removeprefix(".")


def _construct(loader: yaml.CSafeLoader, node: yaml.Node) -> object:
    return loader.construct_document(node)  # pyright: ignore[reportUnknownMemberType] - untyped stub


def _child(node: yaml.Node | None, key: Key) -> tuple[yaml.Node, int] | None:
    if isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
        child: yaml.Node = node.value[key]
        return child, child.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        pairs: list[tuple[yaml.Node, yaml.Node]] = node.value
        for name, child in pairs:
            if name.value == str(key):
                return child, name.start_mark.line + 1
    return None


def _repeated_keys(path: Path, node: yaml.Node) -> Iterator[Fault]:
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        pairs: list[tuple[yaml.Node, yaml.Node]] = node.value
        for name, child in pairs:
            word = str(name.value)
            if word in seen:
                line = name.start_mark.line + 1
                yield Fault(path, line, word, "stands twice; keep one of them")
            seen.add(word)
            yield from _repeated_keys(path, child)
    elif isinstance(node, yaml.SequenceNode):
        children: list[yaml.Node] = node.value
        for child in children:
            yield from _repeated_keys(path, child)


def _refuse_bombs(path: Path, text: str) -> None:
    if len(text) > MAX_CHARACTERS:
        message = f"is longer than {MAX_CHARACTERS:,} characters; split it into several questions"
        raise Faulty([Fault(path, 0, "", message)])
    depth = 0
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            line = event.start_mark.line + 1 if event.start_mark else 0
            if isinstance(event, yaml.AliasEvent):
                raise Faulty([Fault(path, line, "", "uses a YAML alias; write the text out")])
            if depth > MAX_DEPTH:
                raise Faulty([Fault(path, line, "", f"nests deeper than {MAX_DEPTH} levels")])
    except yaml.YAMLError as error:
        raise Faulty([_syntax_fault(path, error)]) from None


def _syntax_fault(path: Path, error: yaml.YAMLError) -> Fault:
    if isinstance(error, yaml.MarkedYAMLError):
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        return Fault(path, line, "", f"is not valid YAML: {error.problem}")
    return Fault(path, 0, "", f"is not valid YAML: {str(error).splitlines()[0]}")
