"""What all tests of the generator share."""

from __future__ import annotations

from pathlib import Path

import hypothesis
import pytest

REPOSITORY = Path(__file__).resolve().parents[1]

# The same examples on every run and machine; nothing is left in the tree.
hypothesis.settings.register_profile("repeatable", derandomize=True, database=None, deadline=None)
hypothesis.settings.load_profile("repeatable")
# A few of them, for what runs tests over and over (`tests/mutation`).
hypothesis.settings.register_profile(
    "brief",
    hypothesis.settings.get_profile("repeatable"),
    max_examples=10,
    phases=(hypothesis.Phase.explicit, hypothesis.Phase.generate),
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--update`: rewrite goldens in place of comparing with them."""
    parser.addoption("--update", action="store_true", help="rewrite the goldens of tests/cases, then review the diff")


@pytest.fixture(scope="session")
def update_goldens(request: pytest.FixtureRequest) -> bool:
    """Whether goldens are to be rewritten."""
    return bool(request.config.getoption("--update"))


@pytest.fixture(scope="session")
def repository() -> Path:
    """The root of the checkout."""
    return REPOSITORY
