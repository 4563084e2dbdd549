"""Interviewer: a mock interviewer for ML infrastructure whose every point is backed by evidence."""
