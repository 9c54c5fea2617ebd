"""The SQLite file, and the only room that speaks SQL (apart from the foreign databases that `importers` reads).

`Database.open(path)` opens it. Each module of records takes the database first: `sessions.start(database, ...)`. Every
change is one undo step.
"""

from tracker.storage.database import Database
from tracker.storage.file_format import MEMORY

__all__ = ["MEMORY", "Database"]
