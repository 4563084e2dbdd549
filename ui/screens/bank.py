"""The address `/bank`."""

from ui.service import client
from ui.views.bank import show_bank

show_bank(client())
