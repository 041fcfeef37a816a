"""The grammar of a Kamervraag in text, on made-up papers with the shapes and the damage of real ones."""

# ruff: noqa: E501, W293 - the papers are printed as they are

from datetime import date

import pytest

from corpus.kamervragen import parse_text
from corpus.records import AnswerKind, Member, Note, Official, Paper, PaperKind, page_number, raw_offset

PRINTED = """Tweede Kamer der Staten-Generaal2
Vergaderjaar 2030–2031 Aanhangsel van de Handelingen
Vragen gesteld door de leden der Kamer, met de daarop door de
regering gegeven antwoorden
9901
Vragen van de leden Pannenkoek (PVM) en Wafel (Lijst Luchtkasteel) aan de
Minister van Wolkenbeheer en Getijden over het tellen van wolken (ingezonden
4 maart 2031).
Antwoord van Minister Van Sprookjesveen (Wolkenbeheer en Getijden) (ontvangen
15 april 2031). Zie ook Aanhangsel Handelingen, vergaderjaar 2030–2031, nr. 9876.
Vraag 1
Kent u het bericht over wolken?1 Wat vindt u daarvan?
Antwoord 1
Ja. De telling is op 1 februari hervat en verloopt volgens het plan dat ik
1De Verzonnen Courant, 1 maart 2031, Wolkentelling loopt vast
(www.wolken.example/telling).
 
  
ah-tk-20302031-9901
ISSN 0921 - 7398’s-Gravenhage 2031Tweede Kamer, vergaderjaar 2030–2031, Aanhangsel 1
vorig jaar heb toegelicht.
2 In dat plan staan drie stappen:
1. tellen;
2. wegen;
3. meten.
Vraag 2
Klopt het dat er in 2030 minder wolken waren?
3
Vraag 3
Waarom is dat?
Antwoord 2 en 3
Zie het antwoord op vraag 1.
2Kamerstuk 99 999, nr. 12
399 999, nr. 14
Tweede Kamer, vergaderjaar 2030–2031, Aanhangsel 2
Toelichting:
Deze vragen dienen ter aanvulling op eerdere vragen terzake van het lid Stroop (D99).
Tweede Kamer, vergaderjaar 2030–2031, Aanhangsel 3
"""


def parsed(text: str, stem: str = "brief") -> Paper:
    paper = parse_text(text, f"{stem}.txt", stem)
    assert paper is not None
    return paper


def shape(paper: Paper) -> list[tuple[tuple[int, ...], str, str]]:
    return [(exchange.answers, exchange.question, exchange.answer) for exchange in paper.exchanges]


def test_a_paper_from_the_official_pdf_is_read_whole() -> None:
    paper = parsed(PRINTED)
    assert (paper.id, paper.kind, paper.number, paper.session_year) == (
        "ah-tk-20302031-9901",
        PaperKind.ANSWER,
        9901,
        "2030-2031",
    )
    assert paper.subject == "het tellen van wolken"
    assert paper.askers == (Member("Pannenkoek", "PVM"), Member("Wafel", "Lijst Luchtkasteel"))
    assert paper.speakers == (Official("Van Sprookjesveen", "Minister", "Wolkenbeheer en Getijden"),)
    assert (paper.asked, paper.answered) == (date(2031, 3, 4), date(2031, 4, 15))
    assert paper.related == ("ah-tk-20302031-9876",)
    assert shape(paper) == [
        (
            (1,),
            "Kent u het bericht over wolken? Wat vindt u daarvan?",
            "Ja. De telling is op 1 februari hervat en verloopt volgens het plan dat ik vorig jaar heb toegelicht. "
            "In dat plan staan drie stappen:\n1. tellen;\n2. wegen;\n3. meten.",
        ),
        ((2, 3), "Klopt het dat er in 2030 minder wolken waren?\nWaarom is dat?", "Zie het antwoord op vraag 1."),
    ]
    assert [exchange.notes for exchange in paper.exchanges] == [
        (
            Note("1", "De Verzonnen Courant, 1 maart 2031, Wolkentelling loopt vast (www.wolken.example/telling)."),
            Note("2", "Kamerstuk 99 999, nr. 12"),
        ),
        (Note("3", "99 999, nr. 14"),),
    ]
    assert (paper.exchanges[1].kind, paper.exchanges[1].refers_to) == (AnswerKind.REFERRED, (1,))


def test_offsets_lead_back_to_the_page() -> None:
    paper = parsed(PRINTED)
    exchange = paper.exchanges[0]
    for words, page in (("De telling", 1), ("heb toegelicht", 2), ("wegen", 2)):
        raw = raw_offset(exchange.answer_knots, exchange.answer.index(words))
        assert raw is not None
        assert paper.raw[raw : raw + len(words)] == words
        assert page_number(paper.pages, raw) == page


def test_a_table_note_is_taken_out_of_a_figure() -> None:
    text = PRINTED.replace(
        "3. meten.", "3. meten.\nJaar: 2029 2030\nNoord: 2.365 88711.122\n1 Vanaf 2030 zijn de cijfers anders."
    )
    assert "Noord: 2.365 887 1.122" in parsed(text).exchanges[0].answer


TYPED_HEAD = "AH 12\n2030Z 12345\nAntwoord van minister Van Sprookjesveen (Financiën) (ontvangen 15 april 2031)\n\n"


@pytest.mark.parametrize(
    ("body", "exchanges"),
    [
        ("Vraag 1\nWat?\n\nAntwoord op vraag 1\nDit.\n", [((1,), "Wat?", "Dit.")]),
        ("1. Wat?\n\nAntwoord:\nDit.\n\n2. Hoe?\n\nAntwoord:\nZo.", [((1,), "Wat?", "Dit."), ((2,), "Hoe?", "Zo.")]),
        ("1.\nWat?\n\n2.\nHoe?\n\nAntwoord vraag 1-2:\nDit.", [((1, 2), "Wat?\nHoe?", "Dit.")]),
        (
            "1. Wat?\nAntwoord vraag 1:\nTwee dingen:\n1. Het ene ding.\n2. Het andere ding.\n2. Hoe?\nAntwoord vraag 2:\nZo.",
            [((1,), "Wat?", "Twee dingen:\n1. Het ene ding.\n2. Het andere ding."), ((2,), "Hoe?", "Zo.")],
        ),
        (
            "Vraag 1 en 3\nWat?\nWie?\nAntwoorden 1 en 3\nDit.\nVraag 2\nHoe?\nAntwoord 2\nZo.",
            [((1, 3), "Wat?\nWie?", "Dit."), ((2,), "Hoe?", "Zo.")],
        ),
        (
            "Vraag 1\nWat?\nVraag 2\nHoe?\nVraag 3\nWie?\nAntwoord op vragen 1, 2, en 3\nDit.",
            [((1, 2, 3), "Wat?\nHoe?\nWie?", "Dit.")],
        ),
        (
            "Vraag 1\nWat?\nAntwoord 1\nDit.\nVraag 2\nHoe?\nZo gaat dat.\nEn zo.\nVraag 3\nWie?\nAntwoord 3\nHij.",
            [((1,), "Wat?", "Dit."), ((2,), "Hoe?", "Zo gaat dat.\nEn zo."), ((3,), "Wie?", "Hij.")],
        ),
        ("Vraag 1\nWat?\nAntwoord\nDit.\nVraag 2\nHoe?\n", [((1,), "Wat?", "Dit."), ((2,), "Hoe?", "")]),
        (
            "Vraag 2 t/m 4\nWat?\nAntwoord 2 t/m 4\nDit. Zie mijn\nAntwoord 9\n",
            [((2, 3, 4), "Wat?", "Dit. Zie mijn\nAntwoord 9")],
        ),
    ],
)
def test_every_way_of_numbering_is_paired_by_number(
    body: str, exchanges: list[tuple[tuple[int, ...], str, str]]
) -> None:
    paper = parsed(TYPED_HEAD + body)
    assert (paper.id, paper.question_ids) == ("ah-tk-20302031-12", ("2030Z12345",))
    assert shape(paper) == exchanges


def test_typed_notes_are_set_apart() -> None:
    paper = parsed(
        TYPED_HEAD + "Vraag 1\nKent u dit? 1)\nAntwoord 1\nJa [2].\nTwee: 1) dit en 2) dat.\n\n1) Krant\n2) Blad\n"
    )
    assert paper.exchanges[0].question == "Kent u dit?"
    assert [note.text for note in paper.exchanges[0].notes] == ["Krant", "Blad"]


def test_an_answer_in_the_voice_of_one_of_two_is_his_alone() -> None:
    head = "AH 12\nAntwoord van staatssecretaris Pluis (Financiën) en van minister Kruimel (Defensie) (ontvangen 15 april 2031)\n"
    body = "Vraag 1\nWat?\nAntwoord 1\nIk (Minister) weet het.\nVraag 2\nHoe?\nAntwoord 2\nWij weten het."
    pluis, kruimel = Official("Pluis", "Staatssecretaris", "Financiën"), Official("Kruimel", "Minister", "Defensie")
    assert [exchange.speakers for exchange in parsed(head + body).exchanges] == [(kruimel,), (pluis, kruimel)]


def test_a_deferral_keeps_its_notice_and_its_questions() -> None:
    text = PRINTED.replace("Antwoord van Minister", "Mededeling van Minister")
    start, end = text.index("Antwoord 1"), text.index("1De Verzonnen")
    text = text[:start] + text[end:]
    start, end = text.index("vorig jaar"), text.index("Vraag 2")
    text = text[:start] + text[end:]
    start, end = text.index("Antwoord 2 en 3"), text.index("2Kamerstuk")
    paper = parsed(text[:start] + "Mededeling\nDe vragen kunnen niet op tijd worden beantwoord.\n" + text[end:])
    assert (paper.kind, paper.notice) == (PaperKind.DEFERRAL, "De vragen kunnen niet op tijd worden beantwoord.")
    assert [(exchange.answers, exchange.kind) for exchange in paper.exchanges] == [
        ((1,), AnswerKind.DEFERRED),
        ((2,), AnswerKind.DEFERRED),
        ((3,), AnswerKind.DEFERRED),
    ]


def test_a_typed_deferral_tells_who_asked() -> None:
    paper = parsed(
        "AH 13\n2031Z00001\nMededeling van minister Pluis (Financiën) (ontvangen 20 november 2031)\n\nDe vragen van het lid "
        "Wafel (PVM) over wolken (2031Z00001) kunnen niet binnen de gebruikelijke termijn worden beantwoord.\n"
    )
    assert (paper.id, paper.kind, paper.subject) == ("ah-tk-20312032-13", PaperKind.DEFERRAL, "wolken")
    assert paper.askers == (Member("Wafel", "PVM"),)
    assert paper.exchanges == ()


def test_questions_without_numbers_are_counted() -> None:
    paper = parsed(
        "2031Z00002\n\n(ingezonden 20 november 2031)\n\nVragen van het lid Wafel (PVM) aan de minister van Financiën over "
        "wolken\n\n \n\nKent u dit? 1)\n\nWat vindt u ervan?\n\n \n\n1) De Verzonnen Courant\n"
    )
    assert (paper.id, paper.kind, paper.asked) == ("kv-tk-2031Z00002", PaperKind.QUESTION, date(2031, 11, 20))
    assert shape(paper) == [((1,), "Kent u dit?", ""), ((2,), "Wat vindt u ervan?", "")]
    assert {exchange.kind for exchange in paper.exchanges} == {AnswerKind.UNANSWERED}


def test_an_oral_question_is_its_subject() -> None:
    paper = parsed(
        "Tweede Kamer der Staten-Generaal2\nVergaderjaar 2030–2031 Vragen gesteld door de leden der Kamer\n \n2031Z00003\n"
        "Mondelinge vragen van het lid Wafel (PVM) aan de Minister van Financiën over\nwolken (Courant, 16 november 2031) "
        "(ingezonden 19 november 2031)\n\nkv-tk-2031Z00003\n’s-Gravenhage 2031 Tweede Kamer, vergaderjaar 2030–2031, Vragen"
    )
    assert shape(paper) == [((), "wolken (Courant, 16 november 2031)", "")]


def test_a_news_article_is_no_kamervraag() -> None:
    assert parse_text("Minister telt wolken\n\nDe minister heeft vandaag wolken geteld.\n", "a.txt", "a") is None


@pytest.mark.parametrize(
    ("below", "answer"),
    [
        ("1\n\fworden geteld.", "Ja, zij worden geteld."),
        ("\f1\nworden geteld.", "Ja, zij 1 worden geteld."),
        ("7\nworden geteld.", "Ja, zij 7 worden geteld."),
    ],
)
def test_a_number_right_below_a_running_line_is_its_page_where_it_is_the_next(below: str, answer: str) -> None:
    paper = parsed(
        "Tweede Kamer der Staten-Generaal2\nVergaderjaar 2030–2031 Aanhangsel van de Handelingen\n12\n"
        "Vragen van het lid Wafel (PVM) aan de Minister van Financiën over wolken (ingezonden 16 november 2031).\n"
        "Antwoord van Minister Regen (Financiën) (ontvangen 19 november 2031).\n"
        f"Vraag 1\nTelt u wolken?\nAntwoord 1\nJa, zij\nTweede Kamer, vergaderjaar 2030–2031, Aanhangsel\n{below}\n"
    )
    assert shape(paper) == [((1,), "Telt u wolken?", answer)]


@pytest.mark.parametrize(("mark", "notes"), [("1", [("1", "Verzonnen Courant, 3 mei")]), ("", [])])
def test_a_paragraph_of_notes_between_exchanges_is_one_where_the_text_marks_it(
    mark: str, notes: list[tuple[str, str]]
) -> None:
    paper = parsed(
        "Antwoorden van de minister van Financiën op vragen van het lid Wafel (PVM) over wolken (ingezonden 2 mei 2031)\n\n"
        f"Vraag 1\nKent u het bericht?{mark}\n\nAntwoord 1\nJa.\n\n1 Verzonnen Courant, 3 mei\n\n"
        "Vraag 2\nTelt u ze?\n\nAntwoord 2\nNee.\n"
    )
    answer = "Ja." if mark else "Ja.\n1 Verzonnen Courant, 3 mei"
    assert shape(paper) == [((1,), "Kent u het bericht?", answer), ((2,), "Telt u ze?", "Nee.")]
    assert [(note.mark, note.text) for exchange in paper.exchanges for note in exchange.notes] == notes


@pytest.mark.parametrize("told", [" op 3 februari 2031 medegedeeld", " (medegedeeld op 3 februari 2031)"])
def test_questions_of_the_eerste_kamer_are_passed_on_on_a_day(told: str) -> None:
    paper = parsed(
        "Eerste Kamer der Staten-Generaal\n1\nVergaderjaar 2030–2031 Aanhangsel van de Handelingen\n6\n"
        f"Vragen van het lid Wafel (PVM){told} aan de Minister van Financiën over wolken.\n"
        "Antwoord van Minister Regen (Financiën) (ontvangen 3 maart 2031).\nVraag 1\nTelt u ze?\nAntwoord 1\nJa.\n"
    )
    assert (paper.asked, paper.subject, paper.askers) == (date(2031, 2, 3), "wolken", (Member("Wafel", "PVM"),))
