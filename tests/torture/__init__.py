"""Everything that can go wrong with the file, made to go wrong on purpose: `python -m tests.torture`.

The program under test is always the real one: screens in a pseudo-terminal (`screens.py`) and commands that are
processes of their own (`commands.py`). What is promised, and how often it was tried, stands in docs/reliability.md.
"""
