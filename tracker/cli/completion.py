"""`tracker completion SHELL`: scripts written from the same table of verbs and commands that the parser reads."""

from __future__ import annotations

from tracker.cli.context import Context
from tracker.cli.parser import COMMON, VERBS, Argument, Command, Option, ParsedArguments, UsageError, load_command
from tracker.domain.models import KINDS, MEASURES, OUTCOME_KINDS, PURPOSES, RINGS
from tracker.domain.text import quoted
from tracker.locale import _

#: The commands that give the words of some sorts, run while completing.
ASKED = {
    "channel": "tracker channel list --names 2>/dev/null",
    "activity": "tracker activity list --names 2>/dev/null",
    "format": "tracker import --list --names 2>/dev/null",
}


def completion(context: Context, args: ParsedArguments) -> None:
    """Print the script of one shell."""
    shell = args.required("SHELL")
    if shell not in SHELLS:
        message = _("no completion for “{shell}”; choose one of: {shells}")
        raise UsageError(message.format(shells=", ".join(SHELLS), shell=quoted(shell)))
    commands = {name: load_command(verb.module, name) for name, verb in VERBS.items()}
    print("\n".join([*SHELLS[shell](commands), ""]), end="")


def words(sort: str | None) -> tuple[str, ...]:
    """The fixed words that may be offered for a value of that sort."""
    from tracker import settings
    from tracker.analytics.patterns.registry import LIMITS, NAMES
    from tracker.cli import channel, habit, log
    from tracker.exporters.exporting import EXPORT_FORMATS

    fixed = {
        "ring": RINGS,
        "kind": KINDS,
        "purpose": PURPOSES,
        "outcome": OUTCOME_KINDS,
        "field": tuple(f"{name}=" for name in log.SESSION_FIELDS),
        "setting": (*(setting.name for setting in settings.SETTINGS), *LIMITS),
        "pattern": NAMES,
        "target": tuple(EXPORT_FORMATS),
        "shell": tuple(SHELLS),
        "names": tuple(channel.CHANNEL_ACTIONS),
        "habit": tuple(habit.ACTIONS),
        "measure": MEASURES,
        "weekdays": ("weekdays", "weekends", *(day[:3] for day in settings.WEEKDAYS)),
        "pause": ("30m", "1h", "2h", "until", "off"),
    }
    return fixed.get(sort or "", ())


def _offer(sort: str | None) -> str:
    """Shell words that a value of that sort may be."""
    return f"$({ASKED[sort]})" if sort in ASKED else " ".join(words(sort))


def _find_verb(words: str) -> list[str]:
    """Shell lines that set `verb` to the first word that is no option, nor the value of a common option."""
    valued = "|".join(name for option in COMMON if option.value for name in option.names)
    return [
        f"  for word in {words}; do",
        # bash cuts `--db=FILE` at its `=`.
        f'    case "$skip$word" in 1=) ;; 1*) skip=;; {valued}) skip=1;; -*) ;; *) verb=$word; break;; esac',
        "  done",
    ]


def bash(commands: dict[str, Command]) -> list[str]:
    """The lines for bash: one case per option that takes a value, one per verb."""
    lines = [
        "# tracker completion for bash: source <(tracker completion bash)",
        "_tracker() {",
        '  local cur="${COMP_WORDS[COMP_CWORD]}" prev="${COMP_WORDS[COMP_CWORD-1]}" verb="" word skip=""',
        *_find_verb('"${COMP_WORDS[@]:1:COMP_CWORD-1}"'),
        "  COMPREPLY=()",
        '  case "$verb:$prev" in',
    ]
    for verb, command in commands.items():
        for option in command.options:
            if option.value and (offer := _offer(option.completes)):
                pattern = "|".join(f"{verb}:{name}" for name in option.names)
                lines.append(f'    {pattern}) COMPREPLY=($(compgen -W "{offer}" -- "$cur")); return;;')
    lines += [
        "    *:--db|*:--config) compopt -o default 2>/dev/null; return;;",
        "    *:--now) return;;",
        "  esac",
        '  case "$verb" in',
        f'    "") COMPREPLY=($(compgen -W "{" ".join(commands)}" -- "$cur"));;',
    ]
    for verb, command in commands.items():
        options = " ".join(name for option in command.options + COMMON for name in option.names)
        sorts = [argument.completes for argument in command.arguments]
        offers, more = " ".join(filter(None, map(_offer, sorts))), ""
        if "file" in sorts:
            more = "; compopt -o default"
        if "field" in sorts:
            # bash puts a space behind a completed word, but the value follows `end=` at once.
            more = "; [[ ${COMPREPLY[0]} == *= ]] && compopt -o nospace 2>/dev/null"
        lines += [
            f"    {verb})",
            f'      if [[ $cur == -* ]]; then COMPREPLY=($(compgen -W "{options}" -- "$cur"))',
            f'      else COMPREPLY=($(compgen -W "{offers}" -- "$cur")){more}; fi;;',
        ]
    return [*lines, "  esac", "}", "complete -F _tracker tracker"]


def zsh(commands: dict[str, Command]) -> list[str]:
    """The lines for zsh: the verbs with their help, then what bash offers."""
    lines = [
        "#compdef tracker",
        "# tracker completion for zsh: source <(tracker completion zsh)",
        "_tracker() {",
        "  local -a verbs; local verb word skip",
        "  verbs=(",
        *(f"    {_quote(f'{verb.name}:{_(verb.help)}')}" for verb in VERBS.values()),
        "  )",
        *_find_verb('"${words[@]:1:$((CURRENT-2))}"'),
        "  if [[ -n $skip ]]; then _files; return; fi",
        '  if [[ -z $verb ]]; then _describe "tracker" verbs; return; fi',
        '  case "$verb" in',
    ]
    for verb, command in commands.items():
        specs = [_zsh_option(option) for option in command.options + COMMON]
        specs += [f"'*:{argument.name}:{_zsh_action(argument)}'" for argument in command.arguments[:1]]
        lines += [
            f"    {verb})",
            "      while [[ $words[1] != $verb ]]; do shift words; (( CURRENT-- )); done",
            f"      _arguments {' '.join(specs)};;",
        ]
    return [*lines, "  esac", "}", "compdef _tracker tracker"]


def _zsh_option(option: Option) -> str:
    text = _(option.help).replace("[", "(").replace("]", ")").replace(":", " ")
    tail = f":{option.value}:{_zsh_action(option)}" if option.value else ""
    return _quote(f"{option.names[-1]}[{text}]{tail}")


def _zsh_action(taken: Argument | Option) -> str:
    if taken.completes == "file":
        return "_files"
    offer = _offer(taken.completes)
    return f"({offer})" if offer else " "


def fish(commands: dict[str, Command]) -> list[str]:
    """The lines for fish."""
    lines = ["# tracker completion for fish: tracker completion fish | source", "complete -c tracker -f"]
    for verb, command in commands.items():
        lines.append(f"complete -c tracker -n __fish_use_subcommand -a {verb} -d {_quote(_(VERBS[verb].help))}")
        seen = f"complete -c tracker -n '__fish_seen_subcommand_from {verb}'"
        for argument in command.arguments:
            if argument.completes == "file":
                lines.append(f"{seen} -F")
            elif offer := _offer(argument.completes):
                lines.append(f'{seen} -a "{offer.replace("$(", "(")}"')
        for option in command.options + COMMON:
            names = " ".join(f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}" for name in option.names)
            # -r takes a value and offers files for it, -x takes one and offers no files.
            needs = ""
            if option.value is not None:
                needs = " -r -F" if option.completes == "file" else " -x"
                if offer := _offer(option.completes):
                    needs += f' -a "{offer.replace("$(", "(")}"'
            lines.append(f"{seen} {names}{needs} -d {_quote(_(option.help))}")
    return lines


def _quote(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


SHELLS = {"bash": bash, "zsh": zsh, "fish": fish}
COMMANDS = {"completion": Command(completion, (Argument("SHELL", completes="shell"),))}
