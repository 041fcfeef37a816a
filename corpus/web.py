"""A polite visitor of the official services: one request at a time, no faster than each host likes, never elsewhere."""

from __future__ import annotations

import re
import ssl
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from types import TracebackType
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

import httpx
from tenacity import (
    RetryCallState,
    Retrying,
    retry_if_exception_type,
    stop_after_attempt,
    wait_exponential,
    wait_random,
)

from corpus.errors import LeftAlone, NotAllowed, NotThere, Unreachable, WrongAnswer
from corpus.manners import Manners, Reply, Validators, retry_after

OFFICIAL = ("overheid.nl", "officielebekendmakingen.nl", "officiele-overheidspublicaties.nl", "tweedekamer.nl")
"""Domains, with all below them, that may be asked besides the hosts of the settings."""

PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Statuses after which the same request may succeed later."""

LONGEST_WAIT = 600.0
"""Seconds: a service that asks for a longer pause is left alone for the rest of the run."""

PATIENCE = 3
"""Requests in a row that a host may fail, each after all tries, before it is left alone for the rest of the run."""

_MISSING_PAGE = re.compile(r"fout404|/errors?/404|/404\.html?$", re.I)


class _Passing(Unreachable):
    """A failure that may pass. `pause`: seconds that the service asks to wait, None when it does not say."""

    def __init__(self, message: str, pause: float | None = None) -> None:
        self.pause = pause
        super().__init__(message)


@dataclass(slots=True)
class _Host:
    next: float = 0.0
    failures: int = 0
    robots: RobotFileParser | None = None
    delay: float = 0.0


class Web:
    """Asks official hosts and those of `services`, as `manners` says; a context manager."""

    def __init__(
        self,
        manners: Manners,
        services: Iterable[str],
        *,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.manners = manners
        self._known = {urlsplit(url).hostname or "" for url in services}
        self._sleep = sleep
        self._clock = clock
        self._hosts: dict[str, _Host] = {}
        self._client = httpx.Client(
            headers={"User-Agent": manners.agent},
            verify=_trust(),
            timeout=httpx.Timeout(manners.timeout, connect=min(30.0, manners.timeout)),
            follow_redirects=True,
            limits=httpx.Limits(max_connections=2, max_keepalive_connections=2),
            event_hooks={"request": [self._before], "response": [self._after]},
        )
        self._backoff = wait_exponential(multiplier=manners.first_pause, max=LONGEST_WAIT) + wait_random(
            0, manners.first_pause / 2
        )

    def __enter__(self) -> Web:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def get(
        self,
        url: str,
        *,
        limit: int,
        validators: Validators | None = None,
        accept: str = "*/*",
        robots: bool = False,
        explained: bool = False,
    ) -> Reply:
        """What an address holds, at most `limit` bytes.

        `robots`: ask only if the host's robots.txt allows it, as is right for documents; an interface that is
        published for programs needs no such leave. `explained`: give the body of an HTTP 400 as `WrongAnswer`.

        Raises:
            NotAllowed: the host is not an official one, or its robots.txt says no.
            NotThere: 404, 410 or a page that says so.
            WrongAnswer: any other status, or more than `limit` bytes.
            Unreachable: no answer after all tries.
        LeftAlone: the host failed too often before.
        """
        if robots:
            self._check_robots(url)
        host = self._host(url)
        if host.failures >= PATIENCE:
            raise LeftAlone(f"{url}: not asked; {urlsplit(url).hostname} failed {PATIENCE} requests in a row")
        headers = {"Accept": accept, **(validators or Validators()).headers()}
        tries = Retrying(
            stop=stop_after_attempt(self.manners.tries),
            retry=retry_if_exception_type(_Passing),
            wait=self._pause,
            sleep=self._sleep,
            reraise=True,
        )
        try:
            reply = tries(self._once, url, headers, limit, explained)
        except Unreachable:
            host.failures += 1
            raise
        except (NotThere, WrongAnswer):
            host.failures = 0
            raise
        host.failures = 0
        return reply

    def _once(self, url: str, headers: dict[str, str], limit: int, explained: bool) -> Reply:
        try:
            with self._client.stream("GET", url, headers=headers) as response:
                self._check_status(url, response, explained)
                if response.status_code == 304:
                    return Reply(url, None, Validators())
                content = _body(url, response, limit)
        except (httpx.InvalidURL, httpx.UnsupportedProtocol, httpx.TooManyRedirects) as error:
            raise WrongAnswer(f"{url}: {_reason(error)}") from error
        except httpx.HTTPError as error:
            raise _Passing(f"{url}: {_reason(error)}") from error
        validators = Validators(response.headers.get("ETag", ""), response.headers.get("Last-Modified", ""))
        return Reply(str(response.url), content, validators)

    def _check_status(self, url: str, response: httpx.Response, explained: bool) -> None:
        status = response.status_code
        if status in (404, 410) or (status in (200, 204) and _MISSING_PAGE.search(str(response.url))):
            raise NotThere(f"{url}: the service does not have it (HTTP {status})")
        if status in PASSING:
            pause = retry_after(response.headers.get("Retry-After", ""))
            if pause is not None and pause > LONGEST_WAIT:
                self._host(url).failures = PATIENCE
                raise Unreachable(f"{url}: HTTP {status}; the service asks to wait {pause:.0f} s, try again then")
            raise _Passing(f"{url}: HTTP {status}", pause)
        if status == 400 and explained:
            raise WrongAnswer(_body(url, response, 1_000_000).decode("utf-8", "replace"))
        if status not in (200, 304):
            raise WrongAnswer(f"{url}: HTTP {status}")

    def _pause(self, state: RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        asked = error.pause if isinstance(error, _Passing) else None
        return max(asked, 0.0) if asked is not None else self._backoff(state)

    def _before(self, request: httpx.Request) -> None:
        """Hold a request back until its host may be asked again; runs for each redirect too."""
        name = request.url.host
        if request.url.scheme not in ("http", "https") or not self._official(name):
            raise NotAllowed(f"{request.url}: {name} is not one of the services; nothing was asked of it")
        host = self._host(str(request.url))
        if (wait := host.next - self._clock()) > 0:
            self._sleep(wait)
        host.next = self._clock() + host.delay

    def _after(self, response: httpx.Response) -> None:
        host = self._host(str(response.request.url))
        host.next = self._clock() + host.delay

    def _official(self, host: str) -> bool:
        return host in self._known or any(host == domain or host.endswith(f".{domain}") for domain in OFFICIAL)

    def _host(self, url: str) -> _Host:
        parts = urlsplit(url)
        if parts.netloc not in self._hosts:
            delay = self.manners.delays.get(parts.netloc, self.manners.delay)
            self._hosts[parts.netloc] = _Host(delay=delay)
        return self._hosts[parts.netloc]

    def _check_robots(self, url: str) -> None:
        parts, host = urlsplit(url), self._host(url)
        if host.robots is None:
            host.robots = self._robots(f"{parts.scheme}://{parts.netloc}/robots.txt")
            asked = host.robots.crawl_delay(self.manners.agent)
            host.delay = max(host.delay, float(asked)) if asked else host.delay
        if not host.robots.can_fetch(self.manners.agent, url):
            raise NotAllowed(f"{url}: the robots.txt of {parts.hostname} does not allow it")

    def _robots(self, url: str) -> RobotFileParser:
        """The rules of a host: none when it has no such file; a host that does not tell is `Unreachable`."""
        rules = RobotFileParser(url)
        try:
            content = self.get(url, limit=500_000).content or b""
        except (NotThere, WrongAnswer):
            content = b""
        rules.parse(content.decode("utf-8", "replace").splitlines())
        return rules


@cache
def _trust() -> ssl.SSLContext:
    """Whom to believe that it is the host it says; slow to make, so made once."""
    return httpx.create_ssl_context()


def _body(url: str, response: httpx.Response, limit: int) -> bytes:
    content = bytearray()
    for piece in response.iter_bytes():
        content += piece
        if len(content) > limit:
            raise WrongAnswer(f"{url}: it is larger than {limit / 1e6:.0f} MB")
    return bytes(content)


def _reason(error: Exception) -> str:
    text = " ".join(str(error).split())
    if isinstance(error, httpx.TimeoutException):
        return "no answer in time"
    return text or type(error).__name__
