"""The Streamlit app: pages over the HTTP client, and nothing that grades or counts."""
