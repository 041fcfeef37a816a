"""The texts of the place where an article is held against the papers."""

from __future__ import annotations

from dataclasses import dataclass

from chatbot.language import DUTCH, ENGLISH


@dataclass(frozen=True, slots=True)
class CheckTexts:
    """The texts of that place in one language."""

    tab: str
    intro: str
    article: str
    placeholder: str
    check: str
    choose_file: str
    print: str
    empty: str
    too_long: str
    unreadable: str
    working: str
    failed: str
    report: str
    nothing: str
    marked: str
    quotations: str
    claims: str
    attributed: str
    found_at: str
    nearest: str
    in_article: str
    in_paper: str
    differences: str
    open_match: str
    evidence: str


CHECK = {
    DUTCH: CheckTexts(
        tab="Controle",
        intro="Plak een artikel of een enkele zin. Elk citaat wordt naast de stukken gelegd: is het gezegd, door wie, "
        "en wat is eraan veranderd? De tekst blijft op deze computer.",
        article="Artikel of zin",
        placeholder="Plak hier de tekst met de citaten",
        check="Controleer",
        choose_file="Kies een bestand",
        print="Druk af",
        empty="Plak eerst een tekst, of kies een bestand.",
        too_long="De tekst telt {count} tekens; controleer er hoogstens {limit} tegelijk.",
        unreadable="{name}: dit bestand kan niet gelezen worden. Kies een tekstbestand (.txt, .md).",
        working="De citaten worden opgezocht …",
        failed="De controle lukte niet. Probeer het opnieuw.",
        report="Verslag van de controle",
        nothing="In deze tekst staan geen citaten en geen uitspraken van bewindspersonen.",
        marked="De tekst, met de citaten gemerkt",
        quotations="Citaten",
        claims="Beweringen",
        attributed="Volgens de tekst gezegd door: {who}",
        found_at="In de stukken",
        nearest="Het dichtst in de buurt",
        in_article="In de tekst",
        in_paper="In het stuk",
        differences="Verschillen met het stuk",
        open_match="Lees in het stuk",
        evidence="Wat de stukken zeggen",
    ),
    ENGLISH: CheckTexts(
        tab="Check",
        intro="Paste an article or a single sentence. Every quotation is laid beside the papers: was it said, by whom, "
        "and what was changed? The text stays on this computer.",
        article="Article or sentence",
        placeholder="Paste the text with the quotations here",
        check="Check it",
        choose_file="Choose a file",
        print="Print",
        empty="Paste a text first, or choose a file.",
        too_long="The text has {count} characters; check at most {limit} at once.",
        unreadable="{name}: this file cannot be read. Choose a text file (.txt, .md).",
        working="Looking up the quotations …",
        failed="The check could not be done. Please try again.",
        report="Report of the check",
        nothing="This text holds no quotations and no statements of members of government.",
        marked="The text, with its quotations marked",
        quotations="Quotations",
        claims="Claims",
        attributed="Said by, according to the text: {who}",
        found_at="In the papers",
        nearest="This comes closest",
        in_article="In the text",
        in_paper="In the paper",
        differences="Differences with the paper",
        open_match="Read in the paper",
        evidence="What the papers say",
    ),
}
