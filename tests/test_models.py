from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from functools import reduce
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from operator import add
from typing import Any

import langsmith
import pytest
from dorpshuizen import EVIDENCE, says
from langsmith.utils import get_env_var, tracing_is_enabled

from chatbot.errors import GenerationFailed, ModelUnavailable
from chatbot.generative import stream_answer
from chatbot.models import Destination, connect, describe, forbid_tracing, private


class Listener(ThreadingHTTPServer):
    """Answers every request with `reply`, and remembers what was asked and with which headers."""

    daemon_threads = True

    def __init__(self, reply: str = "{}", status: int = 200, location: str = "") -> None:
        self.received: list[tuple[str, dict[str, str], str]] = []
        self.reply, self.status, self.location = reply, status, location
        super().__init__(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class Handler(BaseHTTPRequestHandler):
    server: Listener

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", 0))).decode(errors="replace")
        self.server.received.append((self.path, dict(self.headers), body))
        self.send_response(self.server.status)
        if self.server.location:
            self.send_header("location", self.server.location)
        self.send_header("content-type", "text/event-stream")
        self.send_header("content-length", str(len(self.server.reply.encode())))
        self.end_headers()
        self.wfile.write(self.server.reply.encode())

    def log_message(self, format: str, *args: Any) -> None:
        pass


CHUNK = (
    'data: {{"id":"1","object":"chat.completion.chunk","created":1,"model":"m",'
    '"choices":[{{"index":0,"delta":{{"role":"assistant","content":"{text}"}},"finish_reason":null}}]}}\n\n'
)
REPLY = CHUNK.format(text="Elk dorp krijgt ") + CHUNK.format(text="12.500 euro. [1]") + "data: [DONE]\n\n"


@pytest.fixture
def listener() -> Iterator[Listener]:
    with Listener(REPLY) as server:
        yield server
        server.shutdown()


@pytest.fixture
def traced(monkeypatch: pytest.MonkeyPatch) -> Iterator[Listener]:
    """An environment in which another project has switched tracing on, and the service that it names."""
    with Listener() as server:
        monkeypatch.setenv("LANGSMITH_TRACING", "true")
        for prefix in ("LANGSMITH", "LANGCHAIN"):
            monkeypatch.setenv(f"{prefix}_TRACING_V2", "true")
            monkeypatch.setenv(f"{prefix}_ENDPOINT", server.url)
            monkeypatch.setenv(f"{prefix}_API_KEY", "geheim")
        get_env_var.cache_clear()
        # An entry point that ran earlier in this process has switched tracing off for all of it.
        langsmith.configure(enabled=None)
        yield server
        server.shutdown()
    monkeypatch.undo()
    get_env_var.cache_clear()
    langsmith.configure(enabled=None)


@pytest.mark.parametrize(
    ("name", "base_url", "expected"),
    [
        ("ollama:llama3.2", None, Destination("ollama:llama3.2", "http://127.0.0.1:11434", True)),
        ("openai:gpt-4o", None, Destination("openai:gpt-4o", "https://api.openai.com/v1", False)),
        ("mistralai:klein", None, Destination("mistralai:klein", "", False)),
        ("m", "http://localhost:8080/v1", Destination("m", "http://localhost:8080/v1", True)),
        ("m", "http://192.168.1.5/v1", Destination("m", "http://192.168.1.5/v1", True)),
        ("m", "http://[::1]:8080/v1", Destination("m", "http://[::1]:8080/v1", True)),
        ("m", "http://[::ffff:8.8.8.8]/v1", Destination("m", "http://[::ffff:8.8.8.8]/v1", False)),
        ("m", "http://8.8.8.8/v1?key=geheim", Destination("m", "http://8.8.8.8/v1", False)),
        ("m", "https://localhost.example.org/v1", Destination("m", "https://localhost.example.org/v1", False)),
        ("m", "https://127.0.0.1.example.org/v1", Destination("m", "https://127.0.0.1.example.org/v1", False)),
    ],
)
def test_it_is_known_where_questions_go(name: str, base_url: str | None, expected: Destination) -> None:
    assert describe(name, base_url) == expected


@pytest.mark.parametrize(
    ("name", "base_url", "message"),
    [
        ("m", "localhost:8080", "is no http address"),
        ("m", "ftp://localhost/v1", "is no http address"),
        ("m", "http://", "is no http address"),
        ("m", "http://localhost:99999/v1", "is no address"),
        ("m", "http://example.org\\@127.0.0.1/v1", "is no address"),
        ("m", "http://127.0.0.1@example.org/v1", "holds a user name or password"),
        (" ", None, "has no name"),
        ("bestaat-niet:model", None, "'bestaat-niet:model' cannot be used as a language model"),
        ("zomaar", None, "'zomaar' cannot be used as a language model"),
        ("anthropic:model", None, r"anthropic needs a package that is missing: .*langchain-anthropic"),
    ],
)
def test_a_model_that_cannot_be_used_is_refused_in_one_line(name: str, base_url: str | None, message: str) -> None:
    with pytest.raises(ModelUnavailable, match=message) as refusal:
        connect(name, base_url=base_url)
    assert "\n" not in str(refusal.value)


def test_a_missing_package_is_named_with_what_to_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "langchain_openai", None)
    with pytest.raises(ModelUnavailable, match=r"pip install 'kamerantwoord\[llm\]'"):
        connect("m", base_url="http://127.0.0.1:1/v1")


def test_an_openai_compatible_address_is_asked_and_no_key_or_proxy_of_another_service_used(
    listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-van-een-ander")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    model = connect("openai:klein", base_url=f"{listener.url}/v1")
    given = reduce(add, stream_answer("Hoeveel?", EVIDENCE, model, language="nl", timeout=20))
    ((path, headers, body),) = listener.received
    assert given.text.startswith("Elk dorp krijgt 12.500 euro. [1]\n\n“Het fonds keert")
    assert (path, '"model":"klein"' in body, "Hoeveel?" in body) == ("/v1/chat/completions", True, True)
    assert "sk-van-een-ander" not in str(headers)


def test_a_redirect_does_not_carry_the_question_elsewhere(listener: Listener) -> None:
    with Listener(status=307, location=f"{listener.url}/v1/chat/completions") as redirecting:
        model = connect("m", base_url=f"{redirecting.url}/v1")
        with pytest.raises(GenerationFailed, match="niet bereikbaar of gaf een fout"):
            list(stream_answer("Hoeveel?", EVIDENCE, model, language="nl", timeout=20))
        redirecting.shutdown()
    assert listener.received == []


def test_a_server_that_is_not_there_or_gives_an_error_is_told() -> None:
    model = connect("m", base_url="http://127.0.0.1:9/v1")
    with pytest.raises(GenerationFailed, match=r"gaf een fout .*: Connection error"):
        list(stream_answer("Hoeveel?", EVIDENCE, model, language="nl", timeout=20))
    with Listener("kapot", status=500) as broken:
        model = connect("m", base_url=f"{broken.url}/v1")
        with pytest.raises(GenerationFailed, match="Error code: 500"):
            list(stream_answer("Hoeveel?", EVIDENCE, model, language="nl", timeout=20))
        broken.shutdown()


def test_tracing_that_the_environment_switched_on_is_off_while_a_model_answers(traced: Listener) -> None:
    assert tracing_is_enabled() is True
    with private():
        assert tracing_is_enabled() is False
    parts = list(stream_answer("Hoeveel?", EVIDENCE, says("[1]"), language="nl", timeout=20))
    langsmith.Client().flush()
    assert (len(parts), traced.received) == (2, [])


def test_tracing_can_be_forbidden_for_the_whole_process(traced: Listener, monkeypatch: pytest.MonkeyPatch) -> None:
    environment = {"LANGSMITH_TRACING": "true", "LANGCHAIN_TRACING": "true", "PATH": "/bin"}
    forbid_tracing(environment)
    enabled: list[object] = []
    thread = threading.Thread(target=lambda: enabled.append(tracing_is_enabled()))
    thread.start()
    thread.join()
    assert (environment, enabled) == ({"PATH": "/bin"}, [False])
