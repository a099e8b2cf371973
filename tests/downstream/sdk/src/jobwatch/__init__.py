"""Watches jobs of Huawei Cloud: starts them, looks at how they went, and says so in types of its own."""

from __future__ import annotations

from jobwatch.asynchronous import AsyncWatch
from jobwatch.errors import NotAllowedError, NotThereError, UnavailableError, WatchError
from jobwatch.records import NodeReport, Run, Step, Summary
from jobwatch.watch import Watch

__all__ = [
    "AsyncWatch",
    "NodeReport",
    "NotAllowedError",
    "NotThereError",
    "Run",
    "Step",
    "Summary",
    "UnavailableError",
    "Watch",
    "WatchError",
]
