"""The clients that packages derive from: configuration, and the two drivers that run calls.

A client opens nothing before its first call. It closes its connections, and the transport given to it, in `close()`
(`aclose()`) or at the end of its `with` block; a closed client refuses calls, and calls that wait for their next
attempt end. Clients made by `with_options()` share all this. It may be shared between threads.
"""

from __future__ import annotations

from . import endpoint as _endpoint
from .checks import CLIENT_OPTIONS, check_credentials, check_hooks, check_options, check_transport
from .configuration import Configuration, Connection
from .errors import ClientError, InvalidCallError, StatusError
from .messages import Notice
from .secrecy import bare

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Generator, Mapping
    from datetime import date
    from typing import Any, ParamSpec, Self, TypeVar, Unpack
    from uuid import UUID

    from .messages import NoContent, Request, Response, Sleep
    from .models import Model
    from .operation import Operation, Service
    from .options import AsyncClientOptions, CallOptions, ClientOptions, CredentialsInput
    from .raw import RawResponse
    from .transport import AsyncTransport, GivenAsyncTransport, GivenTransport, Transport

    P = ParamSpec("P")
    T = TypeVar("T")
    # All that calls return: what returns anything else (an awaitable, a client) is no method of a resource.
    R = TypeVar("R", bound="Model | NoContent | list[Any] | dict[str, Any] | str | bytes | float | date | UUID | None")
    Flow = Generator[Request | Sleep | Notice, Response | None, Any]

_MERGED = ("extra_headers", "extra_query")


class _Base:
    """What both kinds of client share."""

    _awaits = False

    def __init__(
        self,
        service: Service,
        errors: Mapping[str, type[StatusError]],
        *,
        endpoint: str | None = None,
        server_variables: Mapping[str, str] | None = None,
        parameters: Mapping[str, object] | None = None,
        credentials: CredentialsInput | None = None,
        transport: object = None,
        options: Mapping[str, Any] | None = None,
    ) -> None:
        parameters = dict(parameters or {})
        for name in service.required:
            if parameters.get(name) in (None, ""):
                raise InvalidCallError(f"{service.name} needs {name}=: its operations cannot be called without it")
        check_options(options or {}, known=CLIENT_OPTIONS)
        check_hooks(options or {}, self._awaits)
        check_credentials(credentials)
        check_transport(transport, self._awaits)
        base = _endpoint.base_address(service, endpoint, server_variables or {})
        variables = dict(server_variables or {}) if endpoint is None else None
        self._configuration = Configuration(service, errors, base, parameters, credentials, options or {}, variables)
        self._connection = Connection(transport)

    def _begin(
        self, operation: Operation[Any], values: Mapping[str, object], options: CallOptions, body: object, raw: bool
    ) -> Flow:
        if self._connection.closed:
            raise self._refusal(operation.name)
        if options:
            check_options(options, operation.name)
        if operation.deprecated:
            import warnings

            # Shown at the line that calls the method: past this, `_call` and the method.
            warnings.warn(f"{operation.name} is deprecated", DeprecationWarning, stacklevel=4)
        from .flow import run

        return run(self._configuration, operation, values, options, body, raw)

    def _refusal(self, operation: str = "") -> InvalidCallError:
        return InvalidCallError(f"this {self._configuration.service.name} is closed", operation=operation)

    def _derive(self, options: Mapping[str, Any]) -> Self:
        """A client with other options that shares the connections of this one."""
        check_options(options, known=CLIENT_OPTIONS)
        check_hooks(options, self._awaits)
        before = self._configuration
        held = before.options
        merged = {**held, **options}
        for name in _MERGED:
            if name in options and held.get(name):
                merged[name] = {**held[name], **(options[name] or {})}
        twin = object.__new__(type(self))
        # Resources are made anew at their first use: those of this client would call with its options.
        vars(twin).update((key, value) for key, value in vars(self).items() if not isinstance(value, _Operations))
        twin._configuration = Configuration(
            before.service, before.errors, before.base, before.parameters, before.credentials, merged, before.variables
        )
        return twin

    def _raw_method(self, method: Any, kind: Any, call: Any) -> Any:
        """The method of a resource that gives raw answers, by this client and its options."""
        resource: Any = getattr(method, "__self__", None)
        if not isinstance(resource, kind) or resource._client._configuration.service != self._configuration.service:
            raise InvalidCallError(
                "with_raw_response() takes a method of this client, such as client.jobs.list_history"
            )
        from functools import partial

        twin: Any = type(resource)(self)
        twin._call = partial(call, raw=True)
        return getattr(twin, method.__name__)

    def __repr__(self) -> str:
        state = " closed" if self._connection.closed else ""
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
            transport=transport,
            options=options,
        )

    def _call(
        self,
        operation: Operation[T],
        values: Mapping[str, object],
        options: CallOptions,
        body: object = None,
        raw: bool = False,
    ) -> T:
        """Runs one call to its end.

        Args:
            operation: What to call.
            values: Parameter values by Python name; `None` is not sent.
            options: Options of this call.
            body: What goes into the request body; `None` for none.
            raw: Whether a `RawResponse[T]` is wanted in place of `T`.
        """
        flow = self._begin(operation, values, options, body, raw)
        connection = self._connection
        try:
            step = next(flow)
            while True:
                try:
                    response = (connection.opened or self._open()).perform(step)
                except ClientError as error:
                    if isinstance(step, Notice) and step.is_begun:  # a fault of the caller's function, not of the call
                        raise
                    step = flow.throw(bare(error, step, connection.given))
                except BaseException as fault:
                    raise bare(fault, step, connection.given)  # noqa: B904 - it is the same one
                else:
                    step = flow.send(response)
        except StopIteration as end:
            if getattr(flow, "gi_frame", None) is not None:  # not the flow's: a function of the caller's raised it
                raise
            result: T = end.value
            return result
        finally:
            # A call that was cancelled holds what others wait for (a token being asked for) until its flow ends.
            flow.close()

    def _open(self) -> Transport:
        from .transport import Transport

        connection = self._connection
        with connection.lock:
            if connection.closed:
                raise self._refusal()
            opened: Transport | None = connection.opened
            return opened or connection.open(Transport(self._configuration.base, connection.given))

    def with_options(self, **options: Unpack[ClientOptions]) -> Self:
        """A client with other options that shares the connections of this one: closing either closes both.

        Args:
            options: In place of those of this client; header lines and query parameters are added to its own.

        Raises:
            InvalidCallError: There is no such option, or a value that it does not take.
        """
        return self._derive(options)

    def with_raw_response(self, method: Callable[P, R]) -> Callable[P, RawResponse[R]]:
        """The same method, but for its result: the answer as it came, with its headers.

        `client.with_raw_response(client.jobs.start)("...")` takes the arguments of `client.jobs.start("...")`, sends
        the same and raises the same; `parse()` of what it returns gives what that would have returned.

        Args:
            method: A method of a resource of this client.

        Raises:
            InvalidCallError: It is none.
        """
        made: Callable[P, RawResponse[R]] = self._raw_method(method, Resource, self._call)
        return made

    def close(self) -> None:
        """Closes connections; later calls are refused. Closing twice is fine."""
        left = self._connection.release()
        if left is not None:
            from .transport import close

            close(left)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class BaseAsyncClient(_Base):
    """A client whose calls are awaited; else as `BaseClient`.

    It belongs to the event loop of its first call, which may be one of asyncio or of trio.
    """

    _awaits = True

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
        options: AsyncClientOptions | None = None,
    ) -> None:
        super().__init__(
            service,
            errors,
            endpoint=endpoint,
            server_variables=server_variables,
            parameters=parameters,
            credentials=credentials,
            transport=transport,
            options=options,
        )

    async def _call(
        self,
        operation: Operation[T],
        values: Mapping[str, object],
        options: CallOptions,
        body: object = None,
        raw: bool = False,
    ) -> T:
        """Runs one call to its end; the arguments are those of `BaseClient._call`."""
        flow = self._begin(operation, values, options, body, raw)
        connection = self._connection
        try:
            step = next(flow)
            while True:
                try:
                    response = await (connection.opened or self._open()).perform(step)
                except ClientError as error:
                    if isinstance(step, Notice) and step.is_begun:  # a fault of the caller's function, not of the call
                        raise
                    step = flow.throw(bare(error, step, connection.given))
                except BaseException as fault:
                    raise bare(fault, step, connection.given)  # noqa: B904 - it is the same one
                else:
                    step = flow.send(response)
        except StopIteration as end:
            result: T = end.value
            return result
        finally:
            # A call that was cancelled holds what others wait for (a token being asked for) until its flow ends.
            flow.close()

    def _open(self) -> AsyncTransport:
        from .transport import AsyncTransport

        connection = self._connection
        with connection.lock:
            if connection.closed:
                raise self._refusal()
            opened: AsyncTransport | None = connection.opened
            return opened or connection.open(AsyncTransport(self._configuration.base, connection.given))

    def with_options(self, **options: Unpack[AsyncClientOptions]) -> Self:
        """As `BaseClient.with_options`."""
        return self._derive(options)

    def with_raw_response(
        self, method: Callable[P, Coroutine[Any, Any, R]]
    ) -> Callable[P, Coroutine[Any, Any, RawResponse[R]]]:
        """As `BaseClient.with_raw_response`: `await client.with_raw_response(client.jobs.start)("...")`."""
        made: Callable[P, Coroutine[Any, Any, RawResponse[R]]] = self._raw_method(method, AsyncResource, self._call)
        return made

    async def aclose(self) -> None:
        """Closes connections; later calls are refused. Closing twice is fine."""
        left = self._connection.release()
        if left is not None:
            from .transport import aclose

            await aclose(left)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()


class _Operations:
    """What both kinds of resource are."""


class Resource(_Operations):
    """The operations of one tag, over a client."""

    def __init__(self, client: BaseClient) -> None:
        self._client = client
        self._call = client._call  # pyright: ignore[reportPrivateUsage] - the other half of the client


class AsyncResource(_Operations):
    """The operations of one tag, over an asynchronous client."""

    def __init__(self, client: BaseAsyncClient) -> None:
        self._client = client
        self._call = client._call  # pyright: ignore[reportPrivateUsage] - the other half of the client
