"""Pure functions over what was recorded: patterns, statistics, habits. No file, no screen."""
