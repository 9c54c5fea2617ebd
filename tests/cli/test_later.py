"""The verbs of later versions."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Inside


@pytest.mark.parametrize(
    "line",
    [
        "serve",
    ],
)
def test_a_verb_of_a_later_version_is_known_and_says_so(inside: Inside, line: str) -> None:
    assert "comes with a later version" in inside.run(line).refused()
