"""The HTTP bodies, shared by the API and the client.

Gradings and attempts travel as the domain types themselves. Replies have no defaults: whatever a
caller reads was put there on purpose. Nothing here carries a criterion, a reference answer or an
anchor except `Solution`, which is sent only after an attempt or in study mode.
"""

from interviewer.wire.base import (
    MAX_ANSWER_CHARACTERS,
    Answer,
    Offset,
    Page,
    Seconds,
)
from interviewer.wire.batches import BatchPage
from interviewer.wire.gradings import (
    AppealRequest,
    DimensionEvent,
    DoneEvent,
    GradingEvent,
    GradingRequest,
    MisconceptionEvent,
    RegradeRequest,
    StrongerOutline,
)
from interviewer.wire.history import (
    AttemptPage,
    Draft,
    DraftRequest,
    Purged,
)
from interviewer.wire.interviews import (
    AnswerRequest,
    ClarificationRequest,
    InterviewPage,
    InterviewReport,
    InterviewRequest,
    InterviewRoom,
    InterviewSummary,
    ReportStep,
    RoomStep,
    ToPractise,
)
from interviewer.wire.progress import (
    GraderCount,
    ProgressReport,
    ReviewItem,
    ReviewPage,
)
from interviewer.wire.questions import (
    BestScore,
    CheckReport,
    CheckRequest,
    DimensionOutline,
    FaultReport,
    QuestionDetail,
    QuestionPage,
    QuestionSummary,
    Solution,
    TopicPage,
    TopicSummary,
)
from interviewer.wire.service import (
    About,
    ConsentRequest,
    Estimate,
    EstimateRequest,
    GraderState,
    PartHealth,
    Problem,
    ProblemField,
    Readiness,
)
from interviewer.wire.warm_ups import (
    WarmUpCard,
    WarmUpChoice,
    WarmUpPage,
    WarmUpVerdict,
)

__all__ = [
    "MAX_ANSWER_CHARACTERS",
    "About",
    "Answer",
    "AnswerRequest",
    "AppealRequest",
    "AttemptPage",
    "BatchPage",
    "BestScore",
    "CheckReport",
    "CheckRequest",
    "ClarificationRequest",
    "ConsentRequest",
    "DimensionEvent",
    "DimensionOutline",
    "DoneEvent",
    "Draft",
    "DraftRequest",
    "Estimate",
    "EstimateRequest",
    "FaultReport",
    "GraderCount",
    "GraderState",
    "GradingEvent",
    "GradingRequest",
    "InterviewPage",
    "InterviewReport",
    "InterviewRequest",
    "InterviewRoom",
    "InterviewSummary",
    "MisconceptionEvent",
    "Offset",
    "Page",
    "PartHealth",
    "Problem",
    "ProblemField",
    "ProgressReport",
    "Purged",
    "QuestionDetail",
    "QuestionPage",
    "QuestionSummary",
    "Readiness",
    "RegradeRequest",
    "ReportStep",
    "ReviewItem",
    "ReviewPage",
    "RoomStep",
    "Seconds",
    "Solution",
    "StrongerOutline",
    "ToPractise",
    "TopicPage",
    "TopicSummary",
    "WarmUpCard",
    "WarmUpChoice",
    "WarmUpPage",
    "WarmUpVerdict",
]
