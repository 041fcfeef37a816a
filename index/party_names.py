"""Dutch parties that asked questions, by their short names, with their long ones."""

from __future__ import annotations

LONG_NAMES = {
    "PVV": "Partij voor de Vrijheid",
    "NSC": "Nieuw Sociaal Contract",
    "BBB": "BoerBurgerBeweging",
    "VVD": "Volkspartij voor Vrijheid en Democratie",
    "CDA": "Christen-Democratisch Appèl",
    "PvdA": "Partij van de Arbeid",
    "SP": "Socialistische Partij",
    "GL": "GroenLinks",
    "D66": "Democraten 66",
    "PvdD": "Partij voor de Dieren",
    "CU": "ChristenUnie",
    "SGP": "Staatkundig Gereformeerde Partij",
    "FVD": "Forum voor Democratie",
    "LPF": "Lijst Pim Fortuyn",
    "ToN": "Trots op Nederland",
    "GPV": "Gereformeerd Politiek Verbond",
    "RPF": "Reformatorische Politieke Federatie",
    "AOV": "Algemeen Ouderenverbond",
}
"""DENK, Volt, JA21, BIJ1, BVNL, 50PLUS and Leefbaar Nederland go by one name."""
