"""Where this machine keeps a user's files: the folders platformdirs would name, without the 30 ms it takes to import.

tests/test_paths.py holds these answers against platformdirs' own.
"""

from __future__ import annotations

import os
import sys


def _folder(variable: str, unix: str) -> str:
    home = os.path.expanduser("~")
    if sys.platform == "win32":
        return os.path.join(os.environ.get("LOCALAPPDATA") or os.path.join(home, "AppData", "Local"), "tracker")
    if sys.platform == "darwin":
        return os.path.join(home, "Library", "Application Support", "tracker")
    named = os.environ.get(variable, "").strip()
    # The XDG specification: a relative path there is no path.
    return os.path.join(named if os.path.isabs(named) else os.path.join(home, unix), "tracker")


def database_path() -> str:
    """The log's file: `TRACKER_DB`, else `tracker.db` in the user's data folder."""
    return os.environ.get("TRACKER_DB") or os.path.join(_folder("XDG_DATA_HOME", ".local/share"), "tracker.db")


def settings_path() -> str:
    """The settings file: `TRACKER_CONFIG`, else `settings.toml` in the user's configuration folder."""
    return os.environ.get("TRACKER_CONFIG") or os.path.join(_folder("XDG_CONFIG_HOME", ".config"), "settings.toml")
