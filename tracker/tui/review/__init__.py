"""The weekly review: one screen of eight steps, a file for each, over what the workspace says of the week."""
