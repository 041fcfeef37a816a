"""Officials and members as headers name them, with the damage that headers have."""

# ruff: noqa: E501 - the papers are printed as they are

from datetime import date

import pytest

from corpus.header import read_header
from corpus.members import members_in
from corpus.officials import canonical_ministry, family_name, ministry_matches, officials_in
from corpus.records import Member, Official

AUTUMN = date(2024, 11, 14)
JUSTICE = "Justitie en Veiligheid"
HOME = "Binnenlandse Zaken en Koninkrijksrelaties"


@pytest.mark.parametrize(
    ("phrase", "officials"),
    [
        (
            "Minister Van Pluis (Justitie en Veiligheid) en antwoord van Staatssecretaris Kruimel (Justitie en Veiligheid)",
            (Official("Van Pluis", "Minister", JUSTICE), Official("Kruimel", "Staatssecretaris", JUSTICE)),
        ),
        (
            "Minister Kwast – Van de Wolk (Asiel en Migratie), mede namens de Ministers voor Buitenlandse Handel en "
            "Ontwikkelingshulp en van Buitenlandse Zaken",
            (
                Official("Kwast-van de Wolk", "Minister", "Asiel en Migratie"),
                Official("", "Minister", "Buitenlandse Handel en Ontwikkelingshulp"),
                Official("", "Minister", "Buitenlandse Zaken"),
            ),
        ),
        (
            "Minister Van der Wafel van Justitie en Veiligheid en staatssecretaris Stroop-Kruimel van Asiel en Migratie",
            (
                Official("Van der Wafel", "Minister", JUSTICE),
                Official("Stroop-Kruimel", "Staatssecretaris", "Asiel en Migratie"),
            ),
        ),
        (
            "staatssecretaris Kruimel (Volksgezondheid, Welzijn en Sport",
            (Official("Kruimel", "Staatssecretaris", "Volksgezondheid, Welzijn en Sport"),),
        ),
        (
            "de Minister en Staatssecretaris van Binnenlandse Zaken en Koninkrijkrelaties",
            (Official("", "Minister", HOME), Official("", "Staatssecretaris", HOME)),
        ),
        (
            "de ministers van Justitie en Veiligheid en Binnenlandse Zaken en Koninkrijksrelaties",
            (Official("", "Minister", JUSTICE), Official("", "Minister", HOME)),
        ),
        ("de MinisterKlimaat en Groene Groei", (Official("", "Minister", "Klimaat en Groene Groei"),)),
        ("de minister-president", (Official("", "Minister-President", "Algemene Zaken"),)),
        (
            "de Minister-President, Minister van Algemene Zaken",
            (Official("", "Minister-President", "Algemene Zaken"),),
        ),
        (
            "Ministers van Wolkenbeheer en Getijden en van Sprookjeszaken",
            (Official("", "Minister", "Wolkenbeheer en Getijden"), Official("", "Minister", "Sprookjeszaken")),
        ),
        ("het lid Pannenkoek", ()),
    ],
)
def test_every_official_of_a_phrase_is_found(phrase: str, officials: tuple[Official, ...]) -> None:
    assert officials_in(phrase, AUTUMN) == officials


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("D.M. van Pluis", "Van Pluis"),
        ("Kwast – Van de Wolk", "Kwast-van de Wolk"),
        ("Kwast-van de Wolk", "Kwast-van de Wolk"),
        ("Kwast - van de Wolk", "Kwast-van de Wolk"),
        ("drs. A.B. Öztürk-Bloem", "Öztürk-Bloem"),
        ("Bobic ´", "Bobić"),
    ],
)
def test_a_family_name_has_one_spelling(printed: str, name: str) -> None:
    assert family_name(printed) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ministerie van Financien", "Financiën"),
        ("JenV", JUSTICE),
        ("I&W", "Infrastructuur en Waterstaat"),
        ("Asiel en migratie", "Asiel en Migratie"),
        ("Wolkenbeheer", "Wolkenbeheer"),
    ],
)
def test_a_ministry_has_one_name(text: str, name: str) -> None:
    assert canonical_ministry(text, AUTUMN) == name


def test_an_abbreviation_means_what_it_meant_on_the_day() -> None:
    assert canonical_ministry("BZ", date(1996, 1, 1)) == "Binnenlandse Zaken"
    assert canonical_ministry("BZ", AUTUMN) == "Buitenlandse Zaken"


def test_a_query_matches_a_ministry_by_name_part_or_abbreviation() -> None:
    assert ministry_matches("jenv", JUSTICE)
    assert ministry_matches("justitie", JUSTICE)
    assert ministry_matches("Ministerie van Justitie en Veiligheid", JUSTICE)
    assert not ministry_matches("just", JUSTICE)
    assert not ministry_matches("VWS", JUSTICE)
    assert not ministry_matches("", JUSTICE)


@pytest.mark.parametrize(
    ("phrase", "members"),
    [
        (
            "de leden Pannenkoek , Wafel (beiden PVM), Stroop (D99) en Van der Koek (Lijst Luchtkasteel)",
            (
                Member("Pannenkoek", "PVM"),
                Member("Wafel", "PVM"),
                Member("Stroop", "D99"),
                Member("Van der Koek", "Lijst Luchtkasteel"),
            ),
        ),
        ("het lid MariëlleWafel (Nieuwe Partij)", (Member("Mariëlle Wafel", "Nieuwe Partij"),)),
        ("het leden Wafel en Stroop (beiden PVM)", (Member("Wafel", "PVM"), Member("Stroop", "PVM"))),
        ("de leden Wafel (PVM", (Member("Wafel", "PVM"),)),
        (
            "de leden Wafel (PVM), Stroop en Van der Koek (Verbond Noord en Zee) en Öz (D99)",
            (
                Member("Wafel", "PVM"),
                Member("Stroop", "Verbond Noord en Zee"),
                Member("Van der Koek", "Verbond Noord en Zee"),
                Member("Öz", "D99"),
            ),
        ),
        ("de leden Wafel (PVM en Stroop (D99)", (Member("Wafel", "PVM"), Member("Stroop", "D99"))),
        ("", ()),
    ],
)
def test_members_have_their_own_party(phrase: str, members: tuple[Member, ...]) -> None:
    assert members_in(phrase) == members


def test_a_header_is_understood_whole() -> None:
    header = read_header(
        "Vragen van het lid Wafel (PVM) aan de Minister van Financiën over antwoord van de Minister op eerdere vragen "
        "over wolken (ingezonden 4 maart 2031). Antwoord van Minister Pluis (Financiën) (ontvangen 15 april 2031). "
        "Zie ook Aanhangsel Handelingen, vergaderjaar 2029–2030, nr. 12"
    )
    assert header.subject == "antwoord van de Minister op eerdere vragen over wolken"
    assert header.askers == (Member("Wafel", "PVM"),)
    assert header.addressees == (Official("", "Minister", "Financiën"),)
    assert header.speakers == (Official("Pluis", "Minister", "Financiën"),)
    assert (header.asked, header.answered) == (date(2031, 3, 4), date(2031, 4, 15))
    assert header.related == ("ah-tk-20292030-12",)
    assert (header.answer, header.deferral) == (True, False)
