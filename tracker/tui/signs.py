"""The signs of the screens, each with its one meaning: a state is shown by a sign, never by a colour alone.

A test fails for a sign that is printed and not listed here, and for one with two meanings. MEANINGS lists the signs of
state. Those in DRAWING show no state: bars, lines, and what separates words. On a keycap a sign (`⏎`, `⌫`, `→` …) is
the name of the key. Letters, digits and plain punctuation are words, not signs.
"""

from __future__ import annotations

#: Signs that more than one module prints.
RUNS, PAUSE, OVERLAPS, OVER, TALK, COMMITMENT, YES = "●", "‖", "∩", "▲", "◆", "⇒", "✓"
NOW = "╹"

#: One meaning each, wherever it stands by itself.
MEANINGS = {
    # what happens now
    RUNS: "a timer runs",
    PAUSE: "a declared pause",
    "⊘": "nothing can be recorded",
    NOW: "now, on the axis of a day",
    # a line of the log
    "■": "a marked line",
    "…": "more than is shown",
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
    "–": "no figure",
    # patterns
    "⚑": "flagged: a pattern, a burst",
    "⚐": "a pattern set aside",
    "◌": "not enough data",
    # next to words
    "→": "what a line means",
    "↑": "how many lines are above",
    "↓": "how many lines are below",
    "▾": "more lines wait",
    "‹": "the choice that is made, with ›",
    "›": "the choice that is made, with ‹",
    "◉": "this program",
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

#: What is drawn with, and where. None is a state by itself: a picture has a legend, frame and cursor have their places.
DRAWING = {
    "█": "a full cell: of a bar, a strip, a big figure, a year",
    "▓▒░": "shades, of which a legend says what they are",
    "▁▂▃▄▅▆▇": "columns, to an eighth of a cell",
    "▉▊▋▍▀": "parts of a bar’s cell, and of big figures",
    "▌▐": "half a cell: of a bar, and down the chosen line",
    "▎": "a quarter of a cell: of a bar, and down quoted words",
    "▏": "an eighth of a cell: of a bar, and where one types",
    "·": "an empty cell of a picture; between two words, and before one",
    "─━┃│║": "lines, frames and rails; what reaches across a bar; checks in a cell, one, two or more",
    "╸╺": "the ends of a line",
    "╭┊╰": "the first and the last line of what was picked up once, with │ between, and dashes beside other lines",
}

#: Names of keys, as they stand on keycaps like letters.
KEYCAPS = "⏎⇥⌫␣←→↑↓"

#: Numbers of the steps of a review: to come, and the one that is shown.
NUMBERS, HERE = "①②③④⑤⑥⑦⑧", "❶❷❸❹❺❻❼❽"
