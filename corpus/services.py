"""Where the official services are."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Services:
    """The base addresses of the official services.

    `sru`: the list of official publications. `odata`: the data of the Tweede Kamer; without a version at its end,
    the known ones are tried; "" for not asking it. `documents`: the site with the publications for people.
    """

    sru: str = "https://repository.overheid.nl/sru"
    odata: str = "https://gegevensmagazijn.tweedekamer.nl/OData"
    documents: str = "https://zoek.officielebekendmakingen.nl"
