"""The three views, Timer, Day and Week, with their panels and styles."""
