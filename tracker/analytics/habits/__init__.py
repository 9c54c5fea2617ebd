"""Habits, without a file and without a screen: what a day's answer is worth, how strength grows, how one is said."""
