"""`tracker completion SHELL`: scripts written from the same table of verbs and commands that the parser reads."""

from __future__ import annotations

from tracker.cli.context import Context
from tracker.cli.parser import COMMON, VERBS, Argument, Command, ParsedArguments, UsageError, load_command
from tracker.domain.models import KINDS, MEASURES, OUTCOME_KINDS, PURPOSES, RINGS
from tracker.domain.text import quoted
from tracker.locale import N_, _


def completion(context: Context, args: ParsedArguments) -> None:
    """Print the script of one shell."""
    shell = args.required("SHELL")
    if shell not in SHELLS:
        raise UsageError(
            _("no completion for “{shell}”; choose one of: {shells}").format(
                shells=", ".join(SHELLS), shell=quoted(shell)
            )
        )
    print(SHELLS[shell](), end="")


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
        "field": tuple(f"{name}=" for name in log.FIELD_NAMES),
        "setting": (*(setting.name for setting in settings.KNOWN), *LIMITS),
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


#: The commands that give the words of the other sorts, run while completing.
ASKED = {
    "channel": "tracker channel list --names 2>/dev/null",
    "activity": "tracker activity list --names 2>/dev/null",
    "format": "tracker import --list --names 2>/dev/null",
}


def _offer(sort: str | None) -> str:
    """Shell words that a value of that sort may be."""
    if sort in ASKED:
        return f"$({ASKED[sort]})"
    return " ".join(words(sort))


def _options(command: Command) -> str:
    return " ".join(name for option in command.options + COMMON for name in option.names)


def _find_verb(words: str) -> list[str]:
    """Shell lines that set `verb` to the first word that is no option, nor the value of a common option."""
    valued = "|".join(name for option in COMMON if option.value for name in option.names)
    return [
        f"  for word in {words}; do",
        # bash cuts `--db=FILE` at its `=`.
        f'    case "$skip$word" in 1=) ;; 1*) skip=;; {valued}) skip=1;; -*) ;; *) verb=$word; break;; esac',
        "  done",
    ]


def bash() -> str:
    """The script for bash: one case per verb, one per option that takes a value."""
    lines = [
        "# tracker completion for bash: source <(tracker completion bash)",
        "_tracker() {",
        '  local cur="${COMP_WORDS[COMP_CWORD]}" prev="${COMP_WORDS[COMP_CWORD-1]}" verb="" word skip=""',
        *_find_verb('"${COMP_WORDS[@]:1:COMP_CWORD-1}"'),
        "  COMPREPLY=()",
        '  case "$verb:$prev" in',
    ]
    for verb in VERBS:
        for option in load_command(VERBS[verb].module, verb).options:
            if option.value and _offer(option.completes):
                pattern = "|".join(f"{verb}:{name}" for name in option.names)
                lines.append(
                    f'    {pattern}) COMPREPLY=($(compgen -W "{_offer(option.completes)}" -- "$cur")); return;;'
                )
    lines += [
        "    *:--db|*:--config) compopt -o default 2>/dev/null; return;;",
        "    *:--now) return;;",
        "  esac",
        '  case "$verb" in',
    ]
    lines.append(f'    "") COMPREPLY=($(compgen -W "{" ".join(VERBS)}" -- "$cur"));;')
    for verb in VERBS:
        command = load_command(VERBS[verb].module, verb)
        offers = " ".join(filter(None, (_offer(argument.completes) for argument in command.arguments)))
        more = ""
        if any(argument.completes == "file" for argument in command.arguments):
            more = "; compopt -o default"
        if any(argument.completes == "field" for argument in command.arguments):
            # bash puts a space behind a completed word, but the value follows `end=` at once.
            more = "; [[ ${COMPREPLY[0]} == *= ]] && compopt -o nospace 2>/dev/null"
        lines.append(f"    {verb})")
        lines.append(f'      if [[ $cur == -* ]]; then COMPREPLY=($(compgen -W "{_options(command)}" -- "$cur"))')
        lines.append(f'      else COMPREPLY=($(compgen -W "{offers}" -- "$cur")){more}; fi;;')
    return "\n".join([*lines, "  esac", "}", "complete -F _tracker tracker", ""])


def zsh() -> str:
    """The script for zsh: the verbs with their help, then what bash offers."""
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
    for verb in VERBS:
        command = load_command(VERBS[verb].module, verb)
        specs = [_zsh_option(option.names, option.value, option.help, option.completes) for option in command.options]
        specs += [_zsh_option(option.names, option.value, option.help, option.completes) for option in COMMON]
        specs += [f"'*:{argument.name}:{_zsh_action(argument)}'" for argument in command.arguments[:1]]
        lines += [
            f"    {verb})",
            "      while [[ $words[1] != $verb ]]; do shift words; (( CURRENT-- )); done",
            f"      _arguments {' '.join(specs)};;",
        ]
    return "\n".join([*lines, "  esac", "}", "compdef _tracker tracker", ""])


def _zsh_option(names: tuple[str, ...], value: str | None, help: str, completes: str | None) -> str:
    text = _(help).replace("[", "(").replace("]", ")").replace(":", " ")
    tail = f":{value}:{_zsh_action(Argument('', completes=completes))}" if value else ""
    return _quote(f"{names[-1]}[{text}]{tail}")


def _zsh_action(argument: Argument) -> str:
    if argument.completes == "file":
        return "_files"
    offer = _offer(argument.completes)
    return f"({offer})" if offer else " "


def fish() -> str:
    """The script for fish."""
    lines = ["# tracker completion for fish: tracker completion fish | source", "complete -c tracker -f"]
    for verb in VERBS.values():
        lines.append(f"complete -c tracker -n __fish_use_subcommand -a {verb.name} -d {_quote(_(verb.help))}")
        command = load_command(verb.module, verb.name)
        seen = f"-n '__fish_seen_subcommand_from {verb.name}'"
        for argument in command.arguments:
            offer = _offer(argument.completes).replace("$(", "(")
            if argument.completes == "file":
                lines.append(f"complete -c tracker {seen} -F")
            elif offer:
                lines.append(f'complete -c tracker {seen} -a "{offer}"')
        for option in command.options + COMMON:
            names = " ".join(f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}" for name in option.names)
            offer = _offer(option.completes).replace("$(", "(")
            # -r takes a value and offers files for it, -x takes one and offers no files.
            needs = "" if option.value is None else " -r -F" if option.completes == "file" else " -x"
            value = needs + (f' -a "{offer}"' if offer and needs else "")
            lines.append(f"complete -c tracker {seen} {names}{value} -d {_quote(_(option.help))}")
    return "\n".join([*lines, ""])


def _quote(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


SHELLS = {"bash": bash, "zsh": zsh, "fish": fish}
COMMANDS = {
    "completion": Command(
        completion,
        (Argument("SHELL", completes="shell"),),
        (),
        N_("bash, zsh or fish: source <(tracker completion bash)"),
    )
}
