"""`tracker completion`."""

from __future__ import annotations

import shlex
import shutil
import subprocess

import pytest

from tests.cli.conftest import Inside, Tracker
from tracker.cli.parser import VERBS


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_every_verb_is_completed(inside: Inside, shell: str) -> None:
    script = inside.run(f"completion {shell}").out
    assert all(verb in script for verb in VERBS)
    assert "--intention" in script or "-l intention" in script


def test_bash_completes_verbs_channels_and_values(tracker: Tracker) -> None:
    bash = shutil.which("bash")
    if not bash:
        pytest.skip("no bash here")
    script = tracker.folder / "tracker.bash"
    script.write_text(tracker.run("completion bash").out)
    command = tracker.folder / "tracker"
    command.write_text("#!/bin/sh\nexec " + shlex.join(tracker.command("")) + ' "$@"\n')
    command.chmod(0o755)

    def complete(*words: str) -> list[str]:
        quoted = " ".join(f"'{word}'" for word in ("tracker", *words))
        run = f"source {script}; COMP_WORDS=({quoted}); COMP_CWORD={len(words)}; _tracker; echo ${{COMPREPLY[@]}}"
        env = tracker.environment() | {"PATH": f"{tracker.folder}:{tracker.env['PATH']}"}
        done = subprocess.run([bash or "", "-c", run], env=env, capture_output=True, text=True, check=True)
        assert done.stderr == ""
        return done.stdout.split()

    assert complete("sta") == ["start", "status"]
    assert complete("start", "link") == ["linkedin"]
    assert complete("start", "linkedin", "--ring", "st") == ["street"]
    assert complete("outcome", "inc") == ["income"]
    assert complete("patterns", "--explain", "check_") == ["check_cluster"]
    # What belongs to an option before the verb is not the verb.
    for option in ("--db", "--config", "--now"):
        assert complete(option, "2026-11-23T15:12", "sta") == ["start", "status"]
        assert complete(option, "2026-11-23T15:12", "outcome", "inc") == ["income"]
    assert complete("--json", "--db", "x", "--now", "y", "start", "linkedin", "--ring", "st") == ["street"]
    assert complete("outcome", "--db", "x", "inc") == ["income"]
    assert complete("--db", "=", "x", "sta") == ["start", "status"]
    assert complete("--now", "sta") == []


def test_zsh_finds_the_verb_behind_the_common_options(tracker: Tracker) -> None:
    zsh = shutil.which("zsh")
    if not zsh:
        pytest.skip("no zsh here")
    script = tracker.folder / "_tracker"
    script.write_text(tracker.run("completion zsh").out.replace("compdef _tracker tracker", ""))
    run = (
        f'_describe() {{ echo verbs }}; _files() {{ echo files }}; _arguments() {{ echo "of $words[1] $CURRENT" }}; '
        f"source {script}; words=(tracker --db x --now y start linkedin ''); CURRENT=8; _tracker; "
        f"words=(tracker --db ''); CURRENT=3; _tracker; words=(tracker --db x ''); CURRENT=4; _tracker"
    )
    done = subprocess.run([zsh, "-fc", run], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[:3] == ["of start 3", "files", "verbs"]


def test_fish_offers_files_only_where_a_file_is_meant(tracker: Tracker) -> None:
    fish = shutil.which("fish")
    if not fish:
        pytest.skip("no fish here")
    script = tracker.folder / "tracker.fish"
    script.write_text(tracker.run("completion fish").out)

    def complete(line: str) -> list[str]:
        run = f"cd {tracker.folder}; source {script}; complete -C '{line}'"
        done = subprocess.run([fish or "", "--no-config", "-c", run], capture_output=True, text=True, check=True)
        return [offered.partition("\t")[0] for offered in done.stdout.splitlines()]

    assert complete("tracker start x --ring ") == ["beyond", "building", "city", "district", "street"]
    assert complete("tracker start x --for ") == []
    assert "tracker.fish" in complete("tracker status --db ")


def test_another_shell_is_a_usage_error(inside: Inside) -> None:
    assert "bash, zsh, fish" in inside.run("completion tcsh").refused(2)
