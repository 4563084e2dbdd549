"""The Settings page: who grades, where the words go, what was spent, and one's own history."""

import streamlit as st

from interviewer.client import Client
from interviewer.wire import About, GraderState
from ui.markup.html import div, heading, items, tag
from ui.markup.numbers import dollars, plural
from ui.markup.progress import tile, tiles
from ui.views.grader_chip import explained
from ui.views.sign_in import show_sign_out

FORMS = {"json": "application/json", "csv": "text/csv", "markdown": "text/markdown"}
ENDINGS = {"json": "json", "csv": "csv", "markdown": "md"}
LABELS = {"json": "JSON", "csv": "CSV", "markdown": "Markdown"}


def show_settings(client: Client) -> None:
    """Draw the state of the service and what can be done with one's history."""
    about = client.about()
    st.html(heading(1, "Settings"))
    _grader(about)
    _spend(client, about.grader)
    _privacy(about.grader)
    show_sign_out()
    _take_out(client)
    _delete(client)
    st.html(div("mi-quiet", f"Interviewer {about.version}"))


def _grader(about: About) -> None:
    st.html(heading(2, "Grader"))
    st.html(div("mi-wide", explained(about.grader)))
    st.html(
        tag(
            "p",
            f"Answers may be up to {about.max_answer_tokens:,} tokens long. The grader, the model "
            "and a daily budget are set in the environment of the service; ",
            tag("code", "interviewer doctor"),
            " says what is set and what to mend.",
            class_="mi-lead",
        )
    )


def _spend(client: Client, grader: GraderState) -> None:
    st.html(div("mi-gap-s"))
    st.html(heading(2, "Spend"))
    report = client.progress.report()
    budget = grader.budget_usd_per_day
    limit = "no daily limit is set" if budget is None else f"of {dollars(budget)} a day"
    st.html(
        tiles(
            (
                tile("Today", dollars(grader.spent_today_usd), limit),
                tile("In all", dollars(report.cost_usd), plural(report.answers, "answer")),
            )
        )
    )


def _privacy(grader: GraderState) -> None:
    st.html(div("mi-gap-s"))
    st.html(heading(2, "Privacy"))
    st.html(items("mi-points", _promises(grader)))


def _promises(grader: GraderState) -> tuple[str, ...]:
    """Say what happens with the candidate's words, from what the service says of itself."""
    kept = (
        "Answers, gradings and drafts are kept by this service, in its own database, until you "
        "delete them."
    )
    quiet = "The pages load nothing from other hosts, and no usage is measured."
    if not grader.leaves_machine:
        return ("Nothing that you write leaves this machine.", kept, quiet)
    asked = (
        f"You agreed that answers go to {grader.model} at {grader.server}."
        if grader.consented
        else f"Before the first answer goes to {grader.model} at {grader.server} you are asked."
    )
    sent = "Only the question, its rubric and your answer are sent; nothing else about you."
    return (asked, sent, kept, quiet)


def _take_out(client: Client) -> None:
    st.html(div("mi-gap-s"))
    st.html(heading(2, "Your history"))
    st.html(
        tag(
            "p", "Every answer with all its gradings, in full, whenever you like.", class_="mi-lead"
        )
    )
    with st.container(horizontal=True):
        _export(client, "json")
        _export(client, "csv")
        _export(client, "markdown")


def _export(client: Client, form: str) -> None:
    """Offer one form; the file is made when it is asked for, not when the page is drawn."""

    def made() -> str:
        match form:
            case "csv":
                return client.export("csv")
            case "markdown":
                return client.export("markdown")
            case _:
                return client.export("json")

    st.download_button(
        LABELS[form],
        made,
        file_name=f"interviewer-history.{ENDINGS[form]}",
        mime=FORMS[form],
        icon=":material/download:",
        on_click="ignore",
        key=f"export-{form}",
    )


def _delete(client: Client) -> None:
    st.html(div("mi-gap-s"))
    st.html(heading(2, "Delete everything"))
    st.html(
        tag(
            "p",
            "Deletes your answers, gradings and drafts from this service for good.",
            class_="mi-lead",
        )
    )
    if st.button("Delete my history", icon=":material/delete:", key="purge"):
        _confirm(client)


@st.dialog("Delete all of your history?")
def _confirm(client: Client) -> None:
    st.html(tag("p", "This cannot be undone. Export it first if you may want it again."))
    if st.button("Delete it for good", type="primary", key="purge-yes"):
        gone = client.purge()
        st.html(
            div(
                "mi-state",
                tag(
                    "p",
                    f"Deleted: {plural(gone.attempts, 'answer')} and "
                    f"{plural(gone.gradings, 'grading')}.",
                ),
                role="status",
            )
        )
