"""The Streamlit front end; it reaches everything else over HTTP."""
