"""Habits, without a file and without a screen: the line they are written in, their days and strength, their wording."""
