"""Lets `python -m interviewer` be the command `interviewer`."""

from interviewer.cli.main import main

main()
