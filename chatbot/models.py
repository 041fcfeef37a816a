"""Language models: connecting to one, and saying where questions go when it is used.

Nothing of a question leaves the machine but to the model that was named: LangChain's tracing, which
environment variables of another project may have switched on, stays off.
"""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address
from typing import Any
from urllib.parse import urlsplit

import langsmith
from langchain_core.language_models import BaseChatModel
from langchain_core.tracers.context import tracing_v2_callback_var

from chatbot.errors import ModelUnavailable

OPENAI, OLLAMA = "openai", "ollama"
ADDRESSES = {OPENAI: "https://api.openai.com/v1", OLLAMA: "http://127.0.0.1:11434"}
"""Where a provider listens when no address is given; passed on explicitly, so that what is shown is true."""
NO_KEY = "not-needed"
"""Sent to an address of the user's own; without it a key for another service would be taken from the environment."""
LONGEST_OUTPUT = 700
"""Tokens of an answer."""
TRACING_VARIABLES = (
    "LANGSMITH_TRACING", "LANGSMITH_TRACING_V2", "LANGCHAIN_TRACING", "LANGCHAIN_TRACING_V2", "LANGCHAIN_HANDLER",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Destination:
    """Where questions go. `address` is "" where the provider's package decides; `is_local`: not off this network."""

    label: str
    address: str
    is_local: bool


def connect(
    name: str, *, base_url: str | None = None, api_key: str | None = None, timeout: float = 60.0
) -> BaseChatModel:
    """The chat model `name` ("provider:model"), or `name` at the OpenAI-compatible address `base_url`.

    Args:
        timeout: seconds that the server may be silent.

    Raises:
        ModelUnavailable: a package is missing, the provider is unknown or the address is none.
    """
    destination = describe(name, base_url)
    if base_url:
        return _openai_compatible(name.removeprefix(f"{OPENAI}:"), destination, api_key, timeout)
    provider = _provider(name)
    options: dict[str, Any] = {}
    if provider == OLLAMA:
        options = {"client_kwargs": {"timeout": timeout, "trust_env": False}, "num_predict": LONGEST_OUTPUT}
    elif provider:
        options = {"timeout": timeout, "max_retries": 1}
    if destination.address:
        options["base_url"] = destination.address
    if api_key:
        options["api_key"] = api_key
    try:
        # It takes a second to load, and most questions go to no model.
        from langchain.chat_models import init_chat_model

        model: BaseChatModel = init_chat_model(name, **options)
    except ImportError as error:
        raise ModelUnavailable(_missing(provider, error)) from error
    except Exception as error:
        # Providers' packages raise their own kinds of errors, for want of a key for one.
        told = (str(error).strip().splitlines() or [type(error).__name__])[0]
        raise ModelUnavailable(f"{name!r} cannot be used as a language model: {told[:200]}") from error
    return model


def describe(name: str, base_url: str | None = None) -> Destination:
    """Where questions to the model `name` go.

    Raises:
        ModelUnavailable: `base_url` is no http or https address, or holds a user name or password.
    """
    if not name.strip():
        raise ModelUnavailable("the language model has no name; write provider:model, such as ollama:llama3.2")
    address = (base_url or ADDRESSES.get(_provider(name), "")).strip()
    if not address:
        return Destination(name, "", False)
    if any(character.isspace() or character == "\\" for character in address):
        raise ModelUnavailable(f"{address!r} is no address; write one like http://127.0.0.1:8080/v1")
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise ModelUnavailable(f"{address!r} is no address ({error})") from error
    if parts.scheme not in {"http", "https"} or not host:
        raise ModelUnavailable(f"{address!r} is no http address; write one like http://127.0.0.1:8080/v1")
    if "@" in parts.netloc:
        raise ModelUnavailable("the address of the language model holds a user name or password; give a key instead")
    return Destination(name, f"{parts.scheme}://{parts.netloc}{parts.path}", _is_local(host))


@contextmanager
def private() -> Iterator[None]:
    """A block, in its own thread or task, of which nothing is sent to a tracing service."""
    token = tracing_v2_callback_var.set(None)
    try:
        with langsmith.tracing_context(enabled=False):
            yield
    finally:
        tracing_v2_callback_var.reset(token)


def forbid_tracing(environment: MutableMapping[str, str]) -> None:
    """Switch tracing off for the whole process; for an entry point, with `os.environ`.

    LangChain reads these variables at each call, and refuses to work at all with an old one of them.
    """
    for name in TRACING_VARIABLES:
        environment.pop(name, None)
    langsmith.configure(enabled=False)


def _openai_compatible(name: str, destination: Destination, api_key: str | None, timeout: float) -> BaseChatModel:
    try:
        import httpx
        from langchain_openai import ChatOpenAI
        from pydantic import SecretStr
    except ImportError as error:
        raise ModelUnavailable(_missing(OPENAI, error)) from error
    # No proxy from the environment may come between this machine and a model on it, and no redirect may
    # carry a question elsewhere.
    client = httpx.Client(timeout=timeout, trust_env=not destination.is_local, follow_redirects=False)
    asynchronous = httpx.AsyncClient(timeout=timeout, trust_env=not destination.is_local, follow_redirects=False)
    return ChatOpenAI(
        model=name,
        base_url=destination.address,
        api_key=SecretStr(api_key or NO_KEY),
        timeout=timeout,
        max_retries=0,
        temperature=0.0,
        max_completion_tokens=LONGEST_OUTPUT,
        http_client=client,
        http_async_client=asynchronous,
        use_responses_api=False,
    )


def _provider(name: str) -> str:
    return name.partition(":")[0].strip().lower() if ":" in name else ""


def _missing(provider: str, error: ImportError) -> str:
    if provider in {"", OPENAI}:
        return "connecting a language model needs a package that is missing; run: pip install 'kamerantwoord[llm]'"
    return f"{provider} needs a package that is missing: {str(error).splitlines()[0]}"


def _is_local(host: str) -> bool:
    """Loopback and private addresses; a name other than localhost may lead anywhere."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        address = ip_address(host)
    except ValueError:
        return False
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    return address.is_loopback or address.is_private or address.is_link_local
