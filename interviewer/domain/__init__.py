"""Pure types and arithmetic: what a question, a ruling, a grading and an interview are."""
