"""What every room passes around: the values, the one error of the program, plain helpers for text."""
