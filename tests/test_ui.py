"""The window without a browser: what typing, clicking and switching do to a conversation."""

from __future__ import annotations

import re
import socket
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any, cast

import gradio as gr
import pytest
from window_fakes import CITED, CLOUD, HOSTILE, FakeChain, FakeIndex

from chatbot import dialogue, frame, ui
from chatbot.dialogue import Asking, Unusable, announcement, chosen_citation, filters_of, question_of, stopped
from chatbot.errors import AddressInUse
from chatbot.fields import FILTERS
from chatbot.handlers import Handlers
from chatbot.period import NotADate, first_day, last_day
from chatbot.records import Answer, Turn
from chatbot.rendering import Outcome, Shown
from chatbot.server import listen
from chatbot.settings import Settings, is_local
from chatbot.texts import TEXTS
from index.records import Filters

NO_FILTERS = ("", "", "", "", "")


@pytest.fixture
def handlers() -> Handlers:
    return Handlers(FakeChain(), cast(Any, FakeIndex(CLOUD, HOSTILE)))


def asked(handlers: Handlers, question: str, shown: tuple[Shown, ...] = ()) -> tuple[Shown, ...]:
    *_, last = handlers.answer(Asking(question), shown, "nl", *NO_FILTERS)
    return cast(tuple[Shown, ...], last["shown"])


def clicked(**data: object) -> gr.EventData:
    return gr.EventData(None, {name: str(value) for name, value in data.items()})


def places(text: str) -> set[str]:
    return set(re.findall(r"{(\w+)}", text))


def flat(texts: Any, before: str = "") -> dict[str, Any]:
    """All texts by name, those of the places too."""
    found: dict[str, Any] = {}
    for item in fields(texts):
        value = getattr(texts, item.name)
        found |= flat(value, f"{item.name}.") if is_dataclass(value) else {before + item.name: value}
    return found


DUTCH, ENGLISH = flat(TEXTS["nl"]), flat(TEXTS["en"])


@pytest.mark.parametrize("field", DUTCH)
def test_every_text_exists_in_both_languages_with_the_same_places_to_fill(field: str) -> None:
    dutch, english = DUTCH[field], ENGLISH[field]
    if isinstance(dutch, str):
        assert dutch.strip()
        assert english.strip()
        assert places(dutch) == places(english)
    elif isinstance(dutch, tuple):
        assert len(dutch) == len(english)
        assert all(dutch)
        assert all(english)
    else:
        assert dutch.keys() == english.keys()
        assert all(
            bool(dutch[key]) == bool(english[key]) and places(dutch[key]) == places(english[key]) for key in dutch
        )
        assert len([key for key in dutch if not dutch[key]]) <= 1


def test_no_text_was_left_in_the_other_language() -> None:
    same = {name for name in DUTCH if DUTCH[name] == ENGLISH[name]}
    assert same == {"title", "switch_to_dutch", "switch_to_english", "stop", "filters", "findings.in_stretch"}


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("14-11-2024", date(2024, 11, 14), date(2024, 11, 14)),
        ("14 november 2024", date(2024, 11, 14), date(2024, 11, 14)),
        (" 2024-11-14 ", date(2024, 11, 14), date(2024, 11, 14)),
        ("1/2/2024", date(2024, 2, 1), date(2024, 2, 1)),
        ("Maart 2024", date(2024, 3, 1), date(2024, 3, 31)),
        ("3 may 2024", date(2024, 5, 3), date(2024, 5, 3)),
        ("2-2024", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
    ],
)
def test_dates_are_read_as_people_type_them(typed: str, first: date, last: date) -> None:
    assert (first_day(typed), last_day(typed)) == (first, last)


@pytest.mark.parametrize(
    "typed", ["gisteren", "31-02-2024", "0-1-2024", "2024-13", "2024-00", "24", "14 lente 2024", "0000"]
)
def test_what_names_no_day_is_refused(typed: str) -> None:
    with pytest.raises(NotADate, match=re.escape(typed)):
        first_day(typed)
    with pytest.raises(NotADate, match=re.escape(typed)):
        last_day(typed)


def test_filters_are_read_from_the_fields_and_empty_ones_do_not_filter() -> None:
    values = ("De Raad", "", None, "2024", "maart 2025")
    assert filters_of(values, "nl") == Filters(minister="De Raad", since=date(2024, 1, 1), until=date(2025, 3, 31))


@pytest.mark.parametrize(
    ("since", "until", "language", "message"),
    [
        ("2024x", "", "nl", "“2024x” is geen datum. Schrijf dag-maand-jaar, zoals 14-11-2024, of alleen een jaar."),
        ("", "32-1-2024", "en", "“32-1-2024” is not a date. Write day-month-year, like 14-11-2024, or only a year."),
        ("2025", "2024", "nl", "De periode eindigt (31 december 2024) voordat zij begint (1 januari 2025)."),
    ],
)
def test_a_wrong_period_is_refused_in_the_language_of_the_window(
    since: str, until: str, language: str, message: str
) -> None:
    with pytest.raises(Unusable, match=f"^{re.escape(message)}$"):
        filters_of(("", "", "", since, until), language)


def test_a_question_is_trimmed_and_an_empty_or_endless_one_refused() -> None:
    assert question_of("  Wat? \n", "nl") == "Wat?"
    with pytest.raises(Unusable, match="Typ eerst een vraag"):
        question_of(" \n", "nl")
    with pytest.raises(Unusable, match=r"10\.000 tekens; maak haar korter dan 2\.000"):
        question_of("x" * 10_000, "nl")


def test_an_answer_comes_in_by_parts_that_add_up_to_the_whole(handlers: Handlers) -> None:
    stages = list(dialogue.ask(handlers.chain, (), Asking("Wat weet u van cloud?"), Filters()))
    texts = [stage[-1].turn.answer.text if stage[-1].turn.answer else None for stage in stages]
    assert texts[:4] == [None, "", "Het antwoord luidt: ", f"Het antwoord luidt: “{CITED.quote}” [1]\n"]
    assert [stage[-1].outcome for stage in stages] == [Outcome.RUNNING] * (len(stages) - 1) + [Outcome.DONE]
    assert stages[-1][-1].turn.answer == handlers.chain.invoke(cast(FakeChain, handlers.chain).requests[0])


def test_the_chain_gets_the_conversation_so_far_but_not_what_failed(handlers: Handlers) -> None:
    first = asked(handlers, "Wat weet u van cloud?")
    second = asked(handlers, "fout", first)
    asked(handlers, "En wat kost dat?", second)
    assert second[-1].outcome is Outcome.FAILED
    assert cast(FakeChain, handlers.chain).requests[-1].history == (first[0].turn,)


def test_a_question_that_cannot_be_used_leaves_the_conversation_as_it_was(handlers: Handlers) -> None:
    update = handlers.accept("Wat?", "nl", (), None, None, "", "", "", "gisteren", "")
    assert update == {"asking": None, "message": frame.message(TEXTS["nl"].bad_date.format(value="gisteren"))}
    assert list(handlers.answer(None, (), "nl", *NO_FILTERS)) == []


def test_a_second_question_waits_for_the_first(handlers: Handlers) -> None:
    assert handlers.accept("En?", "nl", (), Asking("Wat?"), None, *NO_FILTERS) == {
        "asking": None,
        "message": frame.message(TEXTS["nl"].busy),
    }


def test_an_accepted_question_is_shown_at_once_but_kept_only_by_its_answer(handlers: Handlers) -> None:
    update = handlers.accept(" Wat? ", "nl", (), None, None, *NO_FILTERS)
    assert (update["asking"], update["box"], update["busy"], update["shown"]) == (
        Asking("Wat?"),
        "",
        Asking("Wat?"),
        (),
    )
    assert "Wat?" in update["current"]


def test_stopping_keeps_what_was_said_so_far() -> None:
    begun = Shown(Turn("Wat?", Answer(text="Een begin")))
    assert stopped((begun,), Asking("Wat?")) == (Shown(begun.turn, Outcome.STOPPED),)
    assert stopped((), Asking("Wat?")) == (Shown(Turn("Wat?"), Outcome.STOPPED),)
    assert stopped((), None) == ()


def test_of_an_answer_that_was_stopped_nothing_more_comes(handlers: Handlers) -> None:
    asking = Asking("Wat weet u van cloud?")
    updates = handlers.answer(asking, (), "nl", *NO_FILTERS)
    begun = [next(updates) for _ in range(3)][-1]
    stopped_at = handlers.interrupt(begun["shown"], begun["busy"], "nl")
    assert (begun["busy"], stopped_at["busy"], stopped_at["shown"][-1].outcome) == (asking, None, Outcome.STOPPED)
    assert list(updates) == [{}]


def test_the_end_of_a_stopped_answer_does_not_draw_over_the_next_one(handlers: Handlers) -> None:
    assert handlers.redraw((Shown(Turn("Wat?"), Outcome.STOPPED),), Asking("En?"), "nl") == {}


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        ((), ""),
        ((Shown(Turn("?")),), "searching"),
        ((Shown(Turn("?", Answer(text="Ja [1]", citations=(CITED,))), Outcome.DONE),), "done_one"),
        ((Shown(Turn("?", Answer(text="Nee", abstained=True)), Outcome.DONE),), "refused"),
        ((Shown(Turn("?"), Outcome.FAILED),), "failed"),
    ],
)
def test_screen_readers_are_told_how_far_the_answer_is(shown: tuple[Shown, ...], said: str) -> None:
    assert announcement(shown, "en") == (getattr(TEXTS["en"], said) if said else "")


def test_a_new_conversation_forgets_the_old_one(handlers: Handlers) -> None:
    update = handlers.restart(None, "nl")
    assert (update["shown"], update["asking"], update["busy"], update["place"]) == ((), None, None, None)
    assert (update["earlier"], update["current"], update["panel"]) == ("", "", "")


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"turn": "0", "list": "citations", "n": "9"},
        {"turn": "0", "list": "nearest", "n": "1"},
        {"turn": "-1", "list": "citations", "n": "1"},
        {"turn": "5", "list": "citations", "n": "1"},
        {"turn": "nul", "list": "citations", "n": "1"},
        {"turn": "0", "list": "hits", "n": "1"},
        {"turn": None, "list": "citations", "n": ["1"]},
    ],
)
def test_a_click_that_names_no_citation_of_this_conversation_opens_nothing(data: dict[str, Any]) -> None:
    shown = (Shown(Turn("?", Answer(text="Ja [1]", citations=(CITED,))), Outcome.DONE),)
    assert chosen_citation(shown, data) is None
    assert chosen_citation(shown, {"turn": "0", "list": "citations", "n": "1"}) == CITED


def test_the_panel_opens_steps_and_closes(handlers: Handlers) -> None:
    shown = asked(handlers, "Wat weet u van cloud?")
    here = handlers.open(shown, "nl", clicked(turn=0, list="citations", n=1))
    assert f"<mark>{CITED.quote}</mark>" in here["panel"]
    onward = handlers.step(here["place"], "nl", clicked(go="next"))
    assert "3 van 3" in onward["panel"]
    assert handlers.step(onward["place"], "nl", clicked(go="close")) == {"place": None, "panel": ""}


def test_a_paper_that_was_removed_meanwhile_is_said_to_be_gone() -> None:
    handlers = Handlers(FakeChain(), cast(Any, FakeIndex(HOSTILE)))
    shown = asked(handlers, "Wat weet u van cloud?")
    assert TEXTS["nl"].gone in handlers.open(shown, "nl", clicked(turn=0, list="citations", n=1))["panel"]


def test_removing_a_chip_empties_its_field_and_no_other(handlers: Handlers) -> None:
    update = handlers.unfilter(clicked(remove="minister"), "nl", "De Raad", "Defensie", "", "", "")
    assert update["minister"] == ""
    assert "Ministerie: Defensie" in update["chips"]
    assert "Bewindspersoon" not in update["chips"]
    assert handlers.unfilter(clicked(remove="shown"), "nl", *NO_FILTERS) == {}


def test_an_example_is_put_in_the_question_box(handlers: Handlers) -> None:
    assert handlers.example("nl", clicked(example=1)) == {"box": TEXTS["nl"].example_questions[1]}
    for wrong in ("9", "-1", "x"):
        assert handlers.example("nl", clicked(example=wrong)) == {}


def test_switching_the_language_changes_every_text_and_keeps_the_conversation(handlers: Handlers) -> None:
    shown = asked(handlers, "Wat weet u van cloud?")
    update = handlers.translated(shown, None, "en", *NO_FILTERS)
    assert "shown" not in update
    assert "Sources" in update["current"]
    assert {name for name in FILTERS if update[name]["label"] == getattr(TEXTS["en"], name)} == set(FILTERS)


def test_the_running_answer_is_not_disturbed_by_switching_the_language(handlers: Handlers) -> None:
    update = handlers.translated((), Asking("Wat?"), "en", *NO_FILTERS)
    assert "current" not in update
    assert update["welcome"] == ""


@pytest.mark.parametrize(
    ("settings", "line"),
    [
        (Settings(), "Er wordt niets verstuurd: alles gebeurt op deze computer."),
        (
            Settings(llm="openai:qwen3", llm_url="http://127.0.0.1:8080/v1"),
            "Uw vragen en de gevonden passages gaan naar het taalmodel openai:qwen3 op http://127.0.0.1:8080/v1: "
            "op deze computer of in uw eigen netwerk.",
        ),
        (
            Settings(llm="openai:large"),
            "Uw vragen en de gevonden passages gaan naar het taalmodel openai:large op https://api.openai.com/v1.",
        ),
        (
            Settings(llm="mistralai:large"),
            "Uw vragen en de gevonden passages gaan naar de aanbieder van het taalmodel mistralai:large.",
        ),
    ],
)
def test_the_window_says_whether_anything_is_sent_and_where_to(settings: Settings, line: str) -> None:
    assert f">{line}</p>" in frame.privacy(settings, "nl")


def test_the_contents_of_the_index_are_told_in_one_line() -> None:
    index = cast(Any, FakeIndex(CLOUD, HOSTILE))
    assert frame.contents(index, "nl") == (
        "<p>In deze verzameling: 3 antwoorden uit 2 stukken, van 14 november 2024 tot en met 3 januari 2025.</p>"
    )
    assert frame.contents(cast(Any, FakeIndex()), "en") == f"<p>{TEXTS['en'].contents_empty}</p>"


def test_a_banner_warns_of_fictitious_papers() -> None:
    assert frame.banner(cast(Any, FakeIndex(CLOUD)), "nl") == ""
    assert TEXTS["nl"].fictitious_part_banner in frame.banner(cast(Any, FakeIndex(CLOUD, HOSTILE)), "nl")
    assert TEXTS["nl"].fictitious_banner in frame.banner(cast(Any, FakeIndex(HOSTILE)), "nl")


def test_examples_are_about_the_papers_in_the_index_when_they_are_real() -> None:
    assert frame.example_questions(cast(Any, FakeIndex(CLOUD)), "nl") == (
        "Wat is er geantwoord over De afhankelijkheid van cloudleveranciers?",
    )


def test_a_busy_port_is_refused_with_what_to_do() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(AddressInUse, match=rf"port {port} on 127\.0\.0\.1 is in use; name another one with --port"):
            listen("127.0.0.1", port)


def test_an_address_of_another_machine_is_refused() -> None:
    with pytest.raises(AddressInUse, match=r"cannot listen on 192\.0\.2\.1:0 .*--host"):
        listen("192.0.2.1", 0)


def test_only_loopback_addresses_count_as_this_machine() -> None:
    assert [is_local(host) for host in ("127.0.0.1", "::1", "localhost", "0.0.0.0", "10.0.0.1", "example.org")] == [
        *(True, True, True),
        *(False, False, False),
    ]


def test_only_the_functions_for_machines_are_offered_without_a_window() -> None:
    blocks = ui.build(FakeChain(), cast(Any, FakeIndex(CLOUD)), Settings())
    offered = {function.api_name for function in blocks.fns.values() if function.api_visibility != "private"}
    assert {name for name in offered if name} == {"ask", "search", "check", "paper"}
