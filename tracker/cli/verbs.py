"""Every verb there is: where it lives and what it does, without importing it."""

from __future__ import annotations

from tracker.domain.record import Record
from tracker.locale import N_


class Verb(Record):
    """A verb; the module of this folder that holds its Command; one line of help."""

    name: str
    module: str
    help: str


GROUPS = (
    (
        N_("The timer"),
        (
            Verb("start", "timer", N_("start a session on a channel")),
            Verb("stop", "timer", N_("end the session that runs")),
            Verb("cancel", "timer", N_("drop the session that runs")),
            Verb("resume", "timer", N_("start again what ended last")),
            Verb("switch", "timer", N_("end what runs and start another session")),
            Verb("check", "timer", N_("note a quick look at a channel")),
            Verb("urge", "timer", N_("note a wish to open a channel, resisted")),
            Verb("pause", "pause", N_("declare a break from the social channels")),
            Verb("status", "status", N_("say what runs and where today stands")),
        ),
    ),
    (
        N_("The log"),
        (
            Verb("log", "log", N_("write down a session after the fact")),
            Verb("edit", "log", N_("change a session, an outcome or an urge")),
            Verb("split", "log", N_("cut a session in two")),
            Verb("merge", "log", N_("make one session of several")),
            Verb("delete", "log", N_("delete sessions, outcomes or urges")),
            Verb("outcome", "outcome", N_("note what came of it: recommendation, prospect, client, income")),
            Verb("habit", "habit", N_("habits, ticked by hand or measured from the log")),
            Verb("undo", "history", N_("take back the last change")),
            Verb("redo", "history", N_("do again what was taken back")),
            Verb("history", "history", N_("list the changes that undo can take back")),
        ),
    ),
    (
        N_("Looking back"),
        (
            Verb("day", "day", N_("show a day, with the ids of what is in it")),
            Verb("week", "week", N_("show a week")),
            Verb("patterns", "patterns", N_("show the patterns, with their evidence")),
            Verb("worth", "worth", N_("what each channel is worth")),
            Verb("review", "review", N_("look back on a week, and write it down")),
        ),
    ),
    (
        N_("Files"),
        (
            Verb("import", "exchange", N_("read the history of a phone, a browser or a CSV file")),
            Verb("export", "exchange", N_("write the log as JSON or CSV")),
            Verb("backup", "keep", N_("copy the log's file")),
            Verb("restore", "keep", N_("bring a backup back")),
            Verb("doctor", "keep", N_("check the data file, the settings and the clock")),
        ),
    ),
    (
        N_("Names and settings"),
        (
            Verb("channel", "names", N_("list, add, rename, budget, alias or archive channels")),
            Verb("activity", "names", N_("list, add, rename or archive activities")),
            Verb("config", "config", N_("show or change the settings")),
            Verb("completion", "completion", N_("print the completions for a shell")),
            Verb("demo", "screens", N_("open the screens on a made-up year")),
        ),
    ),
    (
        N_("With a later version"),
        (Verb("serve", "later", N_("the screens in a browser")),),
    ),
)

VERBS = {verb.name: verb for _title, verbs in GROUPS for verb in verbs}
