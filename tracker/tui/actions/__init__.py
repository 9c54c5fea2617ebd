"""What the keys do, a file for each family of actions: they ask in dialogs, call services, and say what is true."""
