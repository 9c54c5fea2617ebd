"""Whose year it is: a brand designer in Paris who also makes masks. Her chapters, the people she meets, what it brings.

Everything is told in days before today, so that the demo's today and this week are always full, whenever it is made.
"""

from __future__ import annotations

from typing import NamedTuple

HOME = "Europe/Paris"
AWAY = "America/Toronto"

#: The demo covers so many days, today included.
DAYS = 365


class Span(NamedTuple):
    """Days before today, both included; `first` is the earlier one and so the larger number."""

    first: int
    last: int

    def __contains__(self, ago: object) -> bool:
        """Whether the day so many days ago is in it."""
        return isinstance(ago, int) and self.last <= ago <= self.first


#: A week in bed, with nothing written down.
SICK = Span(300, 294)
#: Three weeks in which the workshop was announced, advertised and answered for.
CAMPAIGN = Span(160, 140)
HOLIDAY = Span(112, 99)
#: A week at a festival in Montréal; the first and last day are spent in the aeroplane.
MONTREAL = Span(47, 41)
#: Whom she visits there.
HOST = "Étienne"
#: Weeks in which posts brought no fidgeting.
CALM = (Span(285, 240), Span(113, 66))
#: Instagram begins to decline when she resolves something, and is down to its share so many days later.
RESOLVED, SETTLED, DECLINE_TO = 72, 25, 0.45

#: Days without any record, apart from the chapters: forgotten, not zero.
UNLOGGED = (331, 263, 231, 190, 110, 108, 107, 103, 101, 79)
#: Whatever the weekday, hardly anybody works (month and day).
DAYS_OFF = ("01-01", "05-01", "05-08", "07-14", "08-15", "11-01", "11-11", "12-24", "12-25", "12-26", "12-31")

#: Days confirmed as without any social time.
ZERO = (105, 100)


class Person(NamedTuple):
    """Somebody met in person, how far from home, and since how many days ago."""

    name: str
    ring: str
    met: int
    about: str


#: Outwards, like a snail: a ring begins when the one before has said yes to something.
PEOPLE = (
    Person("Odile", "building", 358, "poster for the courtyard party"),
    Person("Karim", "building", 351, "sign for the bicycle workshop downstairs"),
    Person("Mme Ferrand", "building", 340, "knows everybody in the parish hall"),
    Person("Inès and Théo", "building", 318, "wedding invitations"),
    Person("Samia", "street", 309, "masks workshop two doors down"),
    Person("Julien", "street", 288, "bags and window of the bakery"),
    Person("Nadia", "street", 271, "menu board of the café"),
    Person("Paul", "street", 246, "bookshop: a shelf of masks"),
    Person("Hervé", "district", 229, "printer, has more orders than designers"),
    Person("Clara", "district", 214, "florist, wants a new name"),
    Person("Ousmane", "district", 187, "theatre: masks for the spring piece"),
    Person("Mme Petit", "district", 169, "primary school, carnival"),
    Person("Bruno", "district", 158, "joiner, sends people on"),
    Person("Agathe", "city", 146, "gallery, group show"),
    Person("Marc", "city", 128, "museum shop"),
    Person("Lucie", "city", 95, "architect, signage for a nursery"),
    Person("Farid", "city", 83, "festival of small theatres"),
    Person("Ana", "beyond", 64, "publisher in Lisbon"),
    Person(HOST, "beyond", 46, "puppet festival in Montréal"),
    Person("Ruth", "beyond", 31, "toy maker in Leeds"),
)


class Result(NamedTuple):
    """An outcome: how many days ago, when by the wall clock, on which channel; `amount` in euros."""

    ago: int
    clock: str
    kind: str
    channel: str | None
    person: str
    note: str
    amount: int | None = None


RESULTS = (
    Result(349, "18:40", "recommendation", "meeting", "Odile", "told the bicycle workshop about me"),
    Result(343, "11:50", "client", "meeting", "Karim", "a sign and a stamp"),
    Result(336, "16:05", "prospect", "linkedin", "Delphine Roux", "asked for a quote under the process post"),
    Result(322, "17:20", "income", "meeting", "Karim", "sign", 340),
    Result(315, "12:10", "client", "meeting", "Inès and Théo", "wedding invitations"),
    Result(306, "17:45", "recommendation", "meeting", "Samia", "sends me those who want more than one mask"),
    Result(286, "11:30", "prospect", "meeting", "Julien", "asked what bags would cost"),
    Result(281, "15:40", "income", "call", "Inès and Théo", "invitations", 420),
    Result(274, "12:20", "client", "linkedin", "Delphine Roux", "brand for a tea house"),
    Result(268, "17:10", "client", "meeting", "Julien", "bags and window"),
    Result(259, "16:25", "recommendation", "instagram", "Léonie", "passed a drawing on to a friend"),
    Result(252, "11:15", "income", "linkedin", "Delphine Roux", "brand, first half", 900),
    Result(243, "17:35", "recommendation", "meeting", "Nadia", "the bookshop is looking for somebody"),
    Result(236, "15:20", "income", "meeting", "Julien", "bags and window", 780),
    Result(227, "12:05", "prospect", "meeting", "Hervé", "a customer without a designer"),
    Result(220, "16:50", "client", "call", "Hervé", "labels for a beekeeper"),
    Result(212, "11:40", "income", "linkedin", "Delphine Roux", "brand, second half", 900),
    Result(203, "17:25", "prospect", "meeting", "Clara", "new name, new front"),
    Result(195, "15:15", "income", "call", "Hervé", "labels", 460),
    Result(185, "12:15", "client", "meeting", "Ousmane", "eleven masks for the spring piece"),
    Result(176, "16:40", "recommendation", "meeting", "Clara", "spoke to the school"),
    Result(166, "17:05", "client", "meeting", "Clara", "name and front"),
    Result(157, "11:20", "prospect", "linkedin", "Yann Le Goff", "wrote after the first campaign post"),
    Result(154, "16:10", "prospect", "linkedin", "Camille Arnaud", "workshop for her team"),
    Result(151, "12:25", "recommendation", "linkedin", "Delphine Roux", "shared the campaign with two lines of praise"),
    Result(147, "17:15", "client", "linkedin", "Camille Arnaud", "team workshop, twelve people"),
    Result(144, "15:50", "prospect", "linkedin", "Institut Vauban", "asked for the programme"),
    Result(138, "11:55", "income", "meeting", "Ousmane", "masks", 1650),
    Result(131, "16:30", "income", "linkedin", "Camille Arnaud", "team workshop", 1200),
    Result(126, "17:40", "prospect", "meeting", "Agathe", "group show in the spring"),
    Result(119, "12:00", "income", "meeting", "Clara", "name and front", 1100),
    Result(96, "16:20", "client", "video", "Marc", "a line of paper masks for the shop"),
    Result(88, "11:35", "client", "linkedin", "Yann Le Goff", "packaging for a cider maker"),
    Result(81, "17:30", "recommendation", "meeting", "Lucie", "two colleagues need signage"),
    Result(74, "15:05", "income", "video", "Marc", "paper masks, first order", 1450),
    Result(67, "12:30", "prospect", "linkedin", "Ana", "liked the carousel, asked for a call"),
    Result(61, "16:45", "client", "meeting", "Lucie", "signage for a nursery"),
    Result(53, "11:10", "income", "linkedin", "Yann Le Goff", "packaging", 1350),
    Result(44, "17:00", "prospect", "meeting", HOST, "a poster and a stall next year"),
    Result(36, "15:30", "client", "video", "Ana", "cover and twelve drawings"),
    Result(29, "12:05", "recommendation", "meeting", "Hervé", "gave my card to the town hall"),
    Result(24, "16:15", "income", "meeting", "Lucie", "signage, first half", 950),
    Result(19, "17:20", "prospect", "linkedin", "Maison Quénot", "asked for a quote under Tuesday's post"),
    Result(15, "11:45", "income", "instagram", "Léonie", "a print", 45),
    Result(11, "16:35", "prospect", "call", "Ruth", "wants to see three samples"),
    Result(8, "12:10", "income", "video", "Ana", "cover, on signature", 800),
    Result(6, "15:25", "client", "meeting", "Agathe", "six masks for the group show"),
    Result(4, "17:10", "recommendation", "linkedin", "Yann Le Goff", "named me in the comments of a large account"),
    Result(3, "11:30", "prospect", "meeting", "Bruno", "a shop front in oak"),
    Result(1, "11:50", "recommendation", "meeting", "Nadia", "introduced me to her sister's restaurant"),
    Result(0, "11:40", "prospect", "call", "Samia", "the school next to her wants a mask day"),
)


class Expense(NamedTuple):
    """What she spent on a channel: how many days ago, when by the wall clock, in euros."""

    ago: int
    clock: str
    channel: str
    amount: int
    note: str


EXPENSES = (
    Expense(158, "09:50", "linkedin", 120, "advert for the workshop"),
    Expense(149, "09:45", "linkedin", 80, "advert, second week"),
    Expense(146, "09:55", "instagram", 40, "advert, pictures of the workshop"),
    Expense(96, "18:10", "meeting", 24, "lunch with Marc"),
    Expense(61, "18:20", "meeting", 18, "train to the nursery"),
    Expense(55, "10:05", "linkedin", 60, "advert for the carousel"),
    Expense(6, "18:30", "meeting", 12, "coffee and cake at the gallery"),
)

#: What she resolved then of a channel, in her words: days ago, channel (None: real contact), computed, hers, why.
VERDICTS = (
    (RESOLVED, "instagram", "stop", "cut", "pictures after lunch, never on the sofa"),
    (RESOLVED, None, "more", "more", "every ring so far began with a talk"),
    (RESOLVED - 28, "linkedin", "not enough data", "keep", "the quotes come from the posts, not from looking at them"),
)


def level_of_instagram(ago: int) -> float:
    """How much of her usual Instagram there still is, so many days before today."""
    gone = min(max((RESOLVED - ago) / (RESOLVED - SETTLED), 0.0), 1.0)
    return 1.0 - (1.0 - DECLINE_TO) * gone
