"""Dialogs: modal screens that answer once, or stay open to read and change things."""
