"""Opens the candidate's own editor on a file that outlives the editor and this process."""

import shlex
import shutil
import signal
import subprocess
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import NamedTuple

from interviewer.errors import AnswerRejected, InputError, SetupError

CUT = "------ your answer ends here; nothing below this line is handed in ------"
LOOK_SECONDS = 1.0
"""How often the file is looked at while the editor is open."""

Watch = Callable[[str], None]
"""Takes what stands in the file each time it was saved in the editor."""


class Kept(NamedTuple):
    """What an earlier sitting left in a file."""

    text: str
    saved_at: datetime


class Editor:
    """Writes answers into files of one folder, `<name>.md` each."""

    def __init__(self, command: Sequence[str], folder: Path) -> None:
        self._command = tuple(command)
        self._folder = folder

    @classmethod
    def of(cls, environment: Mapping[str, str], folder: Path) -> "Editor":
        """Return the editor that VISUAL or EDITOR names. Raises: SetupError."""
        named = environment.get("VISUAL", "").strip() or environment.get("EDITOR", "").strip()
        if not named:
            raise SetupError(
                "There is no editor to write in; set EDITOR to yours, such as EDITOR=nano."
            )
        try:
            command = shlex.split(named)
        except ValueError:
            raise SetupError(f"EDITOR is {named!r}, which has an open quote; mend it.") from None
        if shutil.which(command[0]) is None:
            raise SetupError(
                f"The editor {command[0]!r} cannot be found; set EDITOR to one that is installed."
            )
        return cls(command, folder)

    def path(self, name: str) -> Path:
        """Return the file of a draft."""
        return self._folder / f"{name}.md"

    def kept(self, name: str) -> Kept | None:
        """Return the draft that is there. Raises: AnswerRejected when it is not text."""
        path = self.path(name)
        try:
            return Kept(_read(path), datetime.fromtimestamp(path.stat().st_mtime, UTC))
        except FileNotFoundError:
            return None

    def write(self, name: str, text: str, below: str, watch: Watch) -> str:
        """Return what the candidate made of `text`; `below` is shown under it, for reading.

        Raises: AnswerRejected when the file is not text; InputError when the editor failed or
            the file cannot be written. What was saved stays in the file either way.
        """
        path = self.path(name)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"{text}\n\n{CUT}\n\n{below}\n", encoding="utf-8")
        except OSError as error:
            raise InputError(f"{str(path)!r} cannot be written: {error.strerror}.") from None
        code = self._open(path, watch)
        if code:
            raise InputError(
                f"The editor {self._command[0]!r} ended with code {code}; what was saved is in "
                f"{path}."
            )
        return _read(path)

    def forget(self, name: str) -> None:
        """Drop the file of an answer that the service holds."""
        self.path(name).unlink(missing_ok=True)

    def _open(self, path: Path, watch: Watch) -> int:
        seen = path.stat().st_mtime_ns
        with _ctrl_c_is_the_editors(), subprocess.Popen([*self._command, str(path)]) as process:
            while True:
                try:
                    return process.wait(LOOK_SECONDS)
                except subprocess.TimeoutExpired:
                    seen = _look(path, seen, watch)


def _look(path: Path, seen: int, watch: Watch) -> int:
    """Hand over what was saved since; an editor may be half-way through saving."""
    try:
        now = path.stat().st_mtime_ns
        if now != seen:
            watch(_read(path))
    except (FileNotFoundError, AnswerRejected):
        return seen
    return now


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").partition(CUT)[0].strip()
    except UnicodeDecodeError:
        raise AnswerRejected(f"{path} is not UTF-8 text; save it as such and try again.") from None


@contextmanager
def _ctrl_c_is_the_editors() -> Generator[None]:
    """Leave Ctrl-C to the editor; a handler of ours is not inherited, as ignoring would be."""

    def pass_on(number: int, frame: FrameType | None) -> None:
        """Do nothing: the editor is in the same terminal and gets the signal itself."""

    before = signal.signal(signal.SIGINT, pass_on)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
