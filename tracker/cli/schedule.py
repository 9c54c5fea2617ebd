"""`tracker schedule`: let the system import what is new every 15 minutes."""

from __future__ import annotations

import subprocess
from shlex import join
from typing import TYPE_CHECKING

from tracker.cli.parser import Command, Option, ParsedArguments, refuse_together
from tracker.domain.errors import TrackerError
from tracker.locale import N_, _
from tracker.services import schedule as services

if TYPE_CHECKING:
    from tracker.cli.context import Context


def schedule(context: Context, args: ParsedArguments) -> None:
    """Print the job, or install or remove it."""
    refuse_together(args, ("install", "remove"))
    job = services.job(services.import_command(context.db, context.config))
    paths = [path for path, _content in job.files]
    facts = {"files": paths, "minutes": services.INTERVAL_MINUTES}
    if "install" in args.flags:
        if not context.settings.sources:
            raise TrackerError(_("no sources are set: `tracker config sources chrome, firefox`, for instance"))
        services.install(job)
        line = _("tracker imports what is new every {n} minutes").format(n=services.INTERVAL_MINUTES)
        context.answer({**facts, "installed": True, "started": True, "reason": None}, line)
        return
    if "remove" in args.flags:
        was_there = services.is_installed(job)
        if was_there:
            services.remove(job)
        line = _("the scheduled import is removed") if was_there else _("no scheduled import is installed")
        context.answer({**facts, "installed": False, "removed": was_there}, line)
        return
    context.answer({**facts, "installed": services.is_installed(job)}, lambda: _pages(job))


def _pages(job: services.Job) -> list[str]:
    """The files of the job with their paths, and the commands that start it."""
    lines = []
    for path, content in job.files:
        lines += [f"# {path}", *content.splitlines(), ""]
    quote = join if job.files else subprocess.list2cmdline
    return [*lines, *(quote(command) for command in job.begin)]


COMMANDS = {
    "schedule": Command(
        schedule,
        (),
        (
            Option(("--install",), None, N_("write the job and start it")),
            Option(("--remove",), None, N_("stop the job and delete it")),
        ),
        N_(
            "tracker config sources chrome, firefox     what is imported\n"
            "tracker schedule                           show the job, without installing it\n"
            "tracker schedule --install                 import what is new every 15 minutes"
        ),
    )
}
