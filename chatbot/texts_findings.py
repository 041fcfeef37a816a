"""What the check says of quotations and claims; quotations themselves are never translated."""

from __future__ import annotations

from dataclasses import dataclass

from chatbot.checked import ClaimVerdict, Speech, Verdict
from chatbot.language import DUTCH, ENGLISH


@dataclass(frozen=True, slots=True)
class FindingTexts:
    """The texts of the findings in one language, in sentences without a capital and a full stop."""

    missing: str
    added_negation: str
    became: str
    unsaid: str
    before: str
    hidden: str
    instead: str
    in_stretch: str
    kinds: dict[str, str]
    figure: str
    figure_left_out: str
    figure_put_in: str
    name_replaced: str
    replaced: str
    left_out: str
    left_out_many: str
    put_in: str
    not_anywhere: str
    mark_replaced: str
    mark_left_out: str
    mark_put_in: str
    typography: str
    marked_omission: str
    marked_addition: str
    stitched: str
    in_question: str
    wrong_speaker: str
    other_office: str
    unclosed: str
    members: str
    nobody: str
    verdicts: dict[Verdict, str]
    claim_verdicts: dict[ClaimVerdict, str]
    no_verdict: str
    speech: dict[Speech, str]
    nothing_near: str
    all_held: str
    answered_so: str
    other_figure: str
    denied: str
    not_denied: str
    fictitious: str
    by_model: str
    title: str
    quotation: str
    verdict: str
    speaker: str
    according_to: str
    source: str
    comes_nearest: str
    summary: str


FINDINGS = {
    DUTCH: FindingTexts(
        missing='het woord "{word}" ontbreekt',
        added_negation='het woord "{word}" is toegevoegd',
        became='het woord "{its}" is "{mine}" geworden',
        unsaid='"{its}" is "{mine}" geworden: de ontkenning is omgedraaid',
        before='het woord "{word}", dat er in de bron vlak voor staat, ontbreekt',
        hidden='in wat is weggelaten staat het woord "{word}"',
        instead=' ("{its}" is "{mine}" geworden)',
        in_stretch=' (in "{stretch}")',
        kinds={
            "date": "de datum",
            "percentage": "het percentage",
            "amount": "het bedrag",
            "year": "het jaartal",
            "number": "het getal",
        },
        figure='{kind} "{its}" is "{mine}" geworden',
        figure_left_out='{kind} in "{stretch}" is weggelaten',
        figure_put_in='{kind} in "{stretch}" is toegevoegd',
        name_replaced='de naam in "{its}" is "{mine}" geworden',
        replaced='"{its}" is "{mine}" geworden',
        left_out='"{stretch}" is weggelaten',
        left_out_many='{count} woorden zijn weggelaten zonder beletselteken: "{stretch}"',
        put_in='"{stretch}" is toegevoegd',
        not_anywhere='staat niet in de stukken: "{stretch}"',
        mark_replaced='leesteken "{its}" is "{mine}" geworden',
        mark_left_out='leesteken "{its}" is weggelaten',
        mark_put_in='leesteken "{mine}" is toegevoegd',
        typography=(
            "woordelijk gelijk, op typografie na (aanhalingstekens, streepjes, spaties, hoofdletters, accenten)"
        ),
        marked_omission='met een beletselteken weggelaten: "{stretch}"',
        marked_addition="toevoeging van de schrijver: {addition}",
        stitched="samengevoegd uit {count} plaatsen die in de stukken niet op elkaar volgen: {places}",
        in_question="dit zijn woorden uit de vraag van {askers}, niet van een bewindspersoon",
        wrong_speaker="de tekst noemt {named}, maar dit is van {speakers}",
        other_office="de tekst noemt {named}; in het stuk is het {speakers}",
        unclosed="het sluitende aanhalingsteken ontbreekt",
        members="Kamerleden",
        nobody="onbekend",
        verdicts={
            Verdict.EXACT: "letterlijk",
            Verdict.ALTERED: "gewijzigd",
            Verdict.PARTIAL: "gedeeltelijk",
            Verdict.NOT_FOUND: "niet gevonden",
        },
        claim_verdicts={
            ClaimVerdict.SUPPORTED: "onderbouwd",
            ClaimVerdict.CONTRADICTED: "tegengesproken",
            ClaimVerdict.NOT_FOUND: "niet gevonden",
        },
        no_verdict="geen oordeel",
        speech={Speech.RIGHT: "spreker klopt", Speech.WRONG: "andere spreker", Speech.NONE: ""},
        nothing_near="geen zin in de stukken bevestigt of weerspreekt dit",
        all_held=(
            "een zin van een antwoord, met zijn vraag, bevat {share} procent van de woorden, met "
            "dezelfde getallen, namen en ontkenningen"
        ),
        answered_so='op de vraag "{question}" luidde het antwoord "{answer}"',
        other_figure='in de bron staat "{its}" waar de bewering "{mine}" zegt',
        denied="de bron ontkent wat de bewering zegt",
        not_denied="de bewering ontkent wat in de bron staat",
        fictitious="FICTIEF: deze controle steunt op verzonnen voorbeeldstukken.",
        by_model="oordeel van een taalmodel",
        title="Controle van citaten",
        quotation="citaat",
        verdict="oordeel",
        speaker="spreker",
        according_to="volgens de tekst",
        source="bron",
        comes_nearest="komt het dichtst in de buurt",
        summary=(
            "Citaten: {quotations}{counted}. Beweringen: {claims}. Gehouden tegen alle stukken van de"
            " verzameling, {papers} in getal."
        ),
    ),
    ENGLISH: FindingTexts(
        missing='the word "{word}" is missing',
        added_negation='the word "{word}" was added',
        became='the word "{its}" became "{mine}"',
        unsaid='"{its}" became "{mine}": the negation is turned round',
        before='the word "{word}", right before it in the source, is missing',
        hidden='what was left out holds the word "{word}"',
        instead=' ("{its}" became "{mine}")',
        in_stretch=' (in "{stretch}")',
        kinds={
            "date": "the date",
            "percentage": "the percentage",
            "amount": "the amount",
            "year": "the year",
            "number": "the number",
        },
        figure='{kind} "{its}" became "{mine}"',
        figure_left_out='{kind} in "{stretch}" was left out',
        figure_put_in='{kind} in "{stretch}" was added',
        name_replaced='the name in "{its}" became "{mine}"',
        replaced='"{its}" became "{mine}"',
        left_out='"{stretch}" was left out',
        left_out_many='{count} words were left out without an ellipsis: "{stretch}"',
        put_in='"{stretch}" was added',
        not_anywhere='is not in the papers: "{stretch}"',
        mark_replaced='punctuation "{its}" became "{mine}"',
        mark_left_out='punctuation "{its}" was left out',
        mark_put_in='punctuation "{mine}" was added',
        typography=("the same word for word, but for typography (quotation marks, dashes, spaces, capitals, accents)"),
        marked_omission='left out with an ellipsis: "{stretch}"',
        marked_addition="the writer's addition: {addition}",
        stitched="put together from {count} places that do not follow each other in the papers: {places}",
        in_question="these are words of the question by {askers}, not of a minister",
        wrong_speaker="the text names {named}, but this is by {speakers}",
        other_office="the text says {named}; in the paper it is {speakers}",
        unclosed="the closing quotation mark is missing",
        members="members of parliament",
        nobody="unknown",
        verdicts={
            Verdict.EXACT: "exact",
            Verdict.ALTERED: "altered",
            Verdict.PARTIAL: "partial",
            Verdict.NOT_FOUND: "not found",
        },
        claim_verdicts={
            ClaimVerdict.SUPPORTED: "supported",
            ClaimVerdict.CONTRADICTED: "contradicted",
            ClaimVerdict.NOT_FOUND: "not found",
        },
        no_verdict="no verdict",
        speech={Speech.RIGHT: "right speaker", Speech.WRONG: "other speaker", Speech.NONE: ""},
        nothing_near="no sentence in the papers confirms or denies this",
        all_held=(
            "a sentence of an answer, with its question, holds {share} per cent of the words, with "
            "the same figures, names and negations"
        ),
        answered_so='the question "{question}" was answered "{answer}"',
        other_figure='the source has "{its}" where the claim says "{mine}"',
        denied="the source denies what the claim says",
        not_denied="the claim denies what the source says",
        fictitious="FICTITIOUS: this check rests on invented example papers.",
        by_model="verdict of a language model",
        title="Check of quotations",
        quotation="quotation",
        verdict="verdict",
        speaker="speaker",
        according_to="according to the text",
        source="source",
        comes_nearest="comes nearest",
        summary=(
            "Quotations: {quotations}{counted}. Claims: {claims}. Held against all papers of the "
            "collection, {papers} in number."
        ),
    ),
}
