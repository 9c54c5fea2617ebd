"""What the screens and the command line both show, assembled from storage and patterns: no drawing, no SQL.

`day`, `week`, `status` and `findings` take the database, the settings, and the reader's zone and now. They are
modules of their own, because the daily commands must not import what weeks and patterns need.
"""
