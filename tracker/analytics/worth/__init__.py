"""What each channel costs and brings, and the verdict on it: pure functions of what was recorded."""
