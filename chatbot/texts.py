"""Every text of the window, in Dutch and in English; those of its larger places stand in modules of their own.

A text with names in braces is filled with `str.format`. What papers, ministers and members say is never translated.
"""

from __future__ import annotations

from dataclasses import dataclass

from chatbot.language import DUTCH, ENGLISH
from chatbot.texts_check import CHECK, CheckTexts
from chatbot.texts_findings import FINDINGS, FindingTexts
from chatbot.texts_papers import PAPERS, PaperTexts
from chatbot.texts_statements import STATEMENTS, StatementTexts


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of the window in one language. `offices` translates what an official's office is called."""

    title: str
    tagline: str
    switch: str
    switch_to_dutch: str
    switch_to_english: str
    welcome: str
    welcome_more: str
    examples: str
    example_questions: tuple[str, ...]
    subject_question: str
    fictitious: str
    fictitious_banner: str
    fictitious_part_banner: str
    fictitious_link: str
    conversation: str
    question: str
    placeholder: str
    send: str
    stop: str
    new_conversation: str
    searching: str
    done_one: str
    done_many: str
    refused: str
    stopped: str
    failed: str
    empty_question: str
    long_question: str
    busy: str
    searched_as: str
    only: str
    sources: str
    nearest: str
    nearest_more: str
    citation: str
    open_exchange: str
    panel: str
    close: str
    question_asked: str
    question_asked_by: str
    answer: str
    answer_of: str
    article: str
    article_quoting: str
    date_published: str
    open_article: str
    no_answer: str
    date_answered: str
    date_asked: str
    paper: str
    subject: str
    official_paper: str
    official_whole: str
    no_official_paper: str
    new_tab: str
    notes: str
    referral: str
    steps: str
    exchange_of: str
    previous: str
    next: str
    copy_quote: str
    copy_reference: str
    copied: str
    copy_failed: str
    gone: str
    filters: str
    minister: str
    ministry: str
    party: str
    since: str
    until: str
    everything: str
    date_hint: str
    bad_date: str
    bad_period: str
    active_filters: str
    remove_filter: str
    understood: str
    leave_out: str
    period: str
    nothing_sent: str
    sent: str
    sent_nearby: str
    sent_unknown: str
    contents: str
    contents_undated: str
    contents_empty: str
    offices: dict[str, str]
    tab: str
    places: str
    keep: str
    copy_address: str
    login: str
    login_name: str
    login_password: str
    login_wrong: str
    log_in: str
    statements: StatementTexts
    check: CheckTexts
    findings: FindingTexts
    papers: PaperTexts


TEXTS = {
    DUTCH: Texts(
        title="Kamerantwoord",
        tagline="Wat ministers antwoordden op Kamervragen, in hun eigen woorden",
        switch="Taal van dit venster",
        switch_to_dutch="Nederlands",
        switch_to_english="English",
        welcome="Wat wilt u weten?",
        welcome_more="U krijgt letterlijke citaten van bewindspersonen, elk met naam, datum en vindplaats. "
        "Staat het antwoord niet in de stukken, dan leest u dat ook.",
        examples="Bijvoorbeeld",
        example_questions=(
            "Hoe afhankelijk zijn ministeries van buitenlandse cloudleveranciers?",
            "Wat doet een ministerie als een buitenlandse cloudleverancier stopt?",
            "Wanneer komt de rijksbrede exitstrategie voor clouddiensten?",
        ),
        subject_question="Wat is er geantwoord over {subject}?",
        fictitious="FICTIEF",
        fictitious_banner="FICTIEF: alle stukken in deze verzameling zijn verzonnen, om het programma te leren kennen. "
        "Geen bewindspersoon heeft dit gezegd.",
        fictitious_part_banner="Een deel van de stukken in deze verzameling is verzonnen en draagt het merk FICTIEF.",
        fictitious_link="Dit is een verzonnen stuk: er bestaat geen officiële publicatie van.",
        conversation="Gesprek",
        question="Uw vraag",
        placeholder="Stel een vraag",
        send="Zoek",
        stop="Stop",
        new_conversation="Nieuw gesprek",
        searching="De stukken worden doorzocht …",
        done_one="Het antwoord is klaar, met 1 citaat.",
        done_many="Het antwoord is klaar, met {count} citaten.",
        refused="Er is geen antwoord gevonden.",
        stopped="U hebt het antwoord hier gestopt.",
        failed="Het antwoord kon niet worden gemaakt. Probeer het opnieuw.",
        empty_question="Typ eerst een vraag.",
        long_question="Uw vraag telt {count} tekens; maak haar korter dan {limit}.",
        busy="Het vorige antwoord wordt nog gemaakt. Wacht even, of stop het.",
        searched_as="Gezocht op: {question}",
        only="Alleen: {filters}",
        sources="Bronnen",
        nearest="Dit komt het dichtst in de buurt",
        nearest_more="Deze passages gaan over iets dat erop lijkt. Zij zijn geen antwoord op uw vraag.",
        citation="Citaat {n}: {speakers}, {date}",
        open_exchange="Lees in het stuk",
        panel="Het stuk",
        close="Sluiten",
        question_asked="De vraag",
        question_asked_by="De vraag van {askers}",
        answer="Het antwoord",
        answer_of="Het antwoord van {speakers}",
        article="Uit een artikel, geen officieel antwoord",
        article_quoting="Uit een artikel dat {speakers} aanhaalt, geen officieel antwoord",
        date_published="Verschenen op",
        open_article="Open de tekst bij deze zin",
        no_answer="Op deze vraag is nog niet geantwoord.",
        date_answered="Beantwoord op",
        date_asked="Gevraagd op",
        paper="Vindplaats",
        subject="Onderwerp",
        official_paper="Open het officiële stuk bij deze zin",
        official_whole="Open het officiële stuk",
        no_official_paper="Van dit stuk is geen officieel adres bekend.",
        new_tab="opent in een nieuw tabblad",
        notes="Voetnoten",
        referral="Dit antwoord verwijst naar het antwoord op vraag {numbers}.",
        steps="Vragen en antwoorden in dit stuk",
        exchange_of="{place} van {total}",
        previous="Vorige",
        next="Volgende",
        copy_quote="Kopieer citaat",
        copy_reference="Kopieer verwijzing",
        copied="Gekopieerd",
        copy_failed="Kopiëren lukte niet; selecteer de tekst en kopieer haar zelf.",
        gone="Dit stuk staat niet meer in de verzameling.",
        filters="Filters",
        minister="Bewindspersoon",
        ministry="Ministerie",
        party="Partij van de vrager",
        since="Beantwoord vanaf",
        until="Beantwoord t/m",
        everything="Alle",
        date_hint="bijv. 14-11-2024",
        bad_date="“{value}” is geen datum. Schrijf dag-maand-jaar, zoals 14-11-2024, of alleen een jaar.",
        bad_period="De periode eindigt ({until}) voordat zij begint ({since}).",
        active_filters="Ingestelde filters",
        remove_filter="Verwijder filter: {filter}",
        understood="Uit uw vraag begrepen, en zwaarder geteld:",
        leave_out="Stel de vraag opnieuw zonder: {filter}",
        period="Periode",
        nothing_sent="Er wordt niets verstuurd: alles gebeurt op deze computer.",
        sent="Uw vragen en de gevonden passages gaan naar het taalmodel {model} op {address}.",
        sent_nearby="Uw vragen en de gevonden passages gaan naar het taalmodel {model} op {address}: "
        "op deze computer of in uw eigen netwerk.",
        sent_unknown="Uw vragen en de gevonden passages gaan naar de aanbieder van het taalmodel {model}.",
        contents="In deze verzameling: {answers} antwoorden uit {papers} stukken, van {first} tot en met {last}.",
        contents_undated="In deze verzameling: {answers} antwoorden uit {papers} stukken.",
        contents_empty="Deze verzameling is nog leeg. Voeg stukken toe met: kamerantwoord ingest MAP",
        offices={
            "Minister": "minister",
            "Staatssecretaris": "staatssecretaris",
            "Minister-President": "minister-president",
        },
        tab="Vraag",
        places="Onderdelen",
        keep="Bewaar dit gesprek als",
        copy_address="Kopieer adres van deze vraag",
        login="Log in om verder te gaan.",
        login_name="Naam",
        login_password="Wachtwoord",
        login_wrong="Naam of wachtwoord klopt niet, of er is te vaak geprobeerd. Wacht dan vijf minuten.",
        log_in="Log in",
        statements=STATEMENTS[DUTCH],
        check=CHECK[DUTCH],
        findings=FINDINGS[DUTCH],
        papers=PAPERS[DUTCH],
    ),
    ENGLISH: Texts(
        title="Kamerantwoord",
        tagline="What Dutch ministers answered to parliament, in their own words",
        switch="Language of this window",
        switch_to_dutch="Nederlands",
        switch_to_english="English",
        welcome="What would you like to know?",
        welcome_more="You get literal quotations from members of government, in Dutch, each with name, date and "
        "source. When the papers do not hold the answer, you are told so.",
        examples="For example",
        example_questions=(
            "How dependent are ministries on foreign cloud suppliers?",
            "What does a ministry do when a foreign cloud supplier stops?",
            "When will there be a government-wide exit strategy for cloud services?",
        ),
        subject_question="What was answered about “{subject}”?",
        fictitious="FICTITIOUS",
        fictitious_banner="FICTITIOUS (FICTIEF): all papers in this collection are invented, to get to know the "
        "program. No member of government said this.",
        fictitious_part_banner="Some papers in this collection are invented and carry the mark FICTITIOUS (FICTIEF).",
        fictitious_link="This is an invented paper: there is no official publication of it.",
        conversation="Conversation",
        question="Your question",
        placeholder="Ask a question",
        send="Search",
        stop="Stop",
        new_conversation="New conversation",
        searching="Searching the papers …",
        done_one="The answer is ready, with 1 quotation.",
        done_many="The answer is ready, with {count} quotations.",
        refused="No answer was found.",
        stopped="You stopped the answer here.",
        failed="The answer could not be made. Please try again.",
        empty_question="Type a question first.",
        long_question="Your question has {count} characters; make it shorter than {limit}.",
        busy="The previous answer is still being made. Wait a moment, or stop it.",
        searched_as="Searched for: {question}",
        only="Only: {filters}",
        sources="Sources",
        nearest="This comes closest",
        nearest_more="These passages are about something similar. They are not an answer to your question.",
        citation="Quotation {n}: {speakers}, {date}",
        open_exchange="Read in the paper",
        panel="The paper",
        close="Close",
        question_asked="The question",
        question_asked_by="The question by {askers}",
        answer="The answer",
        answer_of="The answer by {speakers}",
        article="From an article, not an official answer",
        article_quoting="From an article that quotes {speakers}, not an official answer",
        date_published="Published on",
        open_article="Open the text at this sentence",
        no_answer="This question has not been answered yet.",
        date_answered="Answered on",
        date_asked="Asked on",
        paper="Reference",
        subject="Subject",
        official_paper="Open the official paper at this sentence",
        official_whole="Open the official paper",
        no_official_paper="No official address of this paper is known.",
        new_tab="opens in a new tab",
        notes="Footnotes",
        referral="This answer refers to the answer to question {numbers}.",
        steps="Questions and answers in this paper",
        exchange_of="{place} of {total}",
        previous="Previous",
        next="Next",
        copy_quote="Copy quotation",
        copy_reference="Copy reference",
        copied="Copied",
        copy_failed="Copying failed; select the text and copy it yourself.",
        gone="This paper is no longer in the collection.",
        filters="Filters",
        minister="Member of government",
        ministry="Ministry",
        party="Party of the asker",
        since="Answered from",
        until="Answered until",
        everything="All",
        date_hint="e.g. 14-11-2024",
        bad_date="“{value}” is not a date. Write day-month-year, like 14-11-2024, or only a year.",
        bad_period="The period ends ({until}) before it begins ({since}).",
        active_filters="Filters in use",
        remove_filter="Remove filter: {filter}",
        understood="Understood from your question, and given more weight:",
        leave_out="Ask again without: {filter}",
        period="Period",
        nothing_sent="Nothing is sent: everything happens on this computer.",
        sent="Your questions and the passages found go to the language model {model} at {address}.",
        sent_nearby="Your questions and the passages found go to the language model {model} at {address}: "
        "on this computer or in your own network.",
        sent_unknown="Your questions and the passages found go to the provider of the language model {model}.",
        contents="In this collection: {answers} answers from {papers} papers, from {first} to {last}.",
        contents_undated="In this collection: {answers} answers from {papers} papers.",
        contents_empty="This collection is still empty. Add papers with: kamerantwoord ingest FOLDER",
        offices={"Minister": "Minister", "Staatssecretaris": "State Secretary", "Minister-President": "Prime Minister"},
        tab="Ask",
        places="Places",
        keep="Save this conversation as",
        copy_address="Copy the address of this question",
        login="Log in to go on.",
        login_name="Name",
        login_password="Password",
        login_wrong="Name or password is wrong, or was tried too often. Then wait five minutes.",
        log_in="Log in here",
        statements=STATEMENTS[ENGLISH],
        check=CHECK[ENGLISH],
        findings=FINDINGS[ENGLISH],
        papers=PAPERS[ENGLISH],
    ),
}
