"""Properties are proved without a stopwatch: the first of them to import SciPy would otherwise be late."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("no stopwatch", deadline=None)
settings.load_profile("no stopwatch")
