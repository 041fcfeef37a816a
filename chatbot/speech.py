"""Words by which Dutch texts tell who speaks: offices, verbs of saying, pronouns. Patterns are in lower case."""

from __future__ import annotations

import re

from corpus.officials import MINISTER, PRIME_MINISTER, STATE_SECRETARY

OFFICES = ("minister-president", "premier", "vicepremier", "vice-premier", "staatssecretaris", "ministers?")
GOVERNMENT = frozenset({MINISTER, STATE_SECRETARY, PRIME_MINISTER})
OTHERS = (
    r"(?:tweede\s+)?kamerlid", r"(?:tweede\s+)?kamerleden", "kamervoorzitter", "fractievoorzitter", "fractieleider",
    "partijleider", "burgemeester", "wethouder", "gedeputeerde", "commissaris", "hoogleraar", "professor",
    "voorzitter",
    "directeur", "topman", "topvrouw", "woordvoerder", "woordvoerster", "advocaat", "onderzoeker", "onderzoekster",
    "econoom", "jurist", "raadslid", "eurocommissaris", "koning", "koningin", "inspecteur-generaal", "ombudsman",
    "bestuurder", "bestuursvoorzitter", "vakbondsbestuurder", "deskundige", "huisarts", "boer", "bewoner", "inwoner",
)  # fmt: skip
PRONOUNS = (
    r"(?:de\s+)?(?:[a-z0-9]{2,12}-)?bewinds(?:man|vrouw|persoon)", r"bewinds(?:man|vrouw|persoon)", "hij", "zij", "ze",
    r"deze\s+laatste", r"eerstgenoemde",
)  # fmt: skip
OBLIQUE = re.compile(
    r"\b(?:volgens|aldus)\s+(?P<word>haar|hem)\b"
    r"|(?<![\w-])(?P<words>(?:haar|zijn)\s+(?:eigen\s+)?(?:antwoord(?:en)?|reactie|brief|verklaring|woorden|verweer|uitleg|"
    r"oordeel|conclusie|boodschap|stelling|toelichting|belofte|toezegging))(?![\w-])",
    re.IGNORECASE,
)
"""Pronouns that speak though they are no subject: "volgens haar", "luidt zijn antwoord"."""
EPITHETS = (
    "demissionaire?", "toenmalige?", "voormalige?", "huidige?", "nieuwe", "kersverse", "waarnemend", "aftredende?",
    "oud-",
    "verantwoordelijke?", "vvd-", "d66-", "cda-", "pvv-", "nsc-", "bbb-",
)  # fmt: skip
PARTICLES = frozenset("van de der den ten ter te het t in el al op".split())

VERBS = (
    r"zeg(?:gen|t)?", "zei(?:den)?", r"stel(?:t|len|de|den)?", r"schrij(?:f|ft|ven)", "schreef", r"la(?:at|ten)",
    "liet",
    r"meld(?:t|en|de)?", r"antwoord(?:t|en|de)?", r"benadruk(?:t|ken|te)?", r"vind(?:t|en)?", "vond(?:en)?",
    r"noem(?:t|en|de)?", r"erken(?:t|nen|de)?", r"beloo?f(?:t|de)?", "beloven", r"voeg(?:t|en|de)?",
    r"verklaar(?:t|de)?",
    "verklaren", r"reageer(?:t|de)?", "reageren", r"betoog(?:t|de)?", r"concludeer(?:t|de)?", r"waarschuw(?:t|de)?",
    r"bevestig(?:t|de)?", r"ontken(?:t|de)?", r"licht(?:te)?", r"geef(?:t)?", "gaf", r"wijs(?:t)?", "wees",
    r"verwacht(?:te)?", r"denk(?:t)?", "dacht", r"meen(?:t|de)?", r"deel(?:t|de)?", r"verzeker(?:t|de)?",
    r"onderstreep(?:t|te)?", r"constateer(?:t|de)?", r"vervolg(?:t|de)?", r"kondig(?:t|de)?", r"verzucht(?:te)?",
    r"grap(?:t|te)", r"moe(?:t|st)", r"wil(?:de)?", "wou", r"kan", "kon", r"acht(?:te)?", r"betreur(?:t|de)?",
    r"bestrijd(?:t)?", "bestreed", r"weerspreek(?:t)?", "weersprak", r"spreek(?:t)?", "sprak", r"vertel(?:t|de)?",
    r"herhaal(?:t|de)?", r"besluit", "besloot", r"belicht(?:te)?", r"garandeer(?:t|de)?", r"geloof(?:t|de)?",
    r"hoop(?:t|te)?", r"begrijp(?:t)?", "begreep", r"toon(?:t|de)?", r"bied(?:t)?", "bood", r"legt?", "legde",
    r"vraag(?:t)?", "vroeg(?:en)?", r"wilden?", r"weet", "wist(?:en)?", r"blij(?:ft|kt)", "is", "was", "heeft",
    "had", "zal", "zou", "gaat",
    "ziet", "zag", "houdt", "hield", "rekent", "ging", "herkent", "ondersteunt", "steunt", "twitter(?:t|de)",
    "tweet(?:te)?", "post(?:te)?",
    r"luid(?:t|de)?", r"klink(?:t)?", "klonk", "roept", "riep", "vat", "resumeert", "stipt", "haalt", "doelt",
    "trekt", r"heet(?:te)?",
)  # fmt: skip
SAYING = re.compile(rf"(?<![\w-])(?:{'|'.join(VERBS)})(?![\w-])", re.IGNORECASE)
STRONG = re.compile(
    r"(?<![\w-])(?:zegt?|zei(?:den)?|stelt|stelde|schrijft|schreef|laat|liet|meldt|meldde|antwoordt?|antwoordde|benadrukt?e?|"
    r"vindt|vond|noemt|noemde|erkent|erkende|belooft|beloofde|voegt|voegde|verklaart|verklaarde|reageert|reageerde|betoogt|"
    r"concludeert|waarschuwt|waarschuwde|bevestigt|ontkent|licht|geeft|gaf|wijst|wees|verwacht|denkt|meent|deelt|verzekert|"
    r"onderstreept|constateert|vervolgt|kondigt|verzuchtte?|grapte|acht|betreurt|bestrijdt|weerspreekt|spreekt|vertelt|"
    r"herhaalt|garandeert|hoopt|begrijpt|herkent|vraagt|vroeg(?:en)?|twittert|tweet|aldus|volgens|zo|luidt|klinkt|toegeven|"
    r"legt|houdt|wil(?:de)?|rekent|sluit|belooft|roept|weet|stond)(?![\w-])",
    re.IGNORECASE,
)
OBJECT = re.compile(
    r"\b(?:aan|tegen|van|door|met|over|namens|voor|bij|naar|richting|tot|met dank aan)\s+(?:(?:de|het)\s+)?\Z", re.I
)
"""What stands before somebody who is spoken to or about, and does not speak."""
PAPER = re.compile(
    r"(?:uit|in)\s+(?:de|het|een)\s+(?:antwoord(?:en)?|brief|stukken|kamerstuk(?:ken)?)\b", re.IGNORECASE
)
"""A caption that gives a quotation to a paper."""
NOBODY = re.compile(
    r"\b(?:staat|stond|valt|is)\s+(?:er\s+)?(?:in|te\s+lezen|op)\b|\b(?:luidt|klinkt|zo\s+luidt)\b", re.IGNORECASE
)
"""Clauses behind a quotation that give it to a paper and not to a person: "staat in de antwoorden"."""


def office(word: str) -> str:
    """The canonical office for a word that names one."""
    lower = word.lower()
    if lower.startswith("staats"):
        return STATE_SECRETARY
    if lower in {"premier", "minister-president"}:
        return PRIME_MINISTER
    return MINISTER
