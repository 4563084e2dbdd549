"""The door: a key, or the identity provider; and the way out again."""

from dataclasses import replace

import streamlit as st

from interviewer.errors import NotSignedIn
from ui import session
from ui.markup.html import div, heading, tag
from ui.markup.state import alert
from ui.service import client_with, door

KEPT = "It is kept in this tab alone and is gone when you close or reload it."


def show_sign_in(reason: NotSignedIn) -> None:
    """Draw the door in place of the page; whoever is let in comes back to the same page."""
    st.html(heading(1, "Sign in"))
    if door().auth == "oidc":
        st.html(tag("p", "Your attempts are yours alone, so say who you are.", class_="mi-lead"))
        if st.button("Sign in", type="primary", icon=":material/login:", key="sign-in"):
            st.login()
        return
    _ask_for_key(reason)


def _ask_for_key(reason: NotSignedIn) -> None:
    st.html(
        tag(
            "p",
            "This service wants an API key; whoever runs it makes one with ",
            tag("code", "interviewer keys create"),
            f". {KEPT}",
            class_="mi-lead",
        )
    )
    held = session.current().key is not None
    with st.form("sign-in", width=480):
        # Never in the address, never in browser storage: session state is this server's memory.
        key = st.text_input(
            "API key", type="password", key="sign-in-key", autocomplete="off"
        ).strip()
        sent = st.form_submit_button("Sign in", type="primary")
    if sent and key:
        _try(key)
    elif held:
        st.html(alert("The key is refused", str(reason)))


def _try(key: str) -> None:
    try:
        client_with(key).about()
    except NotSignedIn as refusal:
        st.html(alert("The key is refused", str(refusal)))
        return
    session.keep(replace(session.current(), key=key))
    st.rerun()


def show_sign_out() -> None:
    """Offer the way out, where anybody came in through the door."""
    oidc = door().auth == "oidc"
    if not oidc and session.current().key is None:
        return
    st.html(div("mi-gap-s"))
    st.html(heading(2, "Signed in"))
    words = "As you told your identity provider." if oidc else f"With an API key. {KEPT}"
    st.html(tag("p", words, class_="mi-lead"))
    if st.button("Sign out", icon=":material/logout:", key="sign-out"):
        if oidc:
            st.logout()
        session.keep(session.Session())
        st.rerun()
