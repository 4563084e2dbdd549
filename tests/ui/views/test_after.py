"""The outline of one's own answer is written on request only, where the answer went already."""

import httpx2
from streamlit.testing.v1 import AppTest

from interviewer.client import Client
from interviewer.domain.grading import GraderKind, Grading, Usage
from interviewer.wire import (
    About,
    GraderState,
    Problem,
    QuestionDetail,
    Solution,
    StrongerOutline,
)
from tests.domain.questions import SMALL
from tests.ui.gradings import grading
from tests.ui.markup.test_report import DETAIL

WRITE = "write-outline"


class Service:
    """Answers what the expander asks, and records it."""

    def __init__(self, *, consented: bool = True, fails: bool = False) -> None:
        self.asked: list[str] = []
        self._consented = consented
        self._fails = fails

    @property
    def client(self) -> Client:
        transport = httpx2.MockTransport(self._answer)
        return Client(http=httpx2.Client(transport=transport, base_url="http://service"))

    def _answer(self, request: httpx2.Request) -> httpx2.Response:
        self.asked.append(request.url.path)
        if request.url.path == "/v1/about":
            return httpx2.Response(200, content=about(self._consented).model_dump_json())
        if self._fails:
            problem = Problem(
                type="urn:interviewer:problem:grader",
                title="The grader is in trouble",
                status=503,
                detail="The model's server refused the key.",
                instance=None,
                errors=(),
            )
            return httpx2.Response(503, content=problem.model_dump_json())
        return httpx2.Response(200, content=OUTLINE.model_dump_json())


OUTLINE = StrongerOutline(
    grader=GraderKind.LLM,
    model="judge-1",
    outline=("Put a <b>cache</b> first.",),
    usage=Usage(calls=1, cost_usd=0.002),
)


def about(consented: bool) -> About:
    grader = GraderState(
        kind=GraderKind.LLM,
        model="judge-1",
        server="models.example",
        leaves_machine=True,
        consented=consented,
        budget_usd_per_day=None,
        spent_today_usd=0,
    )
    return About(version="1", auth="none", max_answer_tokens=4000, grader=grader)


QUESTION = DETAIL.model_copy(
    update={
        "solution": Solution(
            digest=SMALL.digest,
            rubric=SMALL.rubric,
            misconceptions=(),
            reference_answer="A reference <i>answer</i>.",
            clarifications=(),
            anchors=(),
        )
    }
)


def page(client: "Client", question: "QuestionDetail", graded: "Grading") -> None:
    """Draw the expander; only the body of this function is run, in a module of its own."""
    from ui.views.after import show_outline

    show_outline(client, question, graded)


def drawn(service: Service, graded: Grading) -> AppTest:
    values = {"client": service.client, "question": QUESTION, "graded": graded}
    return AppTest.from_function(page, kwargs=values, default_timeout=20).run()


def words(app: AppTest) -> str:
    assert not app.exception
    return "".join(str(each.proto.body) for each in app.get("html"))


def test_a_model_writes_an_outline_only_when_it_is_asked_to() -> None:
    service = Service()
    app = drawn(service, grading("cache", llm=True))
    assert "A reference &lt;i&gt;answer" in words(app)
    assert service.asked == ["/v1/about"]

    app.button(key=WRITE).click().run()
    assert "Put a &lt;b&gt;cache&lt;/b&gt; first." in words(app)
    assert "Written by judge-1" in words(app)
    assert not app.button

    app.run()
    assert "Put a &lt;b&gt;cache" in words(app)
    assert service.asked.count("/v1/gradings/g1/outline") == 1


def test_trouble_is_a_sentence_beside_the_reference_answer() -> None:
    app = drawn(Service(fails=True), grading("cache", llm=True))
    app.button(key=WRITE).click().run()
    assert "refused the key." in words(app)
    assert "A reference" in words(app)
    assert app.button(key=WRITE)


def test_nothing_is_offered_offline_or_before_consent() -> None:
    offline = Service()
    assert not drawn(offline, grading("cache")).button
    assert offline.asked == []
    assert not drawn(Service(consented=False), grading("cache", llm=True)).button
