"""Renderers: each turns a `reports.document.Document` into the text of one format."""
