"""The signs of the screens, each with its one meaning: a state is told by a sign, never by a colour alone.

A sign that is printed and is not here fails a test, and so does one with two meanings. What stands on a keycap
(`⏎`, `⌫`, `→` …) is the name of the key there. Letters, digits and plain punctuation are words, not signs.
"""

from __future__ import annotations

#: Those that more than one part of the screens shows.
RUNS, PAUSE, OVERLAPS, OVER, TALK, COMMITMENT, YES = "●", "‖", "∩", "▲", "◆", "⇒", "✓"
NOW = "╹"

MEANINGS = {
    # what happens now
    RUNS: "a timer runs",
    PAUSE: "a declared pause, and what was opened in it",
    "⊘": "nothing can be recorded",
    NOW: "now, on the axis of a day",
    # a line of the log
    "■": "a marked line",
    "…": "more than is shown; a session that began before",
    OVERLAPS: "a session at the same time as another one",
    OVER: "over the plan, the budget or the limit",
    "★": "a result",
    TALK: "a talk",
    "⇄": "somebody crossed the bridge",
    # answers and states
    YES: "yes: done, kept, resisted, quiet",
    "✗": "no: not kept, or it cannot be",
    "◐": "in part",
    "○": "missed",
    "∙": "not needed",
    "»": "skipped",
    "▸": "open: to be answered",
    "◇": "the important task, to be done",
    COMMITMENT: "a commitment: if, then",
    "◎": "somebody to talk to",
    "↻": "somebody to follow up",
    "•": "changed by the user",
    "≈": "about as usual",
    # patterns
    "⚑": "flagged: a pattern, a burst",
    "⚐": "a pattern set aside",
    "◌": "not enough data",
    "━": "as long as a burst lasted; the line of a rail",
    # what is drawn
    "▌": "the chosen line; half a cell of a bar",
    "▐": "half a cell of a bar",
    "▎": "quoted words; a quarter of a bar’s cell",
    "▏": "where one types; an eighth of a bar’s cell",
    "│": "one check in a cell; a frame",
    "┃": "two checks in a cell; the usual week on a bar",
    "║": "three checks or more in a cell",
    "·": "a full hour on a strip; a day without a mark; between two words",
    "─": "a line",
    "╸": "the breath, and how far it has come",
    "╺": "the breath, and how far it has come",
    "█": "time; a habit’s day that was done",
    "▓": "time past a plan; a habit’s day done for the most part",
    "▒": "a habit’s day done for a small part",
    "░": "a habit’s day on which nothing was needed",
    # beside words
    "→": "what a line means",
    "↑": "how many lines are above",
    "↓": "how many lines are below",
    "▾": "more lines wait",
    "‹": "the choice that is made, with ›",
    "›": "the choice that is made, with ‹",
    "◉": "this program",
    "–": "from – to; no figure",
    "−": "less",
    "×": "times",
    "≤": "at most",
    "≥": "at least",
    "½": "half",
    "′": "minutes",
    "€": "euros",
    "£": "pounds",
    "¥": "yen",
}

#: Names of keys, as they stand on keycaps beside letters.
KEYCAPS = "⏎⇥⌫␣←→↑↓"

#: Numbers of the steps of a review: to come, and the one that is shown.
NUMBERS, HERE = "①②③④⑤⑥⑦⑧", "❶❷❸❹❺❻❼❽"
