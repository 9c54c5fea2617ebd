"""What a person does: one function for each intent. It applies the rules in one transaction and returns a typed result.

The command line and the screens call these functions, and only word the result.
"""
