"""The typed HTTP client that the UI and users' programs share.

    with Client("http://127.0.0.1:8000") as client:
        grading = client.grade("drift-monitoring", answer)
        for event in client.events(grading.id):
            print(event.id, event.event)

Every failure is an error of `interviewer.errors` with one sentence that a user can act on.
"""

from interviewer.client.client import Client
from interviewer.client.connection import Connection, connect
from interviewer.client.vouching import vouching

__all__ = ["Client", "Connection", "connect", "vouching"]
