"""The weekly review: one screen of eight steps over the figures of a week, and the reviews that are written."""
