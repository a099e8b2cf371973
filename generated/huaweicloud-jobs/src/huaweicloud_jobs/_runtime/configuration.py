"""What a client is made of, apart from its calls: its settings, and the connection that its copies share."""

from __future__ import annotations

from _thread import allocate_lock  # `threading` costs more than all that stands here

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from .errors import StatusError
    from .operation import Service
    from .options import CredentialsInput

DEFAULT_TIMEOUT = 60.0
"""Seconds for each wait where neither client nor call says otherwise."""


class Configuration:
    """What calls need to know of their client."""

    __slots__ = ("base", "credentials", "errors", "options", "parameters", "service", "variables")

    def __init__(
        self,
        service: Service,
        errors: Mapping[str, type[StatusError]],
        base: str,
        parameters: Mapping[str, object],
        credentials: CredentialsInput | None,
        options: Mapping[str, Any],
        variables: Mapping[str, str] | None = None,
    ) -> None:
        self.service = service
        self.errors = errors
        self.base = base
        self.parameters = parameters
        self.credentials = credentials
        self.options = options
        self.variables = variables
        """Values for variables of servers; `None` where the caller gave the address of all calls."""


class Connection:
    """What clients share that were made from one another: the transport, and whether it is closed."""

    __slots__ = ("__weakref__", "_left", "closed", "given", "lock", "opened")

    def __init__(self, given: Any) -> None:
        self.lock = allocate_lock()
        self.given = given
        self.opened: Any = None
        self.closed = False
        self._left: Any = None

    def open(self, made: Any) -> Any:
        """Keeps what was made of the network, and lets go of it in a process that is forked."""
        from .forking import tell_of_fork

        self.opened = made
        tell_of_fork(self)
        return made

    def forked(self) -> None:
        """Leaves the connections to the process that opened them: their answers would come to either of both."""
        self.lock = allocate_lock()
        if self.given is None and self.opened is not None:
            # Kept, for what is dropped may be closed, which the other process would notice.
            self._left, self.opened = self.opened, None

    def release(self) -> Any:
        """What has to be closed, once."""
        with self.lock:
            self.closed = True
            left = self.given if self.opened is None else self.opened
            self.given = self.opened = None
            return left
