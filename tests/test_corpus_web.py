"""The services are asked at their own pace, and a pause that they ask for is kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from urllib.parse import urlsplit

import pytest
from official_services import Fault, Official, answer, serving

from corpus.errors import LeftAlone, NotThere, Unreachable, WrongAnswer
from corpus.manners import Manners
from corpus.web import Web

PAPER = "ah-tk-20302031-1.xml"


class Clock:
    """A clock that sleeping moves on. `slept`: all pauses, in seconds."""

    def __init__(self) -> None:
        self.time = 0.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))
        self.time += seconds

    def now(self) -> float:
        return self.time


@pytest.fixture
def official() -> Iterator[Official]:
    with serving() as services:
        services.put(answer(1, "Ja."))
        yield services


def visitor(official: Official, clock: Clock, **manners: float) -> Web:
    given = Manners("Kamerantwoord/9", **({"delay": 0, "tries": 3, "first_pause": 0} | manners))  # type: ignore[arg-type]
    return Web(given, [official.address], sleep=clock.sleep, clock=clock.now)


def test_two_requests_to_a_host_are_a_while_apart(official: Official) -> None:
    clock = Clock()
    with visitor(official, clock, delay=3.3) as web:
        for _ in range(3):
            web.get(f"{official.address}/{PAPER}", limit=10_000)
    assert clock.slept == [3.3, 3.3]


def test_a_host_can_ask_for_more_time_in_its_robots_txt(official: Official) -> None:
    official.robots = "User-agent: *\nCrawl-delay: 7\n"
    clock = Clock()
    with visitor(official, clock, delay=1) as web:
        for _ in range(2):
            web.get(f"{official.address}/{PAPER}", limit=10_000, robots=True)
    assert clock.slept == [1, 7]
    assert official.asked.count("/robots.txt") == 1


def test_pauses_double_and_a_given_pause_is_kept(official: Official) -> None:
    clock = Clock()
    official.faults += [Fault(PAPER, 500, times=2), Fault(PAPER, 429, headers={"Retry-After": "12"})]
    with visitor(official, clock, tries=4, first_pause=2) as web:
        assert web.get(f"{official.address}/{PAPER}", limit=10_000).content
    first, second, given = clock.slept
    assert 2 <= first <= 3
    assert 4 <= second <= 5
    assert given == 12


def test_a_pause_can_be_given_as_a_moment(official: Official) -> None:
    clock = Clock()
    moment = format_datetime(datetime.now(UTC) + timedelta(seconds=60), usegmt=True)
    official.faults.append(Fault(PAPER, 503, headers={"Retry-After": moment}))
    with visitor(official, clock) as web:
        web.get(f"{official.address}/{PAPER}", limit=10_000)
    assert 40 <= clock.slept[0] <= 60


@pytest.mark.parametrize("header", ["soon", "-5", "nan", "inf", ""])
def test_a_pause_that_makes_no_sense_is_replaced_by_ours(official: Official, header: str) -> None:
    clock = Clock()
    official.faults.append(Fault(PAPER, 503, headers={"Retry-After": header}))
    with visitor(official, clock) as web:
        web.get(f"{official.address}/{PAPER}", limit=10_000)
    assert clock.slept == [0]


def test_a_host_that_fails_three_times_in_a_row_is_left_alone(official: Official) -> None:
    official.faults.append(Fault(PAPER, 500, times=99))
    with visitor(official, Clock(), tries=2) as web:
        for _ in range(3):
            with pytest.raises(Unreachable, match="HTTP 500"):
                web.get(f"{official.address}/{PAPER}", limit=10_000)
        with pytest.raises(LeftAlone, match=f"not asked; {urlsplit(official.address).hostname} failed 3 requests"):
            web.get(f"{official.address}/{PAPER}", limit=10_000)
    assert len(official.asked) == 6


def test_what_is_missing_or_too_large_is_not_asked_for_again(official: Official) -> None:
    with visitor(official, Clock()) as web:
        with pytest.raises(NotThere, match="the service does not have it"):
            web.get(f"{official.address}/ah-tk-20302031-9.xml", limit=10_000)
        with pytest.raises(WrongAnswer, match="it is larger than 0 MB"):
            web.get(f"{official.address}/{PAPER}", limit=10)
    assert official.asked == ["/ah-tk-20302031-9.xml", "/Errors/404.htm", f"/{PAPER}"]
