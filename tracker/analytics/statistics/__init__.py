"""Small exact statistics. SciPy would triple the install; it is the oracle of the tests instead.

One file for each kind; nothing is imported here, because `tracker status` wants the Poisson tail and nothing else.
"""
