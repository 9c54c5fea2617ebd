"""Settings on the screens: their words, the list of all, the change of one, and following what others write.

A change is written to the settings file and applied at once: colours, keys, language, and every figure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.content import Content

from tracker import locale, settings
from tracker.formatting.numbers import format_percent
from tracker.formatting.text import PURPOSE_TITLES, capitalized, join_phrases
from tracker.formatting.times import format_duration, weekday_names
from tracker.locale import N_, _
from tracker.services import queries
from tracker.settings import Setting, Settings
from tracker.settings.values import WEEKDAYS
from tracker.tui import layout
from tracker.tui.base_app import BaseApp
from tracker.tui.keys import hidden_bindings, keymap
from tracker.tui.modals.dialog import Choice, Chooser, LineDialog, ListDialog, lettered
from tracker.tui.theme import themes_in_order
from tracker.tui.widgets.panel import Rows, say_hidden

#: The groups of the list, and what each setting is called there.
SETTING_GROUPS = {
    N_("Language and colours"): {
        "language": N_("Language"),
        "theme": N_("Colours"),
        "reduced_motion": N_("Keep the screens still"),
    },
    N_("Your day and week"): {
        "day_starts_at": N_("A day starts at"),
        "first_weekday": N_("A week starts on"),
        "sleep": N_("You sleep"),
        "wakes_at": N_("You get up at"),
        "focus_hours": N_("Hours of important work"),
    },
    N_("Limits"): {
        "daily_budget": N_("Social time per day"),
        "check_limit": N_("Checks per day"),
        "check_seconds": N_("A check is shorter than"),
    },
    N_("Sessions"): {
        "channels": N_("Channels you use"),
        "breath_seconds": N_("Breath before a social session"),
        "breath_skips": N_("No breath when you start to"),
        "overrun_after": N_("Ask why, this long after the plan"),
        "forgotten_after": N_("A timer may be forgotten after"),
        "notify": N_("Announce the end of a plan by"),
    },
    N_("Import"): {"sources": N_("Imported every minute")},
    N_("Money"): {
        "currency": N_("Currency"),
        "hour_cost": N_("An hour of your time costs"),
        "sale_value": N_("A client brings in"),
        "client_share": N_("Share of leads that become clients"),
        "margin": N_("Share of income left after costs"),
    },
}

#: What each setting is called.
TITLES = {name: title for titles in SETTING_GROUPS.values() for name, title in titles.items()}

#: Parts of the settings file that are changed elsewhere on the screens, or by hand.
OTHERS = {"patterns": N_("thresholds of patterns"), "keys": N_("keys")}

#: How the languages call themselves.
LANGUAGE_NAMES = {"en": "English", "fr": "Français"}

_THEMES = {
    "tracker-dark": N_("dark"),
    "tracker-light": N_("light"),
    "ansi-dark": N_("the terminal's own, dark"),
    "ansi-light": N_("the terminal's own, light"),
}

_WAYS = {"bell": N_("a bell"), "terminal": N_("the terminal"), "desktop": N_("the desktop")}

#: Currencies offered in addition to the one in use; any other is typed.
_CURRENCIES = ("EUR", "USD", "GBP", "CHF", "CAD", "JPY")

#: Settings whose value is some of a few words, each chosen or not, and what these are called.
SEVERAL = {"notify": _WAYS, "breath_skips": PURPOSE_TITLES}


def setting_title(name: str) -> str:
    """What a setting, or another part of the settings file, is called."""
    return _(TITLES.get(name) or OTHERS.get(name) or name)


def say_value(values: Settings, name: str, channel_titles: Mapping[str, str]) -> str:
    """The value of a setting in the reader's language; `not set` where it has none.

    `channel_titles`: what each channel is called, by its name.
    """
    text, value = settings.value_text(values, name), getattr(values, name)
    if name in ("language", "first_weekday") and value is None:
        return _("as your system")
    if name == "channels":
        return ", ".join(channel_titles.get(channel, channel) for channel in value) or "–"
    if name in SEVERAL:
        words = ", ".join(_(SEVERAL[name][word]).lower() for word in value)
        return words or (_("nothing") if name == "notify" else "–")
    if name == "breath_seconds" and not value:
        return _("none")
    if not text:
        return "–"
    if name in ("client_share", "margin"):
        return format_percent(value)
    if name in ("check_seconds", "breath_seconds"):
        return format_duration(value, "exact")
    typed = text.replace("-", "–") if name in ("sleep", "focus_hours") else text
    return value_choices(name, (text,)).get(text, typed)


def value_choices(name: str, themes: Iterable[str] = ()) -> dict[str, str]:
    """What can be chosen for a setting, by its value in the settings file (empty: the default); {} where it is typed.

    `themes`: those that this terminal has.
    """
    if name == "language":
        return {"": _("as your system"), **LANGUAGE_NAMES}
    if name == "first_weekday":
        return {"": _("as your system"), **dict(zip(WEEKDAYS, weekday_names(), strict=True))}
    if name == "reduced_motion":
        return {"yes": _("yes"), "no": _("no")}
    if name == "theme":
        return {theme: _(_THEMES[theme]) if theme in _THEMES else theme.replace("-", " ") for theme in themes}
    return {}


#: The settings in the order of the list.
LISTED = tuple(settings.find(name) for name in TITLES)

#: The key, and the answer, for a value that is typed instead of chosen.
OWN = "o"


class _SettingRows(Rows):
    """What each setting is called, and its value, in groups; of the chosen one what it does, and its name in the file.

    Where there is room, what it does stands in every line.
    """

    items = LISTED

    def __init__(self, values: Settings, failed: dict[str, str], channel_titles: dict[str, str]) -> None:
        """`failed`: why sources could not be imported last; `channel_titles`: by the names of the channels."""
        super().__init__(id="settings")
        self.values, self.failed, self.channel_titles = values, failed, channel_titles
        #: By the number of a setting that begins a group, the group's title.
        self.groups = {list(TITLES).index(next(iter(titles))): group for group, titles in SETTING_GROUPS.items()}

    def heading_lines(self, index: int) -> int:
        """The title of a group, with a blank line above it but for the first."""
        return (2 if index else 1) if index in self.groups else 0

    def blocks(self, width: int, height: int) -> list[list[Content]]:
        """A line each, below the title of its group; what differs from its default is bright, and marked."""
        names = list(map(setting_title, TITLES))
        values = [say_value(self.values, name, self.channel_titles) for name in TITLES]
        name_width = layout.widest(names) + 2
        purposes = [capitalized(_(setting.does)) for setting in LISTED]
        if self.failed:
            failures = " · ".join(f"✗ {source}: {why}" for source, why in self.failed.items())
            purposes[list(TITLES).index("sources")] = failures
        value_width = layout.widest(values) + 2
        beside = 2 + name_width + value_width + layout.widest(purposes) <= width
        blocks = []
        for index, setting in enumerate(LISTED):
            default = getattr(self.values, setting.name) == getattr(Settings(), setting.name)
            cell_width = value_width if beside else width - name_width - 2
            value = layout.left(values[index], cell_width, "" if default else "bold $good")
            fits = cell_len(values[index]) <= cell_width
            name = layout.left(names[index], name_width, "" if default else "bold $strong")
            purpose = (purposes[index] if beside else "", "$faint")
            line = layout.row((" " if default else "•", "$good"), " ", name, value if fits else "", purpose)
            heading = [layout.text(_(self.groups[index]), "bold $primary")] if index in self.groups else []
            below = [] if fits else layout.wrapped(values[index], width - 4, "" if default else "bold $good")
            lines = [line, *(layout.row("    ", part) for part in below)]
            blocks.append([*([layout.BLANK] if index and heading else []), *heading, *lines])
        if not beside:
            detail = f"{purposes[self.chosen]} · {LISTED[self.chosen].name}"
            blocks[self.chosen] += layout.indented(2, layout.wrapped(detail, width - 2, "$faint"))
        return blocks

    def show_hidden(self, above: int, below: int) -> None:
        hidden = say_hidden(above, below)
        self.say(_("Settings"), " · ".join(filter(None, (hidden, _("• changed · Enter Change · Esc Close")))))


class SettingsDialog(ListDialog[None]):
    """Stays open while one setting after the other is changed; each change is seen at once."""

    BINDINGS = hidden_bindings(("enter,e,space", "open"))
    OPENED_BY = "settings"

    def __init__(self, name: str | None = None) -> None:
        """`name`: the setting to change at once."""
        super().__init__()
        self._name = name

    def compose(self) -> ComposeResult:
        """Only the list."""
        app = self.base_app
        rows = _SettingRows(app.workspace.settings, app.failed_imports, queries.titles(app.workspace))
        if self._name:
            rows.chosen = LISTED.index(settings.find(self._name))
        rows.styles.height = len(LISTED) + 2 * len(SETTING_GROUPS) + 4
        yield rows

    def on_mount(self) -> None:
        """Ask for the setting that was named."""
        if self._name:
            self.action_open()

    def action_open(self) -> None:
        """Ask for the new value of the chosen setting: by a choice where it has choices, else by a line."""
        setting = LISTED[self.query_one(_SettingRows).chosen]
        if setting.name in SEVERAL:
            self._choose_several(setting)
        elif setting.name == "currency":
            self._choose_currency(setting)
        elif options := value_choices(setting.name, themes_in_order(self.base_app.available_themes)):
            self._choose(setting, options)
        else:
            self._type(setting)

    def _choose(self, setting: Setting, options: dict[str, str]) -> None:
        """Ask for one of the options."""
        now = settings.value_text(self.base_app.workspace.settings, setting.name)
        details = {now: _("current")}
        choices = lettered(Choice("", words, value, details.get(value, "")) for value, words in options.items())
        chosen = list(options).index(now) if now in options else 0
        question = Chooser(setting_title(setting.name), choices, chosen=chosen)
        self.base_app.ask(question, partial(self._keep, setting))

    def _choose_currency(self, setting: Setting) -> None:
        """Ask for the currency in use, one of some others, or another one in a line."""
        from babel.numbers import get_currency_name

        codes = dict.fromkeys((self.base_app.workspace.settings.currency, *_CURRENCIES))
        language = locale.language()
        choices = lettered(Choice("", code, code, get_currency_name(code, locale=language)) for code in codes)
        choices.append(Choice(OWN, _("another one"), OWN, _("by its three letters")))
        question = Chooser(setting_title(setting.name), choices, own=OWN)
        self.base_app.ask(question, lambda code: self._type(setting) if code == OWN else self._keep(setting, code))

    def _choose_several(self, setting: Setting, at: int = 0) -> None:
        """Ask for one word after the other, which is then added or taken away, until escape."""
        titles = SEVERAL[setting.name]
        words, on = list(titles), getattr(self.base_app.workspace.settings, setting.name)
        states = {word: _("✓ yes") if word in on else _("no") for word in words}
        choices = lettered(Choice("", _(titles[word]), word, state) for word, state in states.items())

        def answered(word: str) -> None:
            wanted = [other for other in words if (other in on) is not (other == word)]
            self._keep(setting, ", ".join(wanted) or ("off" if setting.name == "notify" else ""))
            self._choose_several(setting, words.index(word))

        self.base_app.ask(Chooser(setting_title(setting.name), choices, chosen=at), answered)

    def _type(self, setting: Setting) -> None:
        hint = _("{allowed} · empty: back to the default").format(allowed=_(setting.allowed))
        line = setting_line(self.base_app, setting, setting_title(setting.name), hint)
        self.base_app.ask(line, partial(self._keep, setting))

    def _keep(self, setting: Setting, value: str) -> None:
        """Save a value; a currency in which amounts would not count any more is asked about first."""
        from tracker.services.live_workspace import UncountedAmounts

        app = self.base_app
        keep = partial(save_setting, app, setting.name, value, shown=True)
        try:
            keep()
        except UncountedAmounts as uncounted:
            currency = app.workspace.settings.currency
            choices = [Choice("k", _("Keep {currency}").format(currency=currency))]
            choices.append(Choice("c", _("Change it: {what}").format(what=uncounted), "change"))
            question = Chooser(setting_title(setting.name), choices, worded=True)
            app.ask(question, lambda answer: keep(confirmed=True) if answer else None)

    def reloaded(self) -> None:
        """Show the values as they are after a change here or elsewhere."""
        rows = self.query_one(_SettingRows)
        rows.values = self.base_app.workspace.settings
        rows.redraw()


def show_settings(app: BaseApp, name: str | None = None) -> None:
    """Show the list of settings, and ask for the one that is named."""
    app.push_screen(SettingsDialog(name))


def setting_line(app: BaseApp, setting: Setting, title: str, hint: str) -> LineDialog[str]:
    """A line for the value of a setting, shown as it would be read."""
    before = app.workspace.settings

    def read(text: str) -> tuple[str, Content]:
        typed = settings.with_typed(before, setting.name, text)
        meaning = settings.value_text(typed, setting.name)
        if meaning and setting.name == "channels":
            meaning = say_value(typed, setting.name, queries.titles(app.workspace))
        return text, layout.text(meaning or _("not set"), "$faint")

    return LineDialog(title, read, value=settings.value_text(before, setting.name), hint=hint)


def ask_setting(app: BaseApp, name: str) -> None:
    """Ask for a setting that a pattern needs, and save it."""
    setting = settings.find(name)
    line = setting_line(app, setting, capitalized(_(setting.does)), _(setting.allowed))
    app.ask(line, lambda text: save_setting(app, name, text))


def toggle_dark(app: BaseApp) -> None:
    """Change to the other one of our two themes."""
    save_setting(app, "theme", "tracker-light" if app.current_theme.dark else "tracker-dark", shown=True)


def save_setting(app: BaseApp, name: str, value: str, *, confirmed: bool = False, shown: bool = False) -> None:
    """Write one setting to the file, and apply it. Raises TrackerError with nothing changed.

    `shown`: the screen shows the new value already, so only what it does not show is announced.
    """
    before = app.workspace.settings
    app.workspace.change_setting(name, value, confirmed=confirmed)
    _apply(app, before)
    after = app.workspace.settings
    value = say_value(after, name, queries.titles(app.workspace))
    message = _("{setting}: {value}").format(setting=setting_title(name), value=value)
    unused = _unused_amounts(app, name)
    if unused or not shown:
        app.notify(join_phrases(message, *unused), timeout=4)


def use_changed_settings(app: BaseApp, after: Settings) -> None:
    """Apply the settings that another program has written, and say which ones. The text typed in a dialog stays."""
    before = app.workspace.settings
    app.workspace.use_settings(after)
    _apply(app, before)
    fields = [name for name in Settings._fields if getattr(after, name) != getattr(before, name)]
    changed = dict.fromkeys(name.removesuffix("_currency") for name in fields)  # an amount and its currency are one
    names = ", ".join(map(setting_title, changed))
    message = _("Settings changed elsewhere: {names}").format(names=names)
    unused = _unused_amounts(app, "currency") if "currency" in changed else []
    app.notify(join_phrases(message, *unused), timeout=6)


def _unused_amounts(app: BaseApp, name: str) -> list[str]:
    """Which amounts are not used after the setting `name` was changed."""
    if name != "currency" and name not in settings.AMOUNTS:
        return []
    from tracker.services.live_workspace import say_unused

    return say_unused(app.workspace.settings, name)


def _apply(app: BaseApp, before: Settings) -> None:
    """Show everything by the settings as they are now."""
    now = app.workspace.settings
    if now.keys != before.keys:
        app.rebind(keymap(now.keys))
    app.apply_settings(now)
    if now.language != before.language:
        locale.use(now.language)
    app.reload()
    for part in app.screen_stack[0].walk_children():
        part.refresh(layout=False)  # words and keys that no figure changes with
