"""Hooks: programs of the user's that are told what was recorded, and can do it no harm."""

from __future__ import annotations

import json
import os
import select
import sys
from typing import TYPE_CHECKING, Any

import pytest

from tracker.services import hooks

if TYPE_CHECKING:
    from tests.cli.conftest import Inside, Tracker

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the hooks of these tests are scripts")


def hook(tracker: Tracker, event: str, body: str, mode: int = 0o755) -> None:
    """A hook that is a script of Python; `told` is the file in which it may leave what it was told."""
    folder = tracker.folder / "hooks"
    folder.mkdir(exist_ok=True)
    path = folder / f"on-{event}"
    script = folder / f"{event}.py"
    script.write_text(f"import os, sys, json, subprocess\ntold = {str(tracker.folder / 'told')!r}\n{body}")
    # Not the interpreter behind `#!`: there its path may not have a space.
    path.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{script}"\n')
    path.chmod(mode)


NOTE_IT = "open(told, 'a').write(sys.stdin.read())\n"


def told(tracker: Tracker) -> list[dict[str, Any]]:
    path = tracker.folder / "told"
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def test_each_record_is_told_as_the_export_has_it(inside: Inside) -> None:
    for event in ("start", "stop", "check", "review"):
        hook(inside, event, NOTE_IT)
    inside.run("start linkedin create -i 'answer Samia'")
    inside.run("switch x", now="2026-11-23T15:20")
    inside.run("stop", now="2026-11-23T15:25")
    inside.run("resume", now="2026-11-23T15:26")
    inside.run("check instagram likes", now="2026-11-23T15:27")
    records = told(inside)
    assert [(record["event"], record["channel"]) for record in records] == [
        *(("start", "linkedin"), ("stop", "linkedin"), ("start", "x"), ("stop", "x"), ("start", "x")),
        ("check", "instagram"),
    ]
    exported = json.loads(inside.run("export json", now="2026-11-23T15:27").out)["sessions"]
    stopped = {key: value for key, value in records[1].items() if key != "event"}
    assert stopped == exported[0]
    assert (records[0]["end"], records[0]["intention"]) == (None, "answer Samia")


def test_a_written_review_is_told(inside: Inside) -> None:
    hook(inside, "review", NOTE_IT)
    inside.run("log linkedin 2026-11-17 10:00-10:30")
    assert inside.run("review 2026-W47 --write").code == 0
    (record,) = told(inside)
    assert (record["event"], record["week"], record["revision"]) == ("review", "2026-W47", 1)
    assert record["page"].startswith("---")


def test_a_hook_sees_the_record_in_the_file_and_may_use_tracker_itself(inside: Inside) -> None:
    hook(
        inside,
        "start",
        "line = [sys.executable, '-m', 'tracker', 'status', '--json']\n"
        "open(told, 'w').write(json.dumps(json.loads(subprocess.run(line, capture_output=True).stdout)))\n",
    )
    inside.run("start linkedin")
    assert told(inside)[0]["running"]["channel"] == "linkedin"


def test_nothing_is_told_of_what_was_not_recorded(inside: Inside) -> None:
    for event in ("start", "stop", "check"):
        hook(inside, event, NOTE_IT)
    assert inside.run("stop").code == 1
    assert inside.run("start nowhere").code == 1
    assert inside.run("check linkedin --at 2026-11-24T10:00").code == 1
    assert told(inside) == []


def test_a_hook_that_fails_is_named_and_the_record_stands(inside: Inside) -> None:
    hook(inside, "start", "print('noise'); print('more', file=sys.stderr); sys.exit(3)\n")
    done = inside.run("start linkedin")
    assert done.code == 0
    assert done.out.count("\n") == 1
    assert done.err == "tracker: the hook on-start did not work: it ended with 3\n"
    assert inside.run("status --json").json()["running"]["channel"] == "linkedin"


def test_a_hook_that_cannot_be_run_is_named(inside: Inside) -> None:
    hook(inside, "start", "")
    (inside.folder / "hooks" / "on-start").write_text("#!/no/such/program\n")
    assert "the hook on-start did not work" in inside.run("start linkedin").err
    hook(inside, "stop", "sys.exit(3)", mode=0o644)
    assert inside.run("stop").err == "", "a file that is not executable is no hook"


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="waiting for a process of somebody else's is Linux's")
def test_a_hook_that_does_not_end_is_killed_with_what_it_started(
    inside: Inside, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hooks, "TIME_LIMIT", 1.0)
    sleep = "child = subprocess.Popen(['sleep', '600'])\nopen(told, 'w').write(str(child.pid))\nchild.wait()\n"
    hook(inside, "start", sleep)
    assert inside.run("start linkedin").err == "tracker: the hook on-start did not work: it took longer than 1 s\n"
    assert has_ended(inside)


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="waiting for a process of somebody else's is Linux's")
def test_who_does_not_wait_for_a_hook_ends_it(tracker: Tracker) -> None:
    body = "open(told, 'w').write(str(os.getpid()))\nos.kill(os.getppid(), 2)\nos.execvp('sleep', ['sleep', '600'])\n"
    hook(tracker, "check", body)
    run = tracker.started("check linkedin")
    assert (run.code, run.err) == (130, "tracker: interrupted\n")
    assert has_ended(tracker)
    assert len(tracker.sessions()) == 1


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="waiting for a process of somebody else's is Linux's")
def test_ctrl_c_ends_a_hook_that_has_only_begun(tracker: Tracker) -> None:
    """So early that the command has not told which process the hook is: most often, as the shell starts at once."""
    hook(tracker, "check", "")
    (tracker.folder / "hooks" / "on-check").write_text("#!/bin/sh\necho $$ > told\nkill -2 $PPID\nexec sleep 600\n")
    for _time in range(5):
        assert tracker.started("check linkedin").err == "tracker: interrupted\n"
        assert has_ended(tracker)


def test_hooks_that_wait_for_each_other_end_at_once(inside: Inside, monkeypatch: pytest.MonkeyPatch) -> None:
    for event in ("start", "stop", "check"):
        hook(inside, event, "os.execvp('sleep', ['sleep', '600'])\n")
    with monkeypatch.context() as patch:
        patch.setattr(hooks, "wait", lambda: None)  # as on the screens, which wait when they are left
        for line in ("start linkedin", "switch x", "check instagram", "stop"):
            assert inside.run(line).code == 0
    hooks.end()
    hook(inside, "check", NOTE_IT)
    inside.run("check linkedin")
    assert [record["channel"] for record in told(inside)] == ["linkedin"]


def test_ctrl_c_twice_is_one_line(inside: Inside, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(hooks, "wait", interrupted)
    monkeypatch.setattr(hooks, "end", interrupted)
    done = inside.run("check linkedin")
    assert (done.code, done.err) == (130, "tracker: interrupted\n")


def has_ended(tracker: Tracker) -> bool:
    """Whether the process whose number is in `told` has ended, or does within 20 s."""
    try:
        process = os.pidfd_open(int((tracker.folder / "told").read_text()))
    except ProcessLookupError:
        return True
    ended, _write, _error = select.select([process], [], [], 20)
    os.close(process)
    return bool(ended)


def test_a_hook_that_does_not_read_is_no_failure(inside: Inside) -> None:
    hook(inside, "start", "os.close(0)\n")
    assert inside.run(["start", "linkedin", "-i", "long " * 300]).err == ""


def test_the_command_people_run_waits_for_the_hook(tracker: Tracker) -> None:
    hook(tracker, "check", NOTE_IT)
    tracker.started("check linkedin")
    assert [record["channel"] for record in told(tracker)] == ["linkedin"]


def test_a_hook_that_records_runs_no_hook(inside: Inside) -> None:
    command = [sys.executable, "-m", "tracker", "check", "instagram"]
    hook(inside, "check", f"{NOTE_IT}subprocess.run({command!r}, check=True)\n")
    inside.run("check linkedin")
    assert [record["channel"] for record in told(inside)] == ["linkedin"]
    assert len(inside.sessions()) == 2
