"""What the keys do, a file for each family of actions: they ask in dialogs, act on the desk, and say what is true."""
