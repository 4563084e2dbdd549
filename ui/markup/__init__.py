"""Values in, escaped HTML out: every drawn part of a page that is not a Streamlit widget."""
