"""The LLM grader: `grader` is the way in.

From the words to the wire: `claims` and `sheet` (what is asked about which sentences), `prompting`
(the request), `hearing` (asks, and once more for what was not settled), `calling` (limits, budget
and retries), `openai_model` (HTTP). And back: `openai_wire` and `complaints` (what a server said),
`reply` (rulings by id), `judging` (evidence, or no credit).
"""
