"""Files: safe reading and atomic writing, SQLite's file formats, and where this machine keeps a user's files."""
