"""The address `/rubric`."""

from ui import session
from ui.service import client
from ui.views.rubric import show_author

show_author(client(), session.current())
