"""Every construct and trap of the grammar of Kamervragen, on lean made-up papers."""

# ruff: noqa: E501 - the papers are printed as they are

from datetime import date

import pytest

from corpus.answers import answer_kind, references
from corpus.header import related_papers
from corpus.kamervragen import parse_text
from corpus.records import AnswerKind, Exchange, Member, Note, Official, Paper, PaperKind, pointed_to

HEAD = "AH 12\n2030Z12345\nAntwoord van minister Van Sprookjesveen (Financiën) (ontvangen 15 april 2031)\n\n"
PLUIS = Official("Pluis", "Staatssecretaris", "Financiën")
KRUIMEL = Official("Kruimel", "Minister", "Defensie")


def parsed(text: str) -> Paper:
    paper = parse_text(text, "stuk.txt", "stuk")
    assert paper is not None
    return paper


def pairs(body: str) -> dict[tuple[int, ...], tuple[str, str]]:
    return {exchange.answers: (exchange.question, exchange.answer) for exchange in parsed(HEAD + body).exchanges}


def asked(*numbers: int) -> str:
    return "".join(f"Vraag {number}\nWat is {number}?\n" for number in numbers)


@pytest.mark.parametrize(
    ("label", "numbers"),
    [
        ("Antwoord 2 t/m 6", (2, 3, 4, 5, 6)),
        ("Antwoord op de vragen 3 tot en met 5", (3, 4, 5)),
        ("Antwoorden 5 en 6", (5, 6)),
        ("Antwoord vraag 4-7:", (4, 5, 6, 7)),
        ("Antwoord vraag 4 – 7", (4, 5, 6, 7)),
        ("Antwoord op vragen 7, 8, en 9", (7, 8, 9)),
        ("Antwoord op vraag 3 en 8", (3, 8)),
        ("Antwoord vragen 1,2,3,4 en 5", (1, 2, 3, 4, 5)),
        ("Antwoord op de vragen 2, 4 en 6 tot en met 8", (2, 4, 6, 7, 8)),
        ("Gezamenlijk antwoord op vragen 1 & 2", (1, 2)),
        ("Antwoord op vragen 1 en 2:", (1, 2)),
        ("Antwoord vragen 1 t/m 3 :", (1, 2, 3)),
        ("Antwoord op vraag 1, 2 en vraag 3", (1, 2, 3)),
        ("Antwoord op vraag 4a en 4b", (4,)),
        ("Beantwoording vraag 9", (9,)),
    ],
)
def test_a_joint_answer_answers_the_questions_that_its_label_names(label: str, numbers: tuple[int, ...]) -> None:
    exchanges = parsed(HEAD + asked(*range(1, 10)) + f"{label}\nSamen.\nEn meer.\n").exchanges
    answered = [exchange for exchange in exchanges if exchange.answer]
    assert [(exchange.answers, exchange.answer) for exchange in answered] == [(numbers, "Samen.\nEn meer.")]
    assert answered[0].question == "\n".join(f"Wat is {number}?" for number in numbers)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(
            asked(1, 2) + "Antwoord 1 en 2\nDit.\nEn dat.\n" + asked(3) + "Antwoord 3\nZo.",
            {(1, 2): ("Wat is 1?\nWat is 2?", "Dit.\nEn dat."), (3,): ("Wat is 3?", "Zo.")},
            id="question 3 after a joint answer",
        ),
        pytest.param(
            asked(1, 2, 3) + "Antwoord 3\nDrie.\nAntwoord 1\nEen.\nAntwoord 2\nTwee.",
            {(3,): ("Wat is 3?", "Drie."), (1,): ("Wat is 1?", "Een."), (2,): ("Wat is 2?", "Twee.")},
            id="answers out of order",
        ),
        pytest.param(
            asked(1) + "Antwoord 1\nDit.\n" + asked(2) + "Zo gaat dat.\n" + asked(3) + "Antwoord 3\nHij.",
            {(1,): ("Wat is 1?", "Dit."), (2,): ("Wat is 2?", "Zo gaat dat."), (3,): ("Wat is 3?", "Hij.")},
            id="an answer with no heading at all",
        ),
        pytest.param(
            "1.\nWat?\n\nAntwoord:\nDit.\n\n2.\nHoe?\n\nAntwoord:\nZo.\nEn zo.",
            {(1,): ("Wat?", "Dit."), (2,): ("Hoe?", "Zo.\nEn zo.")},
            id="numbers without headings",
        ),
        pytest.param(
            "1. Wat?\nAntwoord: Dit.\n2. Hoe?\nAntwoord: Zo.",
            {(1,): ("Wat?", "Dit."), (2,): ("Hoe?", "Zo.")},
            id="a label before its text on one line",
        ),
        pytest.param(
            "Vraag 1: Wat?\nAntwoord 1: Dit.\nVraag 2: Hoe?\nAntwoord 2: Zo.",
            {(1,): ("Wat?", "Dit."), (2,): ("Hoe?", "Zo.")},
            id="labels with their text on one line",
        ),
        pytest.param(
            "Vraag 1\na) Wat?\nb) Hoe?\nAntwoord 1\na) Dit.\nb) Zo.",
            {(1,): ("a) Wat?\nb) Hoe?", "a) Dit.\nb) Zo.")},
            id="sub-questions in one answer",
        ),
        pytest.param(
            "Vraag 1a\nWat?\nVraag 1b\nHoe?\nAntwoord 1a en 1b\nZo.",
            {(1,): ("Wat?\nHoe?", "Zo.")},
            id="sub-questions with their own headings",
        ),
        pytest.param(
            asked(1)
            + "Antwoord 1\nDrie stappen:\n1. Het tellen.\n2. Het wegen.\n3. Het meten.\n"
            + asked(2)
            + "Antwoord 2\nJa.",
            {
                (1,): ("Wat is 1?", "Drie stappen:\n1. Het tellen.\n2. Het wegen.\n3. Het meten."),
                (2,): ("Wat is 2?", "Ja."),
            },
            id="a numbered list in an answer",
        ),
        pytest.param(
            asked(1)
            + "Antwoord 1\nDat kan.\n\nToelichting:\nDeze vragen dienen ter aanvulling op eerdere vragen terzake van het lid Stroop (D99).",
            {(1,): ("Wat is 1?", "Dat kan.")},
            id="a Toelichting after the last answer",
        ),
        pytest.param(
            asked(1) + "Antwoord 1\nIk wijs op de tabel.\nJaar | Aantal\n2029 | 12\n2030 | 14\n",
            {(1,): ("Wat is 1?", "Ik wijs op de tabel.\nJaar | Aantal\n2029 | 12\n2030 | 14")},
            id="a table",
        ),
        pytest.param(
            "Vraag 1\nKent u dit? 1)\nAntwoord 1\nJa.\nVraag 2\nKent u dat? 2)\nAntwoord 2\nNee.\n",
            {(1,): ("Kent u dit?", "Ja."), (2,): ("Kent u dat?", "Nee.")},
            id="marks of notes that the text does not hold",
        ),
    ],
)
def test_questions_and_answers_are_paired(body: str, expected: dict[tuple[int, ...], tuple[str, str]]) -> None:
    assert pairs(body) == expected


@pytest.mark.parametrize(
    ("notes", "body"),
    [
        (
            "1) Krant\n2) Blad p. 3\n\nToelichting:\nDeze vragen dienen ter aanvulling op eerdere vragen terzake.",
            "Kent u dit? 1)",
        ),
        ("1. Krant\n2. Blad p. 3", "Kent u dit? 1)"),
        ("[1] Krant\n[2] Blad p. 3", "Kent u dit? [1]"),
        ("__________\n1) Krant\n2) Blad\np. 3", "Kent u dit? 1)"),
    ],
)
def test_typed_notes_stand_apart_with_their_numbers(notes: str, body: str) -> None:
    answer = "Ja, dat blad2) ken ik." if "[" not in body else "Ja, dat blad[2] ken ik."
    (exchange,) = parsed(HEAD + f"Vraag 1\n{body}\nAntwoord 1\n{answer}\n\n{notes}\n").exchanges
    assert (exchange.question, exchange.answer) == ("Kent u dit?", "Ja, dat blad ken ik.")
    assert exchange.notes == (Note("1", "Krant"), Note("2", "Blad p. 3"))


@pytest.mark.parametrize(
    ("answer", "refers", "kind"),
    [
        ("Ja.", False, AnswerKind.CONFIRMED),
        ("Ja, daarmee ben ik bekend.", False, AnswerKind.CONFIRMED),
        ("Daar ben ik mee bekend.", False, AnswerKind.CONFIRMED),
        ("Ja, maar niet overal.", False, AnswerKind.ANSWERED),
        ("Nee.", False, AnswerKind.DENIED),
        ("Deze mening deel ik niet.", False, AnswerKind.DENIED),
        ("Nee, zie antwoord 6.", True, AnswerKind.REFERRED),
        ("Ja. Zie ook het antwoord op vraag 1 en 3.", True, AnswerKind.REFERRED),
        ("Zie mijn antwoord op vraag 2. Wolken zijn van water en dat telt zwaar.", True, AnswerKind.ANSWERED),
        ("Ik verwijs u naar mijn brief van 4 mei jl. (Kamerstuk 99 999, nr. 1).", False, AnswerKind.REFERRED_ELSEWHERE),
        (
            "Er is iets misgegaan. Ik bied daarvoor excuses aan.\nVoor de beantwoording verwijs ik u graag naar mijn brief van 4 mei jl.",
            False,
            AnswerKind.REFERRED_ELSEWHERE,
        ),
        ("Ik kom hier later op terug.", False, AnswerKind.DEFERRED),
        ("Deze vraag zal ik zo spoedig mogelijk beantwoorden.", False, AnswerKind.DEFERRED),
        ("De vragen zijn zo spoedig mogelijk beantwoord.", False, AnswerKind.ANSWERED),
        ("Deze vraag kan ik niet beantwoorden.", False, AnswerKind.UNANSWERED),
        ("Niet van toepassing.", False, AnswerKind.UNANSWERED),
        ("", False, AnswerKind.UNANSWERED),
        ("De wolken worden geteld en gewogen.", False, AnswerKind.ANSWERED),
    ],
)
def test_an_answer_has_a_kind(answer: str, refers: bool, kind: AnswerKind) -> None:
    assert answer_kind(answer, refers) is kind


@pytest.mark.parametrize(
    ("answer", "numbers"),
    [
        ("Zie vraag 3.", (3,)),
        ("Zie de beantwoording van vraag 1.", (1,)),
        ("Zoals bij vragen 2 tot en met 4 is gezegd.", (2, 3, 4)),
        ("Zie het antwoord op de vorige vraag.", (4,)),
        ("Zie hierboven.", (4,)),
        ("Dat staat in het antwoord op de volgende vraag.", (7,)),
        ("Zie het antwoord op vraag 2 van het lid Stroop.", ()),
        ("Er zijn 3 vragen gesteld.", ()),
    ],
)
def test_an_answer_points_to_others_of_its_paper(answer: str, numbers: tuple[int, ...]) -> None:
    assert references(answer, (5, 6), range(1, 9)) == numbers


def test_a_pointer_leads_to_the_answer_that_it_means() -> None:
    paper = parsed(
        HEAD + asked(1, 2, 3, 4)
        + "Antwoord 1\nZo zit het met de wolken.\nAntwoord 2\nZie vraag 1.\nAntwoord 3\nZie het antwoord op vraag 2.\nAntwoord 4\nJa."
    )  # fmt: skip
    assert [pointed_to(paper, place) for place in range(4)] == [(), (0,), (0,), ()]


@pytest.mark.parametrize(
    ("text", "papers"),
    [
        ("Zie ook Aanhangsel Handelingen, vergaderjaar 2029–2030, nr. 2461", ("ah-tk-20292030-2461",)),
        ("Aanhangsel van de Handelingen II 2029/30, nr. 12", ("ah-tk-20292030-12",)),
        ("Aanhangsel Handelingen I, vergaderjaar 2029-2030, nr. 3", ("ah-ek-20292030-3",)),
        ("Aanhangsel Handelingen, vergaderjaar 2029–2030, nrs. 5 en 6", ("ah-tk-20292030-5", "ah-tk-20292030-6")),
        ("zie ah-tk-20292030–2345", ("ah-tk-20292030-2345",)),
        ("op vragen van het lid Stroop (D99), (vraagnummer 2030Z14814)", ("kv-tk-2030Z14814",)),
        ("Kamerstuk 29 279, nr. 339", ()),
    ],
)
def test_other_papers_are_named_by_their_identifiers(text: str, papers: tuple[str, ...]) -> None:
    assert related_papers(text) == papers


def test_answers_and_explanations_link_to_other_papers() -> None:
    paper = parsed(
        HEAD + asked(1) + "Antwoord 1\nZie Aanhangsel Handelingen, vergaderjaar 2029–2030, nr. 7.\n\nToelichting: Deze vragen dienen "
        "ter aanvulling op eerdere vragen van het lid Stroop (D99), (vraagnummer 2030Z14814)."
    )  # fmt: skip
    assert paper.exchanges[0].related == ("ah-tk-20292030-7",)
    assert paper.exchanges[0].kind is AnswerKind.REFERRED_ELSEWHERE
    assert paper.related == ("kv-tk-2030Z14814",)


def test_a_paper_of_the_eerste_kamer_is_one() -> None:
    paper = parsed(
        "Eerste Kamer der Staten-Generaal1\nVergaderjaar 2030–2031 Aanhangsel van de Handelingen\n"
        "Vragen gesteld door de leden der Kamer, met de daarop door de\nregering gegeven antwoorden\n3\n"
        "Vragen van het lid Pannenkoek (PVM) aan de Minister-President, Minister van Algemene Zaken over\nwolken (ingezonden 4 maart 2031).\n"
        "Antwoord van Minister-President Van Sprookjesveen (Algemene Zaken), mede namens de Minister\nvan Financiën (ontvangen 15 april 2031).\n"
        "1\nKent u de wolken?\nAntwoord\nJa.\n2\nHoe veel zijn het er?\nAntwoord\nAcht.\n"
        "’s-Gravenhage 2031 Eerste Kamer, vergaderjaar 2030–2031, Aanhangsel 1\n"
    )
    assert (paper.id, paper.kind, paper.number) == ("ah-ek-20302031-3", PaperKind.ANSWER, 3)
    assert paper.askers == (Member("Pannenkoek", "PVM"),)
    assert paper.speakers == (
        Official("Van Sprookjesveen", "Minister-President", "Algemene Zaken"),
        Official("", "Minister", "Financiën"),
    )
    assert [(exchange.answers, exchange.question, exchange.answer) for exchange in paper.exchanges] == [
        ((1,), "Kent u de wolken?", "Ja."),
        ((2,), "Hoe veel zijn het er?", "Acht."),
    ]


COMMITTEE = """Tweede Kamer der Staten-Generaal
Vergaderjaar 2030–2031
99 600 XX Vaststelling van de begrotingsstaten van het Ministerie van Defensie (XX) voor het jaar 2031
Nr. 14
LIJST VAN VRAGEN EN ANTWOORDEN
Vastgesteld 14 november 2030
De vaste commissie voor Defensie heeft een aantal vragen voorgelegd aan de Minister van Defensie over de ontwerpbegroting 2031 (Kamerstuk 99 600 XX, nr. 2).
De Minister heeft deze vragen beantwoord bij brief van 12 november 2030. Vragen en antwoorden zijn hierna afgedrukt.
De voorzitter van de commissie,
Pannenkoek
De adjunct-griffier van de commissie,
Wafel
1
Hoeveel wolken zijn er geteld?
Antwoord:
Er zijn acht wolken geteld.
Dat is er een meer dan vorig jaar.
2
Wat kost dat?
Antwoord:
Zie het antwoord op vraag 1.
"""


def test_questions_of_a_committee_are_answered_by_the_minister() -> None:
    paper = parsed(COMMITTEE)
    assert (paper.id, paper.kind, paper.session_year) == ("kst-99600-XX-14", PaperKind.ANSWER, "2030-2031")
    assert paper.subject == "de ontwerpbegroting 2031 (Kamerstuk 99 600 XX, nr. 2)"
    assert paper.askers == (Member("vaste commissie voor Defensie", ""),)
    assert paper.addressees == paper.speakers == (Official("", "Minister", "Defensie"),)
    assert paper.answered == date(2030, 11, 12)
    assert [
        (exchange.answers, exchange.question, exchange.answer, exchange.refers_to) for exchange in paper.exchanges
    ] == [
        ((1,), "Hoeveel wolken zijn er geteld?", "Er zijn acht wolken geteld.\nDat is er een meer dan vorig jaar.", ()),
        ((2,), "Wat kost dat?", "Zie het antwoord op vraag 1.", (1,)),
    ]


@pytest.mark.parametrize(
    ("answer", "speakers"),
    [
        ("Ik (Minister) weet het.", (KRUIMEL,)),
        ("Ik, als Staatssecretaris van Financiën, weet het.", (PLUIS,)),
        ("Ik (Minister) weet het en ik (Staatssecretaris) ook.", (PLUIS, KRUIMEL)),
        ("Wij weten het.", (PLUIS, KRUIMEL)),
    ],
)
def test_the_voice_of_an_answer_tells_who_speaks(answer: str, speakers: tuple[Official, ...]) -> None:
    head = "AH 12\nAntwoord van staatssecretaris Pluis (Financiën) en van minister Kruimel (Defensie) (ontvangen 15 april 2031)\n"
    (exchange,) = parsed(f"{head}Vraag 1\nWat?\nAntwoord 1\n{answer}\n").exchanges
    assert exchange.speakers == speakers


def test_a_question_without_an_answer_is_unanswered() -> None:
    exchange = parsed(HEAD + asked(1) + "Antwoord 1\nDit.\n" + asked(2)).exchanges[1]
    assert exchange == Exchange(
        (2,), "Wat is 2?", "", kind=AnswerKind.UNANSWERED, question_knots=exchange.question_knots
    )


def test_answers_without_any_label_follow_their_questions() -> None:
    paper = parsed(COMMITTEE.replace("Antwoord:\n", ""))
    assert [(exchange.question, exchange.answer) for exchange in paper.exchanges] == [
        ("Hoeveel wolken zijn er geteld?", "Er zijn acht wolken geteld.\nDat is er een meer dan vorig jaar."),
        ("Wat kost dat?", "Zie het antwoord op vraag 1."),
    ]


def test_questions_of_a_committee_alone_are_questions() -> None:
    text = COMMITTEE.replace(" EN ANTWOORDEN", "").replace(
        "De Minister heeft deze vragen beantwoord bij brief van 12 november 2030. Vragen en antwoorden zijn hierna afgedrukt.\n",
        "",
    )
    paper = parsed(text[: text.index("Antwoord:")] + "2\nWat kost dat?\n")
    assert (paper.kind, paper.asked, paper.speakers) == (PaperKind.QUESTION, date(2030, 11, 14), ())
    assert [(exchange.question, exchange.answer) for exchange in paper.exchanges] == [
        ("Hoeveel wolken zijn er geteld?", ""), ("Wat kost dat?", ""),
    ]  # fmt: skip
