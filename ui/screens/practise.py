"""The address `/`."""

from ui import session
from ui.service import client
from ui.views.practise import show_practise

show_practise(client(), session.current())
