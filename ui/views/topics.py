"""The titles of the topics, which every page shows instead of their ids."""

import streamlit as st

from interviewer.client import Client


@st.cache_data(ttl=300, show_spinner=False)
def topic_titles(_client: Client) -> dict[str, str]:
    """Return the title of each topic, in the bank's order."""
    return {str(each.id): each.title for each in _client.topics()}
