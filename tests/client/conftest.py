"""The server that the emitted package is used against: the project's own documents over a real socket."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from specloom.pipeline import lower_document
from specloom.serve import running
from specloom.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.model import Api


@pytest.fixture(scope="session")
def apis(repository: Path) -> tuple[Api, ...]:
    """The documents that the package is made from, as the configuration lists them."""
    settings, faults = load_settings(repository / "pyproject.toml")
    assert settings is not None, faults
    lowered = [lower_document(path)[0] for package in settings.packages for path in package.documents]
    return tuple(api for api in lowered if api is not None)


@pytest.fixture(scope="session")
def url(apis: tuple[Api, ...]) -> Iterator[str]:
    """The address of a server that answers every operation with its documented examples."""
    with running(apis) as address:
        yield address
