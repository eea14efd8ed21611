"""The invented organisations whose pages are simulated."""

from __future__ import annotations

import re
from dataclasses import dataclass

RESIDENTS = "residents"
EVERYONE = "everyone in the Netherlands"
POPULATION = 17_811_291

# Name, target group, its size, followers on the first day of the year.
RIJKSOVERHEID = (
    ("Ministerie van Bruggen en Pleinen", EVERYONE, POPULATION, 61_000),
    ("Ministerie van Taal en Ambacht", EVERYONE, POPULATION, 34_000),
    ("Ministerie van Weer en Water", EVERYONE, POPULATION, 88_000),
    ("Ministerie van Rust en Ruimte", EVERYONE, POPULATION, 27_000),
    ("Ministerie van Speelgoed en Vernuft", "parents of young children", 1_900_000, 19_000),
    ("Dienst Werk en Vakmanschap", "job seekers", 420_000, 52_000),
    ("Landelijk Bureau Studiekosten", "students", 760_000, 73_000),
    ("Rijksbureau Fietsroutes", "cyclists", 9_500_000, 45_000),
    ("Bureau Zaden en Bomen", "farmers and growers", 110_000, 14_000),
    ("Rijkskeuring Speeltoestellen", "parents of young children", 1_900_000, 9_500),
    ("Instituut voor Getij en Wind", "people near the coast", 1_300_000, 142_000),
    ("Dienst Verhuizen en Aanmelden", "people who move house", 1_700_000, 23_000),
    ("Landelijk Loket Ondernemen", "small businesses", 1_250_000, 38_000),
    ("Rijksdienst Oude Ambachten", "museum visitors", 3_000_000, 16_500),
    ("Nationaal Meldpunt Losse Stenen", EVERYONE, POPULATION, 11_000),
)

PROVINCIES = (
    ("Provincie Noorderwold", RESIDENTS, 560_000, 9_800),
    ("Provincie Westermeren", RESIDENTS, 1_240_000, 15_200),
    ("Provincie Oosterduin", RESIDENTS, 480_000, 8_600),
    ("Provincie Zuidermark", RESIDENTS, 2_350_000, 21_000),
    ("Provincie Rijnveld", RESIDENTS, 1_900_000, 18_400),
    ("Provincie Waddengouw", RESIDENTS, 630_000, 12_700),
    ("Provincie Heidegouw", RESIDENTS, 900_000, 11_300),
    ("Provincie Merenland", RESIDENTS, 720_000, 13_600),
    ("Provincie Polderstein", RESIDENTS, 430_000, 10_400),
    ("Provincie Klavergouw", RESIDENTS, 1_120_000, 14_100),
    ("Provincie Hanzemark", RESIDENTS, 1_480_000, 16_800),
    ("Provincie Deltagouw", RESIDENTS, 390_000, 9_200),
)

GEMEENTEN = (
    ("Gemeente Elzenbrink", RESIDENTS, 61_000, 8_900),
    ("Gemeente Hoogmeerdam", RESIDENTS, 214_000, 31_000),
    ("Gemeente Zuiderloo", RESIDENTS, 88_000, 12_400),
    ("Gemeente Brandewaard", RESIDENTS, 34_000, 6_700),
    ("Gemeente Kloosterlinde", RESIDENTS, 47_000, 9_600),
    ("Gemeente Oude Maren", RESIDENTS, 126_000, 17_500),
    ("Gemeente Veenhorst", RESIDENTS, 29_000, 5_800),
    ("Gemeente Rozendrecht", RESIDENTS, 345_000, 42_000),
    ("Gemeente Sint Alderik", RESIDENTS, 23_000, 5_100),
    ("Gemeente Boterdijk", RESIDENTS, 38_000, 7_300),
    ("Gemeente Langevliet", RESIDENTS, 155_000, 22_000),
    ("Gemeente Wilgenrade", RESIDENTS, 72_000, 11_200),
    ("Gemeente Westermolen", RESIDENTS, 98_000, 14_800),
    ("Gemeente Duinakker", RESIDENTS, 41_000, 10_500),
    ("Gemeente Heidelerhout", RESIDENTS, 53_000, 8_200),
    ("Gemeente Koornwerd", RESIDENTS, 110_000, 16_000),
    ("Gemeente Lindewetering", RESIDENTS, 67_000, 9_900),
    ("Gemeente Molenhage", RESIDENTS, 182_000, 25_500),
    ("Gemeente Vaartsluis", RESIDENTS, 31_000, 6_200),
    ("Gemeente Nieuw Wolderveen", RESIDENTS, 79_000, 13_300),
)


@dataclass(frozen=True)
class Organisation:
    """An invented organisation with its page.

    Attributes
    ----------
    page_id : str
        Id of its page on Facebook.
    code : str
        Code of the organisation. No country and no office has codes that begin with XX.
    followers : int
        Followers on the first day of the year.
    """

    page_id: str
    code: str
    name: str
    tier: str
    target_group: str
    target_group_size: int
    followers: int

    @property
    def user_name(self) -> str:
        """The page's address. Facebook allows no hyphen there, so it is never a real page's."""
        return "demo-" + re.sub(r"[^a-z]+", "-", self.name.lower())


def _tier(
    tier: str, number: int, rows: tuple[tuple[str, str, int, int], ...]
) -> list[Organisation]:
    return [
        Organisation(
            page_id=f"9990000000{number}{place:04}",
            code=f"XX{number}{place:02}",
            name=name,
            tier=tier,
            target_group=group,
            target_group_size=size,
            followers=followers,
        )
        for place, (name, group, size, followers) in enumerate(rows, start=1)
    ]


ORGANISATIONS = (
    *_tier("rijksoverheid", 1, RIJKSOVERHEID),
    *_tier("provincie", 2, PROVINCIES),
    *_tier("gemeente", 3, GEMEENTEN),
)
OF_NAME = {organisation.name: organisation for organisation in ORGANISATIONS}
