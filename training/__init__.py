"""Build-time scripts that make what the offline grader has learnt."""
