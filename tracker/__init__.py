"""tracker: a keyboard-driven habit and time tracker for people whose work tempts them onto social networks."""

__version__ = "0.8.0"
