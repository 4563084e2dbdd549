"""The address `/settings`."""

from ui.service import client
from ui.views.settings import show_settings

show_settings(client())
