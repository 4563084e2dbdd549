"""The address `/progress`."""

from ui.service import client
from ui.views.progress import show_progress

show_progress(client())
