"""What comes in from other programs, and what goes out to them: sources, targets, and how the two meet the log."""
