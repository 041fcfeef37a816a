"""Claims about the example papers, each with what the papers really say of it."""

from __future__ import annotations

from chatbot.checked import ClaimVerdict

SUPPORTED, CONTRADICTED, NOT_FOUND = ClaimVerdict.SUPPORTED, ClaimVerdict.CONTRADICTED, ClaimVerdict.NOT_FOUND

CLAIMS: dict[str, ClaimVerdict] = {
    "De overstap van Defensie heeft eenmalig 86 miljoen euro gekost.": SUPPORTED,
    "De overstap van Defensie heeft eenmalig 68 miljoen euro gekost.": CONTRADICTED,
    "Het beheer van de Defensiewolk kost 9,2 miljoen euro per jaar.": SUPPORTED,
    "Het beheer van de Defensiewolk kost 12,9 miljoen euro per jaar.": CONTRADICTED,
    "Defensie heeft de openbare cloud van buitenlandse leveranciers volledig verlaten.": SUPPORTED,
    "Defensie heeft de openbare cloud van buitenlandse leveranciers niet verlaten.": CONTRADICTED,
    "De overeenkomst met Nimbus Federal is op 30 juni 2098 beëindigd.": SUPPORTED,
    "De overeenkomst met Nimbus Federal is op 30 juli 2098 beëindigd.": CONTRADICTED,
    "De overeenkomst met Cirrostrate is verlengd tot en met 31 december 2101.": SUPPORTED,
    "De overeenkomst met Cirrostrate is verlengd tot en met 31 december 2104.": CONTRADICTED,
    "De opzegtermijn van het contract met Cirrostrate is achttien maanden.": SUPPORTED,
    "De opzegtermijn van het contract met Cirrostrate is zes maanden.": CONTRADICTED,
    "Belastingaangiften staan niet bij Cirrostrate.": SUPPORTED,
    "Aangiften en bezwaren staan in het eigen rekencentrum van de Belastingdienst in Grootwierden.": SUPPORTED,
    "Geluidsopnamen van de Belastinglijn worden niet bij Cirrostrate bewaard.": CONTRADICTED,
    "Gedetineerden verdienen sinds 1 januari 2094 een basisloon van € 1,35 per uur.": SUPPORTED,
    "Gedetineerden verdienen sinds 1 januari 2094 een basisloon van € 2,35 per uur.": CONTRADICTED,
    "Een order wordt geweigerd wanneer de prijs meer dan 15 procent onder het marktgemiddelde ligt.": SUPPORTED,
    "Een order wordt geweigerd wanneer de prijs meer dan 25 procent onder het marktgemiddelde ligt.": CONTRADICTED,
    "In 2097 haalden 640 gedetineerden een diploma.": SUPPORTED,
    "In 2097 haalden 460 gedetineerden een diploma.": CONTRADICTED,
    "Gegevens van patiënten beheert het ministerie van Volksgezondheid niet.": SUPPORTED,
    "Inmiddels is 40 procent van de bestanden naar Noordwolk verhuisd.": SUPPORTED,
    "Inmiddels is 70 procent van de bestanden naar Noordwolk verhuisd.": CONTRADICTED,
    "Het plan van Justitie en Veiligheid is op 9 september 2098 beproefd.": SUPPORTED,
    "Het plan van Justitie en Veiligheid is op 9 oktober 2098 beproefd.": CONTRADICTED,
    "Op de Zittingslijn is een buitenlandse leverancier aangesloten.": CONTRADICTED,
    "Een wettelijk verbod op slimme horloges is een te zwaar middel.": SUPPORTED,
    "Leerlingen met een horloge maakten bij een leestoets 14 procent meer fouten.": SUPPORTED,
    "Leerlingen met een horloge maakten bij een leestoets 41 procent meer fouten.": CONTRADICTED,
    "Schorreland heeft sinds 1 augustus 2098 geen tandarts meer.": SUPPORTED,
    "Schorreland heeft sinds 1 oktober 2098 geen tandarts meer.": CONTRADICTED,
    "De huisarts kan pijn bestrijden, maar geen kies trekken.": SUPPORTED,
    "De rijksbrede exitstrategie komt vóór 1 maart 2099 naar de Kamer.": SUPPORTED,
    "De rijksbrede exitstrategie komt vóór 1 mei 2099 naar de Kamer.": CONTRADICTED,
    "De zonsverduistering boven Madagaskar verraste veertig astronauten.": NOT_FOUND,
    "Bijenhouders in Umbrië oogsten zelden lavendelhoning.": NOT_FOUND,
    "Saxofonisten betalen voortaan accijns op rietjes.": NOT_FOUND,
    "Vulkanologen meten zwavel boven IJslandse gletsjers.": NOT_FOUND,
    "Kamelenmelk verdringt yoghurt uit Marokkaanse supermarkten.": NOT_FOUND,
}
