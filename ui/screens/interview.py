"""The address `/interview`."""

from ui.service import client
from ui.views.interview import show_interview

show_interview(client())
