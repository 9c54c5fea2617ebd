"""The SQLite file: the only room that speaks SQL (foreign databases apart, which `importers` reads).

`Journal.open(path)` opens it; the modules beside this one read and change one kind of record each and take the
journal first: `sessions.start(journal, ...)`. Every change is one undo step.
"""

from tracker.storage.file import Journal

__all__ = ["Journal"]
