"""How well a grader agrees with labels: data sets, statistics and reports."""
