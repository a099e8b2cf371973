"""The clients that packages derive from: configuration, and the two drivers that run calls.

A client opens nothing before its first call. It closes its connections, and the transport given to it, in `close()`
(`aclose()`) or at the end of its `with` block; a closed client refuses calls. It may be shared between threads.
"""

from __future__ import annotations

from . import endpoint as _endpoint
from .auth import Credentials
from .errors import ClientError, InvalidCallError, StatusError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Generator, Mapping
    from typing import Any, Self, TypeVar

    from .messages import Request, Response, Sleep
    from .operation import Operation, Service
    from .options import CallOptions, ClientOptions, CredentialsInput
    from .transport import AsyncTransport, GivenAsyncTransport, GivenTransport, Transport

    T = TypeVar("T")
    Flow = Generator[Request | Sleep, Response | None, Any]

DEFAULT_TIMEOUT = 60.0
"""Seconds for each wait where neither client nor call says otherwise."""

_OPTIONS = frozenset(("timeout", "extra_headers", "extra_query", "raise_failures"))


class Configuration:
    """What calls need to know of their client."""

    __slots__ = ("base", "credentials", "errors", "options", "parameters", "service")

    def __init__(
        self,
        service: Service,
        errors: Mapping[str, type[StatusError]],
        base: str,
        parameters: Mapping[str, object],
        credentials: CredentialsInput | None,
        options: ClientOptions,
    ) -> None:
        self.service = service
        self.errors = errors
        self.base = base
        self.parameters = parameters
        self.credentials = credentials
        self.options = options


class _Base:
    """What both kinds of client share."""

    def __init__(
        self,
        service: Service,
        errors: Mapping[str, type[StatusError]],
        *,
        endpoint: str | None = None,
        server_variables: Mapping[str, str] | None = None,
        parameters: Mapping[str, object] | None = None,
        credentials: CredentialsInput | None = None,
        options: ClientOptions | None = None,
    ) -> None:
        parameters = dict(parameters or {})
        for name in service.required:
            if parameters.get(name) in (None, ""):
                raise InvalidCallError(f"{service.name} needs {name}=: its operations cannot be called without it")
        check_options(options or {})
        _check_credentials(credentials)
        base = _endpoint.base_address(service, endpoint, server_variables or {})
        self._configuration = Configuration(service, errors, base, parameters, credentials, options or {})
        self._closed = False

    def _begin(
        self, operation: Operation[Any], values: Mapping[str, object], options: CallOptions, body: object
    ) -> Flow:
        if self._closed:
            raise InvalidCallError(f"this {self._configuration.service.name} is closed", operation=operation.name)
        if options:
            check_options(options, operation.name)
        from .flow import run

        return run(self._configuration, operation, values, options, body)

    def __repr__(self) -> str:
        state = " closed" if self._closed else ""
        return f"<{type(self).__name__}{state} {self._configuration.base}>"


class BaseClient(_Base):
    """A client whose calls return when the answer is there.

    Args:
        service: What all operations share.
        errors: The package's status error classes, by status, range (`4XX`), `default` and `failure`.
        endpoint: The address to call in place of the documented server; a base path in it is kept.
        server_variables: Values for the variables of the documented server.
        parameters: Values of client-level parameters; `None` is not sent.
        credentials: What satisfies the security schemes, or one of them for each scheme's key.
        transport: Takes the place of the network; it belongs to the client from then on, which closes it.
        options: Options for all calls.

    Raises:
        InvalidCallError: A required parameter or an address is missing or unusable.
    """

    def __init__(
        self,
        service: Service,
        errors: Mapping[str, type[StatusError]],
        *,
        endpoint: str | None = None,
        server_variables: Mapping[str, str] | None = None,
        parameters: Mapping[str, object] | None = None,
        credentials: CredentialsInput | None = None,
        transport: GivenTransport | None = None,
        options: ClientOptions | None = None,
    ) -> None:
        super().__init__(
            service,
            errors,
            endpoint=endpoint,
            server_variables=server_variables,
            parameters=parameters,
            credentials=credentials,
            options=options,
        )
        self._given = transport
        self._opened: Transport | None = None

    def _call(
        self, operation: Operation[T], values: Mapping[str, object], options: CallOptions, body: object = None
    ) -> T:
        """Runs one call to its end.

        Args:
            operation: What to call.
            values: Parameter values by Python name; `None` is not sent.
            options: Options of this call.
            body: What goes into the request body; `None` for none.
        """
        flow = self._begin(operation, values, options, body)
        try:
            step = next(flow)
            while True:
                try:
                    response = (self._opened or self._open()).perform(step)
                except ClientError as error:
                    step = flow.throw(error)
                else:
                    step = flow.send(response)
        except StopIteration as end:
            result: T = end.value
            return result

    def _open(self) -> Transport:
        from .transport import Transport, opening

        with opening:
            if self._closed:
                raise InvalidCallError(f"this {self._configuration.service.name} is closed")
            if self._opened is None:
                self._opened = Transport(self._configuration.base, self._given)
            return self._opened

    def close(self) -> None:
        """Closes connections; later calls are refused. Closing twice is fine."""
        self._closed = True
        if self._opened is not None:
            self._opened.close()
        elif self._given is not None:
            self._given.close()
        self._opened = self._given = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class BaseAsyncClient(_Base):
    """A client whose calls are awaited; else as `BaseClient`.

    It belongs to the event loop of its first call.
    """

    def __init__(
        self,
        service: Service,
        errors: Mapping[str, type[StatusError]],
        *,
        endpoint: str | None = None,
        server_variables: Mapping[str, str] | None = None,
        parameters: Mapping[str, object] | None = None,
        credentials: CredentialsInput | None = None,
        transport: GivenAsyncTransport | None = None,
        options: ClientOptions | None = None,
    ) -> None:
        super().__init__(
            service,
            errors,
            endpoint=endpoint,
            server_variables=server_variables,
            parameters=parameters,
            credentials=credentials,
            options=options,
        )
        self._given = transport
        self._opened: AsyncTransport | None = None

    async def _call(
        self, operation: Operation[T], values: Mapping[str, object], options: CallOptions, body: object = None
    ) -> T:
        """Runs one call to its end; the arguments are those of `BaseClient._call`."""
        flow = self._begin(operation, values, options, body)
        try:
            step = next(flow)
            while True:
                try:
                    response = await (self._opened or self._open()).perform(step)
                except ClientError as error:
                    step = flow.throw(error)
                else:
                    step = flow.send(response)
        except StopIteration as end:
            result: T = end.value
            return result

    def _open(self) -> AsyncTransport:
        from .transport import AsyncTransport, opening

        with opening:
            if self._closed:
                raise InvalidCallError(f"this {self._configuration.service.name} is closed")
            if self._opened is None:
                self._opened = AsyncTransport(self._configuration.base, self._given)
            return self._opened

    async def aclose(self) -> None:
        """Closes connections; later calls are refused. Closing twice is fine."""
        self._closed = True
        opened, given = self._opened, self._given
        self._opened = self._given = None
        if opened is not None:
            await opened.aclose()
        elif given is not None:
            await given.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()


class Resource:
    """The operations of one tag, over a client."""

    def __init__(self, client: BaseClient) -> None:
        self._client = client
        self._call = client._call


class AsyncResource:
    """The operations of one tag, over an asynchronous client."""

    def __init__(self, client: BaseAsyncClient) -> None:
        self._client = client
        self._call = client._call


def check_options(options: Mapping[str, object], operation: str = "") -> None:
    """Refuses options that do not exist, and a timeout that is none."""
    unknown = sorted(options.keys() - _OPTIONS)
    if unknown:
        known = ", ".join(sorted(_OPTIONS))
        raise InvalidCallError(f"there is no option {unknown[0]!r}; the options are {known}", operation=operation)
    timeout = options.get("timeout")
    if timeout is not None and not (
        isinstance(timeout, (int, float)) and not isinstance(timeout, bool) and 0 < timeout < float("inf")
    ):
        raise InvalidCallError(f"timeout={timeout!r} is no number of seconds over 0", operation=operation)


def _check_credentials(credentials: object) -> None:
    from collections.abc import Mapping

    if credentials is None or isinstance(credentials, Credentials):
        return
    if isinstance(credentials, Mapping) and all(isinstance(given, Credentials) for given in credentials.values()):
        return
    raise InvalidCallError(f"credentials= takes credentials such as TokenCredentials, not {type(credentials).__name__}")
