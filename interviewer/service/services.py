"""All use cases of one service, as the API is handed them."""

from dataclasses import dataclass
from typing import Literal

from interviewer.domain.base import Model
from interviewer.service.accounts import Accounts
from interviewer.service.appeals import Appeals
from interviewer.service.authoring import Authoring
from interviewer.service.batches import Batches
from interviewer.service.disclosing import Disclosing
from interviewer.service.figures import Figures
from interviewer.service.health import Health
from interviewer.service.history import History
from interviewer.service.interviews import Interviews
from interviewer.service.outlines import Outlines
from interviewer.service.portability import Portability
from interviewer.service.practice import Practice
from interviewer.service.progress import Progress
from interviewer.service.questions import Questions
from interviewer.service.running import Running
from interviewer.service.warm_ups import WarmUps
from interviewer.service.watching import Watching


class Facts(Model):
    """What callers may know of the settings."""

    auth: Literal["none", "keys", "oidc"]
    max_answer_tokens: int
    budget_usd_per_day: float | None
    requests_of_a_caller: int | None
    """Requests that one caller may send in a minute; null for no limit."""


@dataclass(frozen=True)
class Services:
    """Built once in `bootstrap`; tests build it from fakes."""

    running: Running
    practice: Practice
    batches: Batches
    appeals: Appeals
    authoring: Authoring
    outlines: Outlines
    watching: Watching
    questions: Questions
    history: History
    warm_ups: WarmUps
    progress: Progress
    interviews: Interviews
    figures: Figures
    health: Health
    disclosing: Disclosing
    accounts: Accounts
    portability: Portability
    facts: Facts
    allowed_hosts: tuple[str, ...]
