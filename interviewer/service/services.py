"""All use cases of one service, as the API is handed them."""

from dataclasses import dataclass

from interviewer.service.health import Health
from interviewer.service.history import History
from interviewer.service.practice import Practice
from interviewer.service.questions import Questions
from interviewer.service.running import Running
from interviewer.service.warm_ups import WarmUps
from interviewer.service.watching import Watching


@dataclass(frozen=True)
class Services:
    """Built once in `bootstrap`; tests build it from fakes."""

    running: Running
    practice: Practice
    watching: Watching
    questions: Questions
    history: History
    warm_ups: WarmUps
    health: Health
    allowed_hosts: tuple[str, ...]
