"""The borders of quotations, and who a text says said them."""

from __future__ import annotations

from pathlib import Path

import pytest

from chatbot.attribution import attribute
from chatbot.mentions import mentions
from chatbot.quotations import find

ARTICLE = Path(__file__).parents[2] / "shared/data/artikel/2025-09-22-ministeries-heroverwegen-microsoft-teams.txt"


@pytest.mark.parametrize(
    ("text", "quotations"),
    [
        ("“Hij zei ‘nee’ en toen ‘ja’”, aldus X. ‘Hij zei “nee”.’", ["Hij zei ‘nee’ en toen ‘ja’", "Hij zei “nee”."]),
        ("De baas z'n auto is 's avonds 'van de zaak' in de jaren '70.", ["van de zaak"]),
        ("‘De burgemeesters’ auto’s zijn rood’, zegt hij.", ["De burgemeesters’ auto’s zijn rood"]),
        ('Zij zei: "Eerste alinea.\n\n"Tweede alinea."', ['Eerste alinea.\n\n"Tweede alinea.']),
        ("»Zo gaat dat«, zegt hij. ”Ook zo” en „Duits“.", ["Zo gaat dat", "Ook zo", "Duits"]),
        (
            'Hij zegt: "Dit is nooit gesloten en gaat door.\nNieuw "wel" zo.',
            ["Dit is nooit gesloten en gaat door.", "wel"],
        ),
        ("’t Is niet zo, zegt hij, maar ’s morgens ‘wel’.", ["wel"]),
        ("Zij schreef: ``Dat klopt niet''. En ''dit ook''.", ["Dat klopt niet", "dit ook"]),
        ("``Het 'plan' is af'', zegt hij over collega's auto's.", ["Het 'plan' is af"]),
        ('“En dan?”,zegt hij."Direct erna."', ["En dan?", "Direct erna."]),
    ],
)
def test_quotations_are_found_with_their_borders(text: str, quotations: list[str]) -> None:
    assert [item.text for item in find(text)] == quotations
    assert all(text[item.start : item.end] == item.text for item in find(text))


@pytest.mark.parametrize(
    ("text", "name", "office", "ministry"),
    [
        ('"A b c", zo laat minister Foort van Oosten (Financiën) weten.', "Van Oosten", "Minister", "Financiën"),
        ('Volgens premier Schoof is "a b c".', "Schoof", "Minister-President", "Algemene Zaken"),
        ('Onderwijsminister Eppo Bruins: "A b c."', "Bruins", "Minister", "Onderwijs"),
        (
            'Minister Faber-van de Klashorst (Asiel en Migratie, PVV) zei: "A b c."',
            "Faber-van de Klashorst", "Minister", "Asiel en Migratie",
        ),
        (
            'De minister van VWS, Fleur Agema, zwijgt. "A b c", zegt ze later.',
            "Agema", "Minister", "Volksgezondheid, Welzijn en Sport",
        ),
        ('"A b c." Dat schrijft staatssecretaris Van ’t Zilt.', "Van ’t Zilt", "Staatssecretaris", ""),
        ('"A b c", aldus het Kamerlid Jan de Vries (VVN).', "De Vries", "Kamerlid", ""),
        ('"A b c", aldus VVN-Kamerlid Jan de Vries.', "De Vries", "Kamerlid", ""),
        ("VVN’er Jan de Vries wil dat het kabinet “a b c”.", "De Vries", "", ""),
        ('De mooiste is er een van Heinen: "A b c."', "Heinen", "", ""),
        ('1/ Minister Heinen heeft geantwoord. Lees mee.\n\n2/ "A b c." Pff.', "Heinen", "Minister", ""),
        ('Minister Heinen antwoordde.\n\nEn waarom? "A b c."', "Heinen", "Minister", ""),
        ('Minister Bruins is blij, maar minister Heinen zei: "A b c."', "Heinen", "Minister", ""),
        ('Minister Heinen, die met minister Bruins sprak, zei: "A b c."', "Heinen", "Minister", ""),
    ],
)  # fmt: skip
def test_who_said_it_is_read_from_the_text(text: str, name: str, office: str, ministry: str) -> None:
    (who,) = attribute(text, find(text), mentions(text, ["Heinen"]))
    assert who is not None
    assert (who.name, who.office, who.ministry) == (name, office, ministry)


def test_a_quotation_goes_on_with_the_speaker_before_it() -> None:
    text = '"A b c", zegt minister Heinen. "D e f." Minister Bruins vindt iets anders. "G h i."'
    given = attribute(text, find(text), mentions(text))
    assert [who.name for who in given if who] == ["Heinen", "Heinen", "Bruins"]


def test_a_quotation_given_to_a_paper_is_given_to_nobody() -> None:
    text = 'Minister Heinen zwijgt. "A b c", staat in de antwoorden.'
    assert attribute(text, find(text), mentions(text)) == (None,)


@pytest.mark.skipif(not ARTICLE.exists(), reason=f"{ARTICLE.name} is not beside the project")
def test_the_article_of_the_press_is_read_whole() -> None:
    text = ARTICLE.read_text(encoding="utf-8")
    given = attribute(text, find(text), mentions(text))
    assert [(item.text.split()[0], who.name if who else "") for item, who in zip(find(text), given, strict=True)] == [
        ("Het", "Van Oosten"), ("Bestanden", "Van Oosten"), ("Elke", "Heinen"), ("Ook", "Heinen"), ("Het", "Van Marum"),
    ]  # fmt: skip
