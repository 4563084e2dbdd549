"""A small question about drift, complete enough for both graders."""

from interviewer.domain.question import Question

PROMPT = (
    "A fraud model serves 4,000 requests a second and its labels arrive six weeks late. "
    "How would you notice that it drifts, and what would you do about it?"
)

QUESTION = Question.model_validate(
    {
        "id": "drift",
        "title": "Noticing drift and acting on it",
        "prompt": PROMPT,
        "topic": "monitoring-and-drift",
        "kind": "technical",
        "difficulty": "medium",
        "minutes": 15,
        "rubric": {
            "dimensions": [
                {
                    "id": "tests",
                    "title": "Tests and thresholds",
                    "weight": 60,
                    "criteria": [
                        {
                            "id": "threshold",
                            "statement": (
                                "Gives a numeric threshold for a drift statistic, such as a PSI"
                                " above 0.2 or a KS p-value below 0.05."
                            ),
                            "points": 2,
                            "skills": ["drift-detection"],
                            "met_example": (
                                "I compare each feature with last month's histogram and look "
                                "closer once PSI passes 0.2."
                            ),
                            "near_miss": (
                                "I compute PSI for each feature and put it on a dashboard for "
                                "the team to look at."
                            ),
                            "signals": [
                                ["psi", "population stability", "ks", "kolmogorov*", "distance"],
                                ["#", "point two"],
                            ],
                            "to_add": "Page once PSI of any top feature goes over 0.25 for a day.",
                        },
                        {
                            "id": "delayed",
                            "statement": (
                                "Names a proxy that can be watched while true labels are late."
                            ),
                            "points": 1,
                            "skills": ["delayed-labels"],
                            "met_example": (
                                "Chargebacks take weeks, so I watch the share of cases that "
                                "analysts overturn, which is there the same day."
                            ),
                            "near_miss": "Labels are late, so we wait for them before we judge.",
                            "signals": [
                                ["proxy", "proxies", "stand-in", "overturn*", "score distribution"],
                                ["label", "truth", "chargeback", "late", "delay*", "same day"],
                            ],
                            "to_add": (
                                "While chargebacks are outstanding the analysts' overturn rate "
                                "is our proxy for the missing labels."
                            ),
                        },
                    ],
                },
                {
                    "id": "response",
                    "title": "Response",
                    "weight": 40,
                    "criteria": [
                        {
                            "id": "two_steps",
                            "statement": (
                                "Names at least two graded responses to drift of growing severity."
                            ),
                            "points": 1,
                            "skills": ["incident-response"],
                            "met_example": (
                                "A small shift opens a ticket, a large one rolls us back."
                            ),
                            "near_miss": "When there is drift we retrain the model.",
                            "signals": [
                                {
                                    "any": ["ticket", "page", "retrain*", "roll* back", "rollback"],
                                    "count": 2,
                                }
                            ],
                            "to_add": (
                                "A mild shift opens a ticket, a severe one triggers rollback."
                            ),
                        }
                    ],
                },
            ]
        },
        "misconceptions": [
            {
                "id": "accuracy_first",
                "dimension": "tests",
                "statement": (
                    "Data drift always lowers accuracy, so a drop of accuracy is needed first."
                ),
                "points": 1,
                "examples": [
                    "Whenever inputs drift the accuracy falls, so I only look at accuracy.",
                    "Any data drift means the model is already wrong.",
                ],
                "not_this": ["Inputs may drift without any loss of accuracy."],
                "correction": "Inputs can move without hurting, and labels may come too late.",
            }
        ],
        "reference_answer": (
            "I log inputs and scores, and every hour compare them with last month. PSI above "
            "0.2 opens a ticket, above 0.35 it pages us and we roll back. Labels come six weeks"
            " late, so the overturn rate of the analysts is the proxy that I trust in between; "
            "a small audit sample of 200 cases a day gives real labels. Retraining waits for a "
            "cause."
        ),
    }
)

STRONG = (
    "I compare the inputs of each hour with those of last month and compute PSI per feature; "
    "above 0.2 a ticket is opened, above 0.35 someone is paged. Because the labels are six weeks "
    "late I watch the analysts' overturn rate as a proxy. If the proxy falls as well we roll back."
)
