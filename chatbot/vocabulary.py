"""Words that the check of a language model's sentences must know: offices, negations, words that open a sentence.

All are folded: lower case, without accents. The keys of tables by language are "nl" and "en".
"""

from __future__ import annotations

import re

from chatbot.language import DUTCH, ENGLISH
from index.analysis import words


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


NEGATIONS = _words("""
    niet geen nooit niemand niets nergens noch zonder evenmin nee neen geenszins nimmer ontken ontkent ontkend
    ontkende ontkennen no not never none nobody nothing nowhere neither nor without cannot denies deny denied
""")

MINISTER = frozenset({"minister", "ministers", "minister-president"})
STATE_SECRETARY = frozenset({"staatssecretaris", "staatssecretarissen"})
PRIME_MINISTER = frozenset({"minister-president", "premier"})
OFFICES = {
    "minister": MINISTER, "ministers": MINISTER, "staatssecretaris": STATE_SECRETARY,
    "staatssecretarissen": STATE_SECRETARY, "minister-president": PRIME_MINISTER, "premier": PRIME_MINISTER,
    "secretary": STATE_SECRETARY, "secretaries": STATE_SECRETARY, "undersecretary": STATE_SECRETARY,
    "koning": frozenset({"koning"}), "king": frozenset({"koning"}),
    "burgemeester": frozenset({"burgemeester", "burgemeesters"}), "mayor": frozenset({"burgemeester", "burgemeesters"}),
}  # fmt: skip
"""A word that names an office, to the words of a source of which it must have one."""

WEEKDAYS = _words("""
    maandag dinsdag woensdag donderdag vrijdag zaterdag zondag monday tuesday wednesday thursday friday saturday
    sunday
""")

PARLIAMENT = _words("""
    kamer tweede eerste kamerlid kamerleden kamervraag kamervragen kamerbrief kabinet parlement parliament house
    representatives dutch prime state
""")
"""Words that all these papers are about, with or without a capital: they name nobody."""

INITIALS_LINK = "en"

OPENERS = {
    DUTCH: _words("""
    aan aangezien achter afhankelijk al alle alleen alles als althans anders begin behalve beide bij binnen
    bovendien boven buiten daar daaraan daarbij daarbovenop daardoor daarin daarmee daarna daarnaast daarom daarop
    daarover daartegenover daartoe daarvan daarvoor dan dat de deels desondanks deze die dit doel doordat door dus
    echter een eerder eerst eerste eind eigenlijk elk elke en enkele er ergens evenals evenmin geen geldt gelet
    gezien haar had hebben heeft het hetzelfde hierbij hierdoor hierin hiermee hierna hiernaast hierom hierop
    hierover hiertoe hiervan hiervoor hij hoe hoewel hun ieder iedere iedereen immers in inmiddels ja kan klopt
    kortom kunnen maar men met meer minder mits mogelijk moet moeten na naar naast nadat nee net niemand niet niets
    nog nooit nu of ofschoon om omdat ondanks onder ondertussen ook op over overigens per recent samen sinds slechts
    sommige sommigen soms tegelijk tegelijkertijd tegen ten ter terwijl tevens tijdens toch toen tot totdat tussen
    tweede uit uiteindelijk uiterlijk uitsluitend van vanaf vandaag vanuit vanwege veel verder vervolgens via vindt
    vinden volgens voor vooral voordat vooralsnog voorts waar waarbij waardoor waarschijnlijk waarom wanneer want
    wat wel weliswaar welke wie wij willen wil worden wordt ze zelfs zij zijn zo zoals zodat zodra zolang zonder zou
    zouden zowel zullen zal zulke
"""),
    ENGLISH: _words("""
    a about according additionally after all also although among an and another any are as at based because before
    besides both but by can could currently depending despite did do does due during each earlier either every
    everyone few finally first for from furthermore given had has have he hence her here his how however if in
    including indeed instead is it its last later less many meanwhile might more moreover most much must neither
    never nevertheless next no nobody none nonetheless not nothing now of on once one only or other others otherwise
    our out over overall part people per previously rather recently second several she should similarly since so
    some someone soon still such that the their them then there thereby therefore these they this those though
    through throughout thus to today together under unless until upon was we were what when where whereas whether
    which while who why will with within without would yes yet
"""),
}
"""Words that open a sentence with a capital without being a name."""

PLAIN_WORDS = {
    DUTCH: _words("""
    antwoord antwoorden bewindspersoon bewindspersonen bewindslieden kabinet regering overheid rijk gemeente
    gemeenten ministerie ministeries kamerlid kamerleden vraag vragen
"""),
    ENGLISH: _words("""
    answer answers cabinet government ministry ministries municipality municipalities members question questions
    citizens companies employers employees patients students pupils schools hospitals residents farmers police
    research figures data measures agreements
"""),
}
"""Common nouns of the field that open a sentence as often as a name does."""

COMMON_ENDINGS = {
    DUTCH: re.compile(r"\w{3,}(?:ingen|heid|heden|teit|teiten|atie|aties)"),
    ENGLISH: re.compile(r"\w{3,}(?:tions?|sions?|ments?|ity|ities|ness|ly)"),
}
"""Endings that names of people, places and organisations do not have."""

ABROAD = {
    "ministry": ("ministerie", "minister", "staatssecretaris"), "cabinet": ("kabinet",), "government": ("regering",),
    "netherlands": ("nederland", "nederlandse"), "belgium": ("belgie",), "belgian": ("belgie", "belgische"),
    "germany": ("duitsland",), "german": ("duitsland", "duitse"), "france": ("frankrijk",),
    "french": ("frankrijk", "franse"), "united": ("verenigde", "verenigd", "vn", "vs"),
    "kingdom": ("koninkrijk",), "states": ("staten", "vs", "lidstaten"), "nations": ("naties", "vn"),
    "european": ("europese", "europees", "eu"), "europe": ("europa",), "union": ("unie", "eu"), "eu": ("europese",),
    "un": ("vn", "naties"), "us": ("vs", "staten"), "commission": ("commissie",), "council": ("raad",),
    "ukraine": ("oekraine",), "russia": ("rusland",), "russian": ("rusland", "russische"), "israel": ("israel",),
    "turkey": ("turkije",), "tunisia": ("tunesie",), "morocco": ("marokko",), "spain": ("spanje",),
    "italy": ("italie",), "greece": ("griekenland",), "poland": ("polen",), "china": ("china",), "syria": ("syrie",),
    "hague": ("haag",), "justice": ("justitie",), "security": ("veiligheid",), "finance": ("financien",),
    "health": ("volksgezondheid", "gezondheid"), "welfare": ("welzijn",), "sport": ("sport",),
    "foreign": ("buitenlandse", "buitenlands"), "affairs": ("zaken",), "trade": ("handel", "buitenlandse"),
    "development": ("ontwikkeling", "ontwikkelingshulp", "ontwikkelingssamenwerking"), "defence": ("defensie",),
    "defense": ("defensie",), "education": ("onderwijs",), "culture": ("cultuur",), "science": ("wetenschap",),
    "interior": ("binnenlandse",), "relations": ("koninkrijksrelaties", "relaties"), "economic": ("economische",),
    "social": ("sociale",), "employment": ("werkgelegenheid",), "infrastructure": ("infrastructuur",),
    "water": ("waterstaat", "water"), "management": ("waterstaat", "beheer"), "agriculture": ("landbouw",),
    "fisheries": ("visserij",), "food": ("voedselzekerheid", "voedselkwaliteit", "voedsel"), "nature": ("natuur",),
    "climate": ("klimaat",), "green": ("groene",), "growth": ("groei",), "asylum": ("asiel",),
    "migration": ("migratie",), "housing": ("volkshuisvesting", "wonen"), "spatial": ("ruimtelijke",),
    "planning": ("ordening",), "digitalisation": ("digitalisering",), "digitalization": ("digitalisering",),
    "monday": ("maandag",), "tuesday": ("dinsdag",), "wednesday": ("woensdag",), "thursday": ("donderdag",),
    "friday": ("vrijdag",), "saturday": ("zaterdag",), "sunday": ("zondag",),
}  # fmt: skip
"""English names to the Dutch words of which a source must have one."""

HOME = _words("nederland nederlandse nederlands nederlanders netherlands dutch rijk")
"""The country that all papers are about, whether they name it or not."""

PARTICLES = _words("van der den de het ten ter te la le du von zu el al in t s op aan bij")
"""Small words in family names, folded."""

ASKING = frozenset(
    words("""
    minister ministers staatssecretaris bewindspersoon bewindslieden kabinet regering ministerie kamer kamervragen
    tweede zegt zei zeggen gezegd antwoordt antwoordde antwoorden antwoord beantwoord schrijft schreef vindt vinden
    vond denkt denken dacht noemt noemde noemen letterlijk letterlijke woorden woord precies precieze zin zinnen
    uitspraak uitspraken citaat citeer citeren quote zoek zoeken geef graag liefst klopt waar standpunt reactie mening
    volgens eigenlijk even iets iemand soms wanneer waarom waardoor hoeveel hoelang vraag vragen komt gaat doet doen
    deed maakt laat weten toezegging toezeggingen toegezegd toezeggen belofte beloofd beloofde
    kunt krijgt krijgen moet gebeurt staat heeft gaan bent wilt mensen ons wat welke hoe wie
    lang vaak veel nou eens dan die dat momenteel nu tegenwoordig
    minister ministers state secretary government cabinet ministry said says say think thinks literally exact exactly
    words sentence quote quotes find give please check answer answered according claim true someone
""")
)
"""Stems of words that say how is asked and not what about."""

OTHER_NAMES = {
    "brussel": ("europese", "eu", "europa", "commissie"), "eu": ("europese", "europa", "unie"),
    "europa": ("europese", "eu"), "europees": ("europese", "eu"), "europese": ("eu", "europa"),
    "haag": ("kabinet", "nederland", "regering"), "den": ("kabinet", "nederland"),
    "vn": ("verenigde", "naties"), "vs": ("verenigde", "amerikaanse", "amerika"), "amerika": ("vs", "amerikaanse"),
    "amerikaanse": ("vs", "amerika"), "navo": ("noord-atlantische", "nato"), "nato": ("navo",),
    "rusland": ("russische", "russen"), "russen": ("rusland", "russische"), "poetin": ("rusland", "russische"),
    "engeland": ("verenigd", "britse", "vk"), "britse": ("verenigd", "vk", "engeland"), "vk": ("verenigd", "britse"),
    "nederland": ("nederlandse", "rijk", "kabinet", "ons", "land"), "nederlandse": ("nederland",),
    "nederlands": ("nederland", "nederlandse"), "rijk": ("rijksoverheid", "kabinet"),
    "vws": ("volksgezondheid",), "ocw": ("onderwijs",), "szw": ("sociale",), "jenv": ("justitie",),
    "bzk": ("binnenlandse",), "bz": ("buitenlandse",), "ienw": ("infrastructuur",), "ezk": ("economische",),
    "justitie": ("veiligheid",), "dutch": ("nederland", "nederlandse"), "netherlands": ("nederland", "nederlandse"),
    "kamer": ("kamer",),
}  # fmt: skip
"""Other folded words by which the same is named in papers."""
