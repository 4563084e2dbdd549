"""Through the door of the UI: with a key, and by way of an identity provider."""

import asyncio
import secrets
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from interviewer.api.app import create_app
from interviewer.cli.sign_in import SignIn, sign_in_of
from interviewer.clock import SystemClock
from interviewer.service.accounts import Accounts, Scope
from interviewer.settings import Settings
from interviewer.store.database import Database
from tests.api.conftest import BANK
from tests.browser.provider import CLIENT_ID, CLIENT_SECRET, Provider
from tests.browser.servers import free_port, serving, ui_of
from tests.browser.stage import PhraseGrader
from tests.browser.steps import settled
from tests.staging import staged

UI_KEY = secrets.token_urlsafe(48)
QUESTION = "/?q=small-question"


@contextmanager
def service(file: Path, *, ui_key: str | None = None) -> Generator[str]:
    """Serve the real application where callers must say who they are."""
    services, _ = staged(
        BANK,
        Database(f"sqlite:///{file}"),
        SystemClock(),
        PhraseGrader(),
        lambda answer: None,
        ("127.0.0.1",),
        auth="keys" if ui_key is None else "oidc",
        ui_key=ui_key,
    )
    with serving(lambda: create_app(services)) as running:
        yield running.url


def new_key(file: Path, owner: str) -> str:
    async def create() -> str:
        database = Database(f"sqlite:///{file}")
        try:
            return await Accounts(database, SystemClock()).create("ui", owner, [Scope.PRACTISE])
        finally:
            await database.close()

    # In a thread: the browser's driver has a loop of its own in this one.
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, create()).result()


def expect_question(page: Page) -> None:
    expect(page.get_by_label("Your answer")).to_be_visible()
    settled(page)


def test_a_key_opens_the_door_and_stays_in_the_tab(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "keys.sqlite3"
    told = SignIn((), {"INTERVIEWER_AUTH": "keys"})
    with service(file) as api, ui_of(api, tmp_path, told) as ui:
        key = new_key(file, "ada")
        context = browser.new_context(base_url=ui)
        page = context.new_page()
        page.goto(QUESTION)
        box = page.get_by_label("API key")
        expect(box).to_have_attribute("type", "password")

        box.fill("iv_not-a-key")
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("alert")).to_contain_text("unknown or revoked")

        box.fill(key)
        page.get_by_role("button", name="Sign in").click()
        expect_question(page)
        assert key not in page.url
        stored = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
        assert key not in stored
        assert key not in str(context.cookies())

        page.get_by_role("link", name="Settings").click()
        page.get_by_role("button", name="Sign out").click()
        expect(page.get_by_label("API key")).to_be_visible()
        context.close()
        assert key not in (tmp_path / "streamlit.log").read_text(encoding="utf-8")


@pytest.fixture
def hosted(tmp_path: Path) -> Settings:
    return Settings.read(
        {
            "INTERVIEWER_AUTH": "oidc",
            "INTERVIEWER_UI_KEY": UI_KEY,
            "INTERVIEWER_DATA_DIR": str(tmp_path),
        }
    )


def write_secrets(folder: Path, provider: str, port: int) -> None:
    (folder / "secrets.toml").write_text(
        f"""
[auth]
redirect_uri = "http://127.0.0.1:{port}/oauth2callback"
cookie_secret = "{secrets.token_urlsafe(32)}"
client_id = "{CLIENT_ID}"
client_secret = "{CLIENT_SECRET}"
server_metadata_url = "{provider}/.well-known/openid-configuration"
""",
        encoding="utf-8",
    )


def test_a_person_signs_in_at_the_provider_and_finds_their_own(
    browser: Browser, tmp_path: Path, hosted: Settings
) -> None:
    provider, port = Provider(), free_port()
    with (
        serving(provider.app) as issuer,
        service(tmp_path / "oidc.sqlite3", ui_key=UI_KEY) as api,
    ):
        write_secrets(tmp_path, issuer.url, port)
        with ui_of(api, tmp_path, sign_in_of(hosted), port) as ui:
            assert _attempts_of(browser, ui, answer=True) == 1
            provider.person = "eve"
            assert _attempts_of(browser, ui, answer=False) == 0
            provider.person = "ada"
            assert _attempts_of(browser, ui, answer=False) == 1


def _attempts_of(browser: Browser, ui: str, *, answer: bool) -> int:
    """Sign in, perhaps answer, and return how many attempts the question's card counts."""
    context = browser.new_context(base_url=ui)
    page = context.new_page()
    page.goto(QUESTION)
    page.get_by_role("button", name="Sign in").click()
    # By way of the provider and back to the start page.
    expect_question(page)
    if answer:
        page.goto(QUESTION)
        expect_question(page)
        page.get_by_label("Your answer").fill("A cache, because most reads are repeated.")
        page.get_by_role("button", name="Get feedback").click()
        expect(page.get_by_role("button", name="Revise")).to_be_visible()
    page.goto("/settings")
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV").click()
    lines = download.value.path().read_text(encoding="utf-8").splitlines()
    context.close()
    return len(lines) - 1
