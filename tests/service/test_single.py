from pathlib import Path

import pytest

from interviewer.errors import SetupError
from interviewer.service.single import ServiceLock


def test_a_second_service_is_refused_and_told_where_the_first_is(tmp_path: Path) -> None:
    database = tmp_path / "data" / "test.sqlite3"
    first, second = ServiceLock(database), ServiceLock(database)
    first.acquire("http://127.0.0.1:8000")
    assert second.url() == "http://127.0.0.1:8000"
    with pytest.raises(SetupError, match=r"A service at http://127\.0\.0\.1:8000 already uses"):
        second.acquire("http://127.0.0.1:8100")
    assert second.url() == "http://127.0.0.1:8000"
    first.release()


def test_a_lock_that_was_given_up_is_free(tmp_path: Path) -> None:
    first, second = ServiceLock(tmp_path / "a"), ServiceLock(tmp_path / "a")
    assert second.url() is None
    first.acquire("http://first")
    first.release()
    assert second.url() is None
    second.acquire("http://second")
    assert first.url() == "http://second"
    second.release()
