"""The address `/warm-up`."""

from ui.service import client
from ui.views.warm_up import show_warm_up

show_warm_up(client())
