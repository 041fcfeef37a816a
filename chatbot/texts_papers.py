"""The texts of the place where the papers in the index are shown, added and counted."""

from __future__ import annotations

from dataclasses import dataclass

from chatbot.language import DUTCH, ENGLISH


@dataclass(frozen=True, slots=True)
class PaperTexts:
    """The texts of that place in one language. `kinds`: a paper's kind, by its name in the records."""

    tab: str
    intro: str
    search: str
    placeholder: str
    kind: str
    kinds: dict[str, str]
    order: str
    newest: str
    oldest: str
    slowest: str
    listed: str
    listed_one: str
    none: str
    date: str
    paper: str
    subject: str
    answers: str
    days: str
    days_value: str
    list: str
    more: str
    back: str
    asked_by: str
    answered_by: str
    asked_to: str
    asked_on: str
    answered_on: str
    taken: str
    related: str
    questions_of: str
    contents: str
    question_heading: str
    answer_heading: str
    notice: str
    file: str
    numbers: str
    over_time: str
    by_ministry: str
    answer_times: str
    answer_times_more: str
    all_ministries: str
    ministry: str
    within_term: str
    within_twice: str
    later: str
    term: str
    number_of_papers: str
    number_of_answers: str
    add: str
    add_more: str
    choose_files: str
    no_uploads: str
    reading: str
    embedding: str
    indexing: str
    report_read: str
    report_skipped: str
    skipped_file: str
    skipped_reason: str
    failed: str
    fetch: str
    fetch_more: str
    fetch_since: str
    listing: str
    fetched: str
    fetch_again: str
    fetch_start: str
    fetching: str


PAPERS = {
    DUTCH: PaperTexts(
        tab="Papieren",
        intro="Alle stukken waarin gezocht wordt.",
        search="Zoek in de lijst",
        placeholder="Onderwerp, naam …",
        kind="Soort",
        kinds={"antwoord": "Antwoord", "uitstel": "Uitstel", "vraag": "Nog zonder antwoord", "overig": "Overig"},
        order="Volgorde",
        newest="Nieuwste eerst",
        oldest="Oudste eerst",
        slowest="Langste antwoordtijd eerst",
        listed="{count} stukken",
        listed_one="1 stuk",
        none="Geen stuk past hierbij. Zoek met minder woorden, of kies een andere soort.",
        date="Datum",
        paper="Stuk",
        subject="Onderwerp",
        answers="Antwoorden",
        days="Antwoordtijd",
        days_value="{days} dagen",
        list="Lijst van stukken",
        more="Toon er nog {count}",
        back="Terug naar de lijst",
        asked_by="Gevraagd door",
        answered_by="Beantwoord door",
        asked_to="Gevraagd aan",
        asked_on="Gevraagd op",
        answered_on="Beantwoord op",
        taken="Antwoordtijd",
        related="Zie ook",
        questions_of="Zaaknummer",
        contents="Vragen en antwoorden",
        question_heading="Vraag {numbers}",
        answer_heading="Antwoord",
        notice="Mededeling",
        file="Gelezen uit",
        numbers="Cijfers",
        over_time="Antwoorden per {unit}",
        by_ministry="Antwoorden per ministerie",
        answer_times="Antwoordtijd per ministerie",
        answer_times_more="Dagen tussen vraag en antwoord; de helft van de stukken duurde korter, de helft langer.",
        all_ministries="Alle ministeries",
        ministry="Ministerie",
        within_term="Binnen 3 weken",
        within_twice="In 3 tot 6 weken",
        later="Na meer dan 6 weken",
        term="Binnen welke termijn",
        number_of_papers="Stukken",
        number_of_answers="Antwoorden",
        add="Stukken toevoegen",
        add_more="Kies bestanden van Kamervragen of antwoorden ({suffixes}). Ze blijven op deze computer.",
        choose_files="Kies bestanden",
        no_uploads="Toevoegen staat op deze server uit. De beheerder voegt stukken toe.",
        reading="Lezen: {done} van {total} bestanden",
        embedding="Verwerken: {done} van {total} passages",
        indexing="Opbergen …",
        report_read="{added} toegevoegd, {replaced} vervangen, {unchanged} ongewijzigd, {skipped} overgeslagen.",
        report_skipped="Overgeslagen",
        skipped_file="Bestand",
        skipped_reason="Waarom",
        failed="Toevoegen lukte niet: {reason}",
        fetch="Nieuwe stukken ophalen",
        fetch_more="Haalt officiële stukken van {address}. Alleen de gevraagde periode wordt verstuurd, geen vragen.",
        fetch_since="Vanaf (leeg: sinds de vorige keer)",
        listing="Nagaan wat er nieuw is …",
        fetched="{new} nieuw, {changed} gewijzigd, {gone} vervallen; {read} gelezen.",
        fetch_again="Er is meer: haal nog eens op om verder te gaan.",
        fetch_start="Haal op",
        fetching="Ophalen: {done} van {total}",
    ),
    ENGLISH: PaperTexts(
        tab="Papers",
        intro="All papers that are searched.",
        search="Search the list",
        placeholder="Subject, name …",
        kind="Kind",
        kinds={"antwoord": "Answer", "uitstel": "Deferral", "vraag": "Not yet answered", "overig": "Other"},
        order="Order",
        newest="Newest first",
        oldest="Oldest first",
        slowest="Longest answer time first",
        listed="{count} papers",
        listed_one="1 paper",
        none="No paper matches. Search with fewer words, or choose another kind.",
        date="Date",
        paper="Paper",
        subject="Subject",
        answers="Answers",
        days="Answer time",
        days_value="{days} days",
        list="List of papers",
        more="Show {count} more",
        back="Back to the list",
        asked_by="Asked by",
        answered_by="Answered by",
        asked_to="Asked to",
        asked_on="Asked on",
        answered_on="Answered on",
        taken="Answer time",
        related="See also",
        questions_of="Case number",
        contents="Questions and answers",
        question_heading="Question {numbers}",
        answer_heading="Answer",
        notice="Notice",
        file="Read from",
        numbers="Figures",
        over_time="Answers by {unit}",
        by_ministry="Answers by ministry",
        answer_times="Answer time by ministry",
        answer_times_more="Days between question and answer; half of the papers took less, half took more.",
        all_ministries="All ministries",
        ministry="Ministry",
        within_term="Within 3 weeks",
        within_twice="In 3 to 6 weeks",
        later="After more than 6 weeks",
        term="Within which term",
        number_of_papers="Papers",
        number_of_answers="Answers",
        add="Add papers",
        add_more="Choose files of parliamentary questions or answers ({suffixes}). They stay on this computer.",
        choose_files="Choose files",
        no_uploads="Adding is switched off on this server. Its keeper adds papers.",
        reading="Reading: {done} of {total} files",
        embedding="Processing: {done} of {total} passages",
        indexing="Storing …",
        report_read="{added} added, {replaced} replaced, {unchanged} unchanged, {skipped} skipped.",
        report_skipped="Skipped",
        skipped_file="File",
        skipped_reason="Why",
        failed="Adding failed: {reason}",
        fetch="Fetch new papers",
        fetch_more="Fetches official papers from {address}. Only the period asked for is sent, no questions.",
        fetch_since="From (empty: since the last time)",
        listing="Looking for what is new …",
        fetched="{new} new, {changed} changed, {gone} withdrawn; {read} read.",
        fetch_again="There is more: fetch again to go on.",
        fetch_start="Fetch",
        fetching="Fetching: {done} of {total}",
    ),
}
