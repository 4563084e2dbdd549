"""The app: its pages, its look, and what is shown when the service cannot be reached."""

from pathlib import Path

import streamlit as st

from interviewer.errors import InterviewerError, NotSignedIn
from ui import theme
from ui.views.problem import show_problem
from ui.views.sign_in import show_sign_in

STATIC = Path(__file__).resolve().parent / "static"


def run() -> None:
    """Draw the page that the address names."""
    st.set_page_config("Interviewer", str(STATIC / "icon.svg"), layout="wide")
    st.html(theme.style())
    st.logo(str(STATIC / "logo.svg"), size="large")
    page = st.navigation(
        [
            st.Page(
                "screens/practise.py",
                title="Practise",
                icon=":material/edit_note:",
                url_path="practise",
                default=True,
            ),
            st.Page(
                "screens/warm_up.py",
                title="Warm-up",
                icon=":material/bolt:",
                url_path="warm-up",
            ),
            st.Page(
                "screens/interview.py",
                title="Interview",
                icon=":material/forum:",
                url_path="interview",
            ),
            st.Page(
                "screens/bank.py",
                title="Question bank",
                icon=":material/library_books:",
                url_path="bank",
            ),
            st.Page(
                "screens/progress.py",
                title="Progress",
                icon=":material/monitoring:",
                url_path="progress",
            ),
            st.Page(
                "screens/rubric.py",
                title="Write a question",
                icon=":material/rule:",
                url_path="rubric",
            ),
            st.Page(
                "screens/settings.py",
                title="Settings",
                icon=":material/tune:",
                url_path="settings",
            ),
        ],
        position="top",
    )
    try:
        page.run()
    except NotSignedIn as error:
        show_sign_in(error)
    except InterviewerError as error:
        show_problem(error)


run()
