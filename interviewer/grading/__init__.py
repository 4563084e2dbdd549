"""Answer -> Grading: the laws that both graders obey, and the two graders.

Here: `screening` (what is decided before any grader, with `addressing`, `echo`, `languages`,
`lists` and `surroundings`), `evidence` (finds a quote or refuses it), `segments`, `words` and
`folding` (one view of a text for all of them), and `recipe`, which makes one grading of it all.
In `llm/`: whatever asks a model. In `offline/`: whatever does without.
"""
