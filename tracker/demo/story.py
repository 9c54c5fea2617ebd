"""The facts of the demo: a brand designer in Paris who also makes masks, the people she meets, and the outcomes.

Dates are counted in days before today, so that today and this week are always full, whenever the demo is made.
"""

from __future__ import annotations

from typing import NamedTuple

HOME = "Europe/Paris"
AWAY = "America/Toronto"

#: The number of days of the demo, today included.
DAYS = 365


class DaySpan(NamedTuple):
    """Days counted back from today, both included; `first` is the earlier day and so the larger number."""

    first: int
    last: int

    def __contains__(self, ago: object) -> bool:
        """Whether the day `ago` days before today is in the span."""
        return isinstance(ago, int) and self.last <= ago <= self.first


#: A week of illness without any record.
SICK = DaySpan(300, 294)
#: Three weeks of a campaign for a workshop.
CAMPAIGN = DaySpan(160, 140)
HOLIDAY = DaySpan(112, 99)
#: A week at a festival in Montréal; the first and the last day are spent in the aeroplane, without any record.
MONTREAL = DaySpan(47, 41)
#: The person she visits there.
HOST = "Étienne"
#: Weeks in which she did not check often after a post.
CALM = (DaySpan(285, 240), DaySpan(113, 66))
#: The use of Instagram falls from the day of her resolution to a share of it on the day it has settled.
RESOLVED, SETTLED, DECLINE_TO = 72, 25, 0.45

#: Other days without any record: forgotten, not zero.
UNLOGGED = (331, 263, 231, 190, 110, 108, 107, 103, 101, 79)
#: Public holidays and days of rest (month and day).
DAYS_OFF = ("01-01", "05-01", "05-08", "07-14", "08-15", "11-01", "11-11", "12-24", "12-25", "12-26", "12-31")

#: Days confirmed to be without social time.
ZERO = (105, 100)


class Acquaintance(NamedTuple):
    """Somebody who is met in person: the ring, how many days ago they first met, and what it was about."""

    name: str
    ring: str
    met: int
    about: str


#: From near to far: a ring begins when somebody of the ring before has agreed to something.
PEOPLE = (
    Acquaintance("Odile", "building", 358, "poster for the courtyard party"),
    Acquaintance("Karim", "building", 351, "sign for the bicycle workshop downstairs"),
    Acquaintance("Mme Ferrand", "building", 340, "knows everybody in the parish hall"),
    Acquaintance("Inès and Théo", "building", 318, "wedding invitations"),
    Acquaintance("Samia", "street", 309, "masks workshop two doors down"),
    Acquaintance("Julien", "street", 288, "bags and window of the bakery"),
    Acquaintance("Nadia", "street", 271, "menu board of the café"),
    Acquaintance("Paul", "street", 246, "bookshop: a shelf of masks"),
    Acquaintance("Hervé", "district", 229, "printer, has more orders than designers"),
    Acquaintance("Clara", "district", 214, "florist, wants a new name"),
    Acquaintance("Ousmane", "district", 187, "theatre: masks for the spring piece"),
    Acquaintance("Mme Petit", "district", 169, "primary school, carnival"),
    Acquaintance("Bruno", "district", 158, "joiner, sends people on"),
    Acquaintance("Agathe", "city", 146, "gallery, group show"),
    Acquaintance("Marc", "city", 128, "museum shop"),
    Acquaintance("Lucie", "city", 95, "architect, signage for a nursery"),
    Acquaintance("Farid", "city", 83, "festival of small theatres"),
    Acquaintance("Ana", "beyond", 64, "publisher in Lisbon"),
    Acquaintance(HOST, "beyond", 46, "puppet festival in Montréal"),
    Acquaintance("Ruth", "beyond", 31, "toy maker in Leeds"),
)


class StoryOutcome(NamedTuple):
    """An outcome: how many days ago, the time by the wall clock, the channel; `amount` in euros."""

    ago: int
    clock: str
    kind: str
    channel: str | None
    person: str
    note: str
    amount: int | None = None


OUTCOMES = (
    StoryOutcome(349, "18:40", "recommendation", "meeting", "Odile", "told the bicycle workshop about me"),
    StoryOutcome(343, "11:50", "client", "meeting", "Karim", "a sign and a stamp"),
    StoryOutcome(336, "16:05", "prospect", "linkedin", "Delphine Roux", "asked for a quote under the process post"),
    StoryOutcome(322, "17:20", "income", "meeting", "Karim", "sign", 340),
    StoryOutcome(315, "12:10", "client", "meeting", "Inès and Théo", "wedding invitations"),
    StoryOutcome(306, "17:45", "recommendation", "meeting", "Samia", "sends me those who want more than one mask"),
    StoryOutcome(286, "11:30", "prospect", "meeting", "Julien", "asked what bags would cost"),
    StoryOutcome(281, "15:40", "income", "call", "Inès and Théo", "invitations", 420),
    StoryOutcome(274, "12:20", "client", "linkedin", "Delphine Roux", "brand for a tea house"),
    StoryOutcome(268, "17:10", "client", "meeting", "Julien", "bags and window"),
    StoryOutcome(259, "16:25", "recommendation", "instagram", "Léonie", "passed a drawing on to a friend"),
    StoryOutcome(252, "11:15", "income", "linkedin", "Delphine Roux", "brand, first half", 900),
    StoryOutcome(243, "17:35", "recommendation", "meeting", "Nadia", "the bookshop is looking for somebody"),
    StoryOutcome(236, "15:20", "income", "meeting", "Julien", "bags and window", 780),
    StoryOutcome(227, "12:05", "prospect", "meeting", "Hervé", "a customer without a designer"),
    StoryOutcome(220, "16:50", "client", "call", "Hervé", "labels for a beekeeper"),
    StoryOutcome(212, "11:40", "income", "linkedin", "Delphine Roux", "brand, second half", 900),
    StoryOutcome(203, "17:25", "prospect", "meeting", "Clara", "new name, new front"),
    StoryOutcome(195, "15:15", "income", "call", "Hervé", "labels", 460),
    StoryOutcome(185, "12:15", "client", "meeting", "Ousmane", "eleven masks for the spring piece"),
    StoryOutcome(176, "16:40", "recommendation", "meeting", "Clara", "spoke to the school"),
    StoryOutcome(166, "17:05", "client", "meeting", "Clara", "name and front"),
    StoryOutcome(157, "11:20", "prospect", "linkedin", "Yann Le Goff", "wrote after the first campaign post"),
    StoryOutcome(154, "16:10", "prospect", "linkedin", "Camille Arnaud", "workshop for her team"),
    StoryOutcome(
        151, "12:25", "recommendation", "linkedin", "Delphine Roux", "shared the campaign with two lines of praise"
    ),
    StoryOutcome(147, "17:15", "client", "linkedin", "Camille Arnaud", "team workshop, twelve people"),
    StoryOutcome(144, "15:50", "prospect", "linkedin", "Institut Vauban", "asked for the programme"),
    StoryOutcome(138, "11:55", "income", "meeting", "Ousmane", "masks", 1650),
    StoryOutcome(131, "16:30", "income", "linkedin", "Camille Arnaud", "team workshop", 1200),
    StoryOutcome(126, "17:40", "prospect", "meeting", "Agathe", "group show in the spring"),
    StoryOutcome(119, "12:00", "income", "meeting", "Clara", "name and front", 1100),
    StoryOutcome(96, "16:20", "client", "video", "Marc", "a line of paper masks for the shop"),
    StoryOutcome(88, "11:35", "client", "linkedin", "Yann Le Goff", "packaging for a cider maker"),
    StoryOutcome(81, "17:30", "recommendation", "meeting", "Lucie", "two colleagues need signage"),
    StoryOutcome(74, "15:05", "income", "video", "Marc", "paper masks, first order", 1450),
    StoryOutcome(67, "12:30", "prospect", "linkedin", "Ana", "liked the carousel, asked for a call"),
    StoryOutcome(61, "16:45", "client", "meeting", "Lucie", "signage for a nursery"),
    StoryOutcome(53, "11:10", "income", "linkedin", "Yann Le Goff", "packaging", 1350),
    StoryOutcome(44, "17:00", "prospect", "meeting", HOST, "a poster and a stall next year"),
    StoryOutcome(36, "15:30", "client", "video", "Ana", "cover and twelve drawings"),
    StoryOutcome(29, "12:05", "recommendation", "meeting", "Hervé", "gave my card to the town hall"),
    StoryOutcome(24, "16:15", "income", "meeting", "Lucie", "signage, first half", 950),
    StoryOutcome(19, "17:20", "prospect", "linkedin", "Maison Quénot", "asked for a quote under Tuesday's post"),
    StoryOutcome(15, "11:45", "income", "instagram", "Léonie", "a print", 45),
    StoryOutcome(11, "16:35", "prospect", "call", "Ruth", "wants to see three samples"),
    StoryOutcome(8, "12:10", "income", "video", "Ana", "cover, on signature", 800),
    StoryOutcome(6, "15:25", "client", "meeting", "Agathe", "six masks for the group show"),
    StoryOutcome(
        4, "17:10", "recommendation", "linkedin", "Yann Le Goff", "named me in the comments of a large account"
    ),
    StoryOutcome(3, "11:30", "prospect", "meeting", "Bruno", "a shop front in oak"),
    StoryOutcome(1, "11:50", "recommendation", "meeting", "Nadia", "introduced me to her sister's restaurant"),
    StoryOutcome(0, "11:40", "prospect", "call", "Samia", "the school next to her wants a mask day"),
)


class Expense(NamedTuple):
    """Money spent on a channel: how many days ago, the time by the wall clock; `amount` in euros."""

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

#: Her verdicts: days ago, channel (None: contact in person), the computed verdict, hers, and why.
VERDICTS = (
    (RESOLVED, "instagram", "stop", "cut", "pictures after lunch, never on the sofa"),
    (RESOLVED, None, "more", "more", "every ring so far began with a talk"),
    (RESOLVED - 28, "linkedin", "not enough data", "keep", "the quotes come from the posts, not from looking at them"),
)


def level_of_instagram(ago: int) -> float:
    """The share of her usual Instagram that is left, `ago` days before today."""
    gone = min(max((RESOLVED - ago) / (RESOLVED - SETTLED), 0.0), 1.0)
    return 1.0 - (1.0 - DECLINE_TO) * gone
