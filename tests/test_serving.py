"""The window on a server: who gets in, what machines are told, what stands in the logs, and many askers at once."""

from __future__ import annotations

import asyncio
import io
import json
import logging
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import httpx
import pytest
from gradio_client import Client
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client
from window_fakes import CITED, CLOUD, HOSTILE, FakeChain, FakeIndex, indexed

from chatbot import access, logs, ui
from chatbot.errors import SettingsError
from chatbot.logs import JsonLines
from chatbot.server import Health, WindowServer, application
from chatbot.settings import Settings
from chatbot.texts import TEXTS
from chatbot.turns import Turns
from index.search import Index

ASKERS = 50
PASSWORD = "een lang wachtwoord"


@contextmanager
def serving(settings: Settings, index: Any = None, health: Health | None = None) -> Iterator[str]:
    blocks = ui.build(FakeChain(), cast(Index, index or FakeIndex(CLOUD, HOSTILE)), settings)
    server = WindowServer(application(blocks, settings, health), "127.0.0.1", 0, settings.names, settings.root_path)
    thread = server.start()
    yield server.address
    server.stop()
    thread.join(timeout=10)
    assert not thread.is_alive()


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with indexed(tmp_path_factory.mktemp("server"), CLOUD, HOSTILE) as index, serving(Settings(), index) as address:
        yield address


@pytest.fixture(scope="module")
def users(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("users") / "users"
    access.add(file, "jansen", PASSWORD)
    return file


def call_tools(address: str, headers: dict[str, str] | None = None) -> dict[str, Any]:
    """What an MCP client is told of the tools, and what each gives."""

    async def talk() -> dict[str, Any]:
        async with (
            httpx.AsyncClient(headers=headers, timeout=60) as client,
            streamable_http_client(f"{address}/gradio_api/mcp/", http_client=client) as (reading, writing, *_),
            ClientSession(reading, writing) as session,
        ):
            await session.initialize()
            tools = {tool.name: tool for tool in (await session.list_tools()).tools}
            article = f"De staatssecretaris: “{CITED.quote}”"
            calls = {
                "ask": ("ask", {"question": "Wat weet u van cloud?"}),
                "search": ("search", {"words": "twaalf systemen", "limit": 1}),
                "check": ("check", {"text": article}),
                "paper": ("paper", {"identifier": CLOUD.id}),
                "wrong": ("search", {"words": "systemen", "since": "gisteren"}),
            }
            given = {name: await session.call_tool(tool, values) for name, (tool, values) in calls.items()}
            return {"tools": tools, **{name: cast(Any, result.content[0]).text for name, result in given.items()}}

    return asyncio.run(talk())


def test_an_mcp_client_finds_the_functions_described_and_gets_cited_answers(window: str) -> None:
    found = call_tools(window)
    assert set(found["tools"]) == {"ask", "search", "check", "paper"}
    for tool in found["tools"].values():
        assert "Args" not in tool.description
        assert len(tool.description) > 60
        assert all(len(value["description"]) > 20 for value in tool.inputSchema["properties"].values())
        assert "caller" not in tool.inputSchema["properties"]
    assert json.loads(found["ask"])["citations"][0]["quote"] == CITED.quote
    assert json.loads(found["search"])["hits"][0]["paper"] == CLOUD.id
    assert json.loads(found["check"])["quotations"][0]["verdict"] == "exact"
    assert json.loads(found["paper"])["exchanges"][1]["answer"] == CLOUD.exchanges[1].answer
    assert "'gisteren' is not a date; write it as 2024-11-30" in found["wrong"]


def test_many_askers_at_once_each_get_their_own_answer(window: str) -> None:
    client = Client(window, verbose=False, httpx_kwargs={"timeout": 120})

    def ask(number: int) -> str:
        return str(json.loads(client.predict(f"Wat weet asker {number} van cloud?", api_name="/ask"))["question"])

    with ThreadPoolExecutor(ASKERS) as pool:
        assert list(pool.map(ask, range(ASKERS))) == [f"Wat weet asker {number} van cloud?" for number in range(ASKERS)]


def test_turns_are_taken_in_the_order_of_asking() -> None:
    turns, done, asked = Turns(1), [], threading.Event()

    def work(number: int) -> None:
        with turns.taken():
            done.append(number)

    with turns.taken():
        waiting = [threading.Thread(target=work, args=(number,)) for number in range(5)]
        for place, thread in enumerate(waiting, 1):
            thread.start()
            while turns.waiting < place:
                asked.wait(0.001)
        assert done == []
    for thread in waiting:
        thread.join(timeout=10)
    assert done == [0, 1, 2, 3, 4]


def test_who_asks_many_things_at_once_is_passed_by_who_asks_one() -> None:
    turns, done, asked = Turns(1), list[str](), threading.Event()

    def work(who: str) -> None:
        with turns.taken(who):
            done.append(who)

    with turns.taken("anna"):
        waiting = [threading.Thread(target=work, args=(who,)) for who in ["anna"] * 4 + ["bram", "cor", "bram"]]
        for place, thread in enumerate(waiting, 1):
            thread.start()
            while turns.waiting < place:
                asked.wait(0.001)
    for thread in waiting:
        thread.join(timeout=10)
    assert done == ["anna", "bram", "cor", "anna", "bram", "anna", "anna"]


def test_a_health_address_tells_how_the_program_is() -> None:
    def unwell() -> dict[str, Any]:
        raise OSError("the disk with the secret papers is gone")

    with serving(Settings(), health=lambda: {"papers": 2}) as address:
        assert httpx.get(f"{address}/health").json() == {"status": "ok", "papers": 2}
    with serving(Settings(), health=unwell) as address:
        told = httpx.get(f"{address}/health")
    assert (told.status_code, told.json()) == (503, {"status": "unusable", "error": "OSError"})


def test_without_a_login_nobody_gets_past_the_door(users: Path) -> None:
    page = {"accept": "text/html"}
    with serving(Settings(users=users)) as address, httpx.Client(base_url=address) as visitor:
        assert visitor.get("/?q=geheim", headers=page).headers["location"] == "/login?q=geheim"
        assert visitor.get("/config").status_code == 401
        assert visitor.post("/gradio_api/queue/join", json={}).status_code == 401
        assert visitor.get("/gradio_api/mcp/").status_code == 401
        assert visitor.get("/health").status_code == 200
        for forged in ("amFuc2Vu", "amFuc2Vu.x.y", ""):
            assert httpx.get(f"{address}/config", cookies={"kamerantwoord": forged}).status_code == 401
        wrong = visitor.post("/login", data={"name": "jansen", "password": "verkeerd"})
        assert (wrong.status_code, TEXTS["nl"].login_wrong in wrong.text) == (401, True)
        welcome = visitor.post("/login?q=geheim", data={"name": "jansen", "password": PASSWORD})
        assert (welcome.status_code, welcome.headers["location"]) == (303, "/?q=geheim")
        assert "httponly" in welcome.headers["set-cookie"].lower()
        assert visitor.get("/config").status_code == 200
        visitor.get("/logout")
        assert visitor.get("/config").status_code == 401
        credentials = httpx.BasicAuth("jansen", PASSWORD)
        assert visitor.get("/config", auth=credentials).status_code == 200
        basic = {"Authorization": credentials._auth_header}
        assert json.loads(call_tools(address, basic)["ask"])["citations"][0]["quote"] == CITED.quote


def test_a_proxy_vouches_by_its_header_and_nobody_else_does() -> None:
    name = {"X-Remote-User": "jansen", "X-Forwarded-For": "203.0.113.9"}
    with serving(Settings(user_header="X-Remote-User")) as address:
        assert httpx.get(f"{address}/config", headers=name).status_code == 200
        assert httpx.get(f"{address}/config").status_code == 403
    with serving(Settings(user_header="X-Remote-User", proxies=("10.0.0.0/8",))) as address:
        assert httpx.get(f"{address}/config", headers=name).status_code == 403


def test_a_name_tried_too_often_must_wait(users: Path) -> None:
    door = access.Users(users)
    door._hasher = cast(Any, Refusing())
    assert [door.admits("jansen", f"gok {number}") for number in range(access.ATTEMPTS)] == [False] * access.ATTEMPTS
    door._hasher = access.argon2.PasswordHasher()
    assert door.admits("jansen", PASSWORD) is False


class Refusing:
    """A hasher that finds every password wrong, at once."""

    def verify(self, stored: str, password: str) -> None:
        raise access.argon2.exceptions.VerifyMismatchError


def test_who_is_taken_out_of_the_file_is_out_at_once(tmp_path: Path) -> None:
    file = tmp_path / "users"
    access.add(file, "jansen", PASSWORD)
    access.add(file, "pietersen", PASSWORD)
    door = access.Users(file)
    assert door.admits("jansen", PASSWORD)
    assert door.admits("jansen", PASSWORD)
    kept = [line for line in file.read_text(encoding="utf-8").splitlines() if line.startswith("pietersen")]
    file.write_text("\n".join(kept), encoding="utf-8")
    assert (door.knows("jansen"), door.admits("jansen", PASSWORD), door.knows("pietersen")) == (False, False, True)
    assert PASSWORD not in file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "message"),
    [("jansen:geheim", "line 1 is no name:hash"), ("# niemand", "has no users"), (None, "cannot be read")],
)
def test_a_users_file_that_cannot_be_used_is_named(tmp_path: Path, text: str | None, message: str) -> None:
    file = tmp_path / "users"
    if text is not None:
        file.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=f"users: .*{message}"):
        access.Users(file)
    with pytest.raises(SettingsError, match="shorter than 8 characters"):
        access.add(tmp_path / "others", "jansen", "kort")
    with pytest.raises(SettingsError, match="cannot be a user's name"):
        access.add(tmp_path / "others", "jan:sen", PASSWORD)


def test_logs_are_lines_of_json_without_questions() -> None:
    told = io.StringIO()
    handler = logging.StreamHandler(told)
    handler.setFormatter(JsonLines())
    levels = [(logger, logger.level) for logger in (logs.requests, logs.answers)]
    for logger, _ in levels:
        logger.addHandler(handler)
        logger.setLevel(logging.INFO)
    try:
        with serving(Settings()) as address:
            httpx.get(f"{address}/?q=geheim")
            Client(address, verbose=False).predict("geheim over cloud", api_name="/ask")
        try:
            raise ValueError("geheim")
        except ValueError:
            logs.answers.exception("an answer could not be made")
    finally:
        for logger, level in levels:
            logger.removeHandler(handler)
            logger.setLevel(level)
    lines = [json.loads(line) for line in told.getvalue().splitlines()]
    first = next(line for line in lines if line["message"] == "request")
    assert (first["method"], first["path"], first["status"], first["level"]) == ("GET", "/", 200, "info")
    assert lines[-1]["error"] == "ValueError"
    assert lines[-1]["where"].startswith(__file__)
    assert "geheim" not in told.getvalue()


def test_under_a_root_path_the_page_names_its_parts_there_and_only_named_hosts_are_served() -> None:
    with serving(Settings(root_path="/kamerantwoord", names=("krant.example",))) as address:
        page = httpx.get(address, headers={"Host": "krant.example"})
        refused = httpx.get(address, headers={"Host": "boos.example"})
    assert (page.status_code, refused.status_code) == (200, 400)
    assert '"root":"http://krant.example/kamerantwoord"' in page.text.replace('": "', '":"')


def test_the_server_stops_in_good_order_while_an_answer_is_made() -> None:
    with serving(Settings()) as address:
        asking = threading.Thread(target=lambda: _quietly(address), daemon=True)
        asking.start()
        asking.join(timeout=0.5)


def _quietly(address: str) -> None:
    try:
        httpx.post(f"{address}/gradio_api/run/ask", json={"data": ["wacht", "", "", "", "", ""]}, timeout=30)
    except httpx.HTTPError:
        return
