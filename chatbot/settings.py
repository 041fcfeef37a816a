"""The settings: defaults, overlaid by a TOML file, by the environment and by the command line, in that order.

Only the entry points read these; `corpus` and `index` take plain arguments. An API key is read from the
environment variable KAMERANTWOORD_LLM_KEY when it is needed and is never stored here or printed.
"""

from __future__ import annotations

import ipaddress
import math
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

import platformdirs

from chatbot.errors import SettingsError
from corpus.services import Services

PREFIX = "KAMERANTWOORD_"
CONFIG_VARIABLE = PREFIX + "CONFIG"
KEY_VARIABLE = PREFIX + "LLM_KEY"
LANGUAGES = ("nl", "en")
SWITCH = ("auto", "on", "off")
LOGS = ("text", "json")


def is_local(host: str) -> bool:
    """Whether `host` is reached from this machine alone."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _network(proxy: str) -> None:
    try:
        ipaddress.ip_network(proxy, strict=False)
    except ValueError as error:
        raise SettingsError(f"proxies has {proxy!r}; it must be an address or a network, as 10.0.0.0/8") from error


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that a user can choose.

    `data`: folder of the index. `model`: a sentence-transformers name or path, None for the bundled model.
    `reranker`: a sentence-transformers cross-encoder by name or path that reads the first hits; None for none.
    `llm`: "provider:model", None for answers by quotation alone. `llm_url`: an OpenAI-compatible address.
    `llm_timeout`: seconds that a language model may take. `language`: "nl" or "en", of the window.
    `threshold`: from 0 to 1, how sure the program must be that the papers answer a question before it
    answers; None for the calibrated value. `sru_url`, `odata_url`, `documents_url`: base addresses of the official
    services that `fetch` asks. `fetch_delay`: seconds between two requests to one of them, None for what suits each;
    `fetch_timeout`: seconds that one request may take; `fetch_contact`: an address at which they can reach you.
    `uploads`: "on", "off", or "auto": who uses the window may add
    papers where it is reached from this machine alone. `users`: file of names and hashed passwords, None for no
    login. `user_header`: header in which a reverse proxy names the user, None for none; it counts only in requests
    from `proxies` (addresses or networks). `names`: further names under which the window is reached. `root_path`:
    the path under which a proxy shows the window ("/kamerantwoord"). `logs`: "text", or "json" for a line of JSON
    for each request and answer; `log_questions`: with the questions in them.
    """

    data: Path = field(default_factory=lambda: Path(platformdirs.user_data_dir("kamerantwoord", appauthor=False)))
    model: str | None = None
    reranker: str | None = None
    llm: str | None = None
    llm_url: str | None = None
    llm_timeout: float = 60.0
    host: str = "127.0.0.1"
    port: int = 7860
    language: str = "nl"
    threshold: float | None = None
    sru_url: str = Services().sru
    odata_url: str = Services().odata
    documents_url: str = Services().documents
    fetch_delay: float | None = None
    fetch_timeout: float = 120.0
    fetch_contact: str | None = None
    uploads: str = "auto"
    users: Path | None = None
    user_header: str | None = None
    proxies: tuple[str, ...] = ("127.0.0.1", "::1")
    names: tuple[str, ...] = ()
    root_path: str = ""
    logs: str = "text"
    log_questions: bool = False

    def __post_init__(self) -> None:
        """Refuse values out of range.

        Raises:
            SettingsError: naming the setting, its value and what it may be.
        """
        if not 0 < self.port < 65536:
            raise SettingsError(f"port is {self.port}; it must be from 1 to 65535")
        if self.language not in LANGUAGES:
            raise SettingsError(f"language is {self.language!r}; it must be one of {', '.join(LANGUAGES)}")
        if self.threshold is not None and not 0 <= self.threshold <= 1:
            raise SettingsError(f"threshold is {self.threshold}; it must be from 0 to 1")
        if self.uploads not in SWITCH:
            raise SettingsError(f"uploads is {self.uploads!r}; it must be one of {', '.join(SWITCH)}")
        if self.users is not None and self.user_header is not None:
            raise SettingsError("users and user_header are both set; choose a login of this program or of a proxy")
        if self.root_path and (not self.root_path.startswith("/") or self.root_path.endswith("/")):
            raise SettingsError(f"root_path is {self.root_path!r}; it must begin with / and not end with it")
        if self.logs not in LOGS:
            raise SettingsError(f"logs is {self.logs!r}; it must be one of {', '.join(LOGS)}")
        for proxy in self.proxies:
            _network(proxy)
        if self.llm_timeout <= 0:
            raise SettingsError(f"llm_timeout is {self.llm_timeout}; it must be more than 0 seconds")
        if self.fetch_timeout <= 0:
            raise SettingsError(f"fetch_timeout is {self.fetch_timeout}; it must be more than 0 seconds")
        if self.fetch_delay is not None and not 0 <= self.fetch_delay < math.inf:
            raise SettingsError(f"fetch_delay is {self.fetch_delay}; it must be a number of seconds, 0 or more")
        for name in ("sru_url", "documents_url", *(["odata_url"] if self.odata_url else [])):
            if not re.fullmatch(r"https?://[^\s/?#]+[^\s?#]*", url := getattr(self, name)):
                raise SettingsError(f"{name} is {url!r}; it must begin with https:// or http:// and have no query")
        if self.fetch_contact and not re.fullmatch(r"[\x20-\x7e]+", self.fetch_contact):
            raise SettingsError(f"fetch_contact is {self.fetch_contact!r}; write it in plain ASCII, on one line")

    @property
    def uploads_allowed(self) -> bool:
        """Whether who uses the window may add papers."""
        return self.uploads == "on" or (self.uploads == "auto" and is_local(self.host))


NUMBERS: dict[str, type[int] | type[float]] = {
    "port": int, "llm_timeout": float, "threshold": float, "fetch_delay": float, "fetch_timeout": float,
}  # fmt: skip
LISTS = ("proxies", "names")
TRUTH = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False, "": False}


def load(environment: Mapping[str, str], options: Mapping[str, Any]) -> Settings:
    """The settings as the file named by KAMERANTWOORD_CONFIG, the environment and `options` make them.

    `options` come from the command line; None there means "not given".

    Raises:
        SettingsError: a file that cannot be read, an unknown setting or a value that does not fit.
    """
    values: dict[str, Any] = {}
    if path := environment.get(CONFIG_VARIABLE):
        values.update(_from_file(Path(path)))
    names = {item.name for item in fields(Settings)}
    for name in names:
        if (text := environment.get(PREFIX + name.upper())) is not None:
            values[name] = text
    values.update({name: value for name, value in options.items() if name in names and value is not None})
    return Settings(**{name: _converted(name, value) for name, value in values.items()})


def _from_file(path: Path) -> dict[str, Any]:
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read ({error.strerror}); mend the path in {CONFIG_VARIABLE}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: is not valid TOML ({error}); mend it or unset {CONFIG_VARIABLE}") from error
    known = {item.name for item in fields(Settings)}
    if unknown := sorted(set(values) - known):
        raise SettingsError(f"{path}: unknown setting {unknown[0]!r}; the settings are {', '.join(sorted(known))}")
    return values


def _converted(name: str, value: Any) -> Any:
    if name == "data" or (name == "users" and value):
        return Path(str(value)).expanduser()
    if name in LISTS:
        return tuple(value.replace(",", " ").split()) if isinstance(value, str) else tuple(map(str, value))
    if name == "log_questions":
        if str(value).lower() not in TRUTH:
            raise SettingsError(f"log_questions is {value!r}; it must be true or false")
        return TRUTH[str(value).lower()]
    if name in NUMBERS:
        try:
            return NUMBERS[name](value)
        except (TypeError, ValueError) as error:
            raise SettingsError(f"{name} is {value!r}; it must be a number") from error
    names = {"model", "llm", "llm_url", "users", "user_header", "fetch_contact"}
    return str(value) or None if name in names else str(value)
