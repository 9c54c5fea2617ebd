"""What the screens and the command line both show, assembled from storage and patterns: no drawing, no SQL.

Every report takes the workspace: the open file, the settings, the reader's zone and now.
"""
