"""Small exact statistics with SciPy's names. SciPy would triple the install; the tests compare with it instead."""
