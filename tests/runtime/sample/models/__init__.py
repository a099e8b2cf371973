"""Models of the sample API, loaded at first use."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .jobs import Envelope as Envelope
    from .jobs import JobHistory as JobHistory
    from .jobs import JobInstance as JobInstance
    from .jobs import JobStatus as JobStatus
    from .jobs import NewJob as NewJob
    from .jobs import Row as Row
    from .jobs import RowsBody as RowsBody
    from .jobs import RunningData as RunningData
    from .jobs import ServiceError as ServiceError
else:

    def __getattr__(name):
        # `from . import jobs` would ask this function for `jobs` again, without end.
        from importlib import import_module

        if name.startswith("_"):
            raise AttributeError(name)
        value = globals()[name] = getattr(import_module(f"{__name__}.jobs"), name)
        return value
