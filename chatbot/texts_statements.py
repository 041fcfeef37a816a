"""The texts of the place where statements are looked up."""

from __future__ import annotations

from dataclasses import dataclass

from chatbot.language import DUTCH, ENGLISH


@dataclass(frozen=True, slots=True)
class StatementTexts:
    """The texts of that place in one language."""

    tab: str
    intro: str
    words: str
    placeholder: str
    find: str
    promises: str
    order: str
    relevance: str
    newest: str
    oldest: str
    found: str
    found_one: str
    found_all: str
    literal: str
    similar: str
    none: str
    none_more: str
    nothing_asked: str
    cut_off: str
    timeline: str
    month: str
    year: str
    count: str
    promise: str
    select: str
    more: str
    export_all: str
    export_chosen: str
    as_text: str
    copy_text: str
    copy_address: str
    results: str


STATEMENTS = {
    DUTCH: StatementTexts(
        tab="Citaten",
        intro="Zoek op woorden, op wie het zei en wanneer. Zonder woorden ziet u alles wat de filters doorlaten.",
        words="Woorden",
        placeholder="Bijvoorbeeld: cloud, exitstrategie",
        find="Zoek",
        promises="Alleen toezeggingen",
        order="Volgorde",
        relevance="Best passend eerst",
        newest="Nieuwste eerst",
        oldest="Oudste eerst",
        found="{count} uitspraken gevonden, waarvan {literal} met deze woorden.",
        found_one="1 uitspraak gevonden.",
        found_all="{count} uitspraken gevonden.",
        literal="Met deze woorden",
        similar="Verwant: andere woorden",
        none="Geen uitspraken gevonden.",
        none_more="Probeer andere of minder woorden, of haal een filter weg.",
        nothing_asked="Typ woorden, of kies een filter.",
        cut_off="Alleen de eerste {count} worden getoond; zoek nauwer om de rest te zien.",
        timeline="Hoe vaak het gezegd is, per {unit}",
        month="maand",
        year="jaar",
        count="Uitspraken",
        promise="Toezegging",
        select="Kies citaat {n}",
        more="Toon er nog {count}",
        export_all="Alle {count} bewaren als",
        export_chosen="{count} gekozen bewaren als",
        as_text="Tekst",
        copy_text="Kopieer als tekst",
        copy_address="Kopieer adres van deze zoekvraag",
        results="Gevonden uitspraken",
    ),
    ENGLISH: StatementTexts(
        tab="Statements",
        intro="Search by words, by who said it and when. Without words you see all that the filters let through.",
        words="Words",
        placeholder="For example: cloud, exitstrategie (in Dutch)",
        find="Find",
        promises="Promises only",
        order="Order",
        relevance="Best match first",
        newest="Newest first",
        oldest="Oldest first",
        found="{count} statements found, {literal} of them with these words.",
        found_one="1 statement found.",
        found_all="{count} statements found.",
        literal="With these words",
        similar="Related: other words",
        none="No statements found.",
        none_more="Try other or fewer words, or remove a filter.",
        nothing_asked="Type words, or choose a filter.",
        cut_off="Only the first {count} are shown; search more narrowly to see the rest.",
        timeline="How often it was said, by {unit}",
        month="month",
        year="year",
        count="Statements",
        promise="Promise",
        select="Select quotation {n}",
        more="Show {count} more",
        export_all="Save all {count} as",
        export_chosen="Save {count} selected as",
        as_text="Text",
        copy_text="Copy as text",
        copy_address="Copy the address of this search",
        results="Statements found",
    ),
}
