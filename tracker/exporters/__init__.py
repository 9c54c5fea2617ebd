"""The exports: one module per format, and `exporting`, which has the table of formats and writes files."""
