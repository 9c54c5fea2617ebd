"""The figures a second time: what the documentation says a day, a week, a habit and a channel's worth come to.

Nothing between `wall` and `worth` imports the program, and nothing is quick: every figure is a loop over all rows, so
that a reader can hold it against the page that defines it. `histories` makes up what people do, `program` writes it to
a file and asks the real command, `compare` holds one answer against the other.

`python -m tests.recompute --days 10000` is the long study; `test_recompute` is its beginning, every day.
"""
