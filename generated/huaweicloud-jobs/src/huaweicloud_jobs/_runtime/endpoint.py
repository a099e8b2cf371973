"""From a documented server or a caller's endpoint to the base address of all calls."""

from __future__ import annotations

from .errors import InvalidCallError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any
    from urllib.parse import SplitResult

    from .configuration import Configuration
    from .operation import Operation, Server, Service

_UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"


def base_address(service: Service, endpoint: str | None, variables: Mapping[str, str]) -> str:
    """The address that operation paths are appended to, without a slash at its end.

    Args:
        endpoint: What the caller gave; its path is kept. Without it the first documented server is used that lists the
            given values, or the first of all where none does: a new region needs no new package.
        variables: Values for the server's variables, over their defaults.

    Raises:
        InvalidCallError: There is no usable address; the message says what to give.
    """
    if endpoint is not None:
        return _checked(endpoint, f"endpoint={endpoint!r}")
    if not service.servers:
        raise InvalidCallError(f"{service.name} documents no server: give endpoint=")
    server = next((one for one in service.servers if _lists(one, variables)), service.servers[0])
    url = _fill(server, variables)
    if "://" not in url:
        raise InvalidCallError(
            f"{service.name} documents only the relative server address {url!r}: give endpoint= with its host"
        )
    return _checked(url, f"the server address {url!r}")


def operation_address(client: Configuration, operation: Operation[Any]) -> str:
    """The address that the path of one operation is appended to: its own server's, unless the caller gave one for all.

    Raises:
        InvalidCallError: Its server has a variable that the caller's values do not fit.
    """
    if not operation.servers or client.variables is None:
        return client.base
    variables = {name: value for name, value in client.variables.items() if value}
    server = next((one for one in operation.servers if _lists(one, variables)), operation.servers[0])
    url = _fill(server, {name: value for name, value in variables.items() if name in server.variables})
    if "://" not in url:
        from urllib.parse import urljoin

        url = urljoin(f"{client.base}/", url)
    return _checked(url, f"the server address {url!r} of {operation.name}")


def _lists(server: Server, variables: Mapping[str, str]) -> bool:
    return all(value in server.values.get(name, (value,)) for name, value in variables.items())


def _fill(server: Server, variables: Mapping[str, str]) -> str:
    url = server.url
    host_end = url.find("/", url.find("://") + 3) if "://" in url else 0
    values = {**server.variables, **variables}
    for name, value in values.items():
        place = url.find("{" + name + "}")
        if place < 0:
            continue
        allowed = _UNRESERVED + (":" if host_end < 0 or place < host_end else "/:@%")
        if not value or value.strip(allowed):
            raise InvalidCallError(f"{name}={value!r} cannot stand in the server address {url!r}")
        url = url.replace("{" + name + "}", value)
        host_end = url.find("/", url.find("://") + 3) if "://" in url else 0
    if "{" in url:
        raise InvalidCallError(f"the server address {url!r} has a variable without a value")
    return url


def _checked(url: str, what: str) -> str:
    hint = "give it as https://host, with a port and a base path where needed"
    if any(not "!" <= character <= "~" or character in '\\"<>{}|^`' for character in url):
        raise InvalidCallError(f"{what} holds characters that no address has (encode them: %20, xn--...): {hint}")
    parts = _usable(url)
    if parts is None:
        raise InvalidCallError(f"{what} is no http or https address: {hint}")
    if "@" in parts.netloc:
        raise InvalidCallError("the endpoint holds a user name or password: give credentials= in its place")
    if "?" in url or "#" in url:
        raise InvalidCallError(f"{what} holds a query or fragment: {hint}")
    if _has_dots(parts.path):
        # The library would go another way than the one that was signed.
        raise InvalidCallError(f"{what} holds a path segment of only '.' or '..': write the path without it")
    return url.rstrip("/")


def _has_dots(path: str) -> bool:
    from urllib.parse import unquote

    return not {".", ".."}.isdisjoint(unquote(path).split("/"))


def _usable(url: str) -> SplitResult | None:
    """The parts of an address that a request can go to."""
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(url)
        return parts if parts.scheme in ("http", "https") and parts.hostname and parts.port != 0 else None
    except ValueError:
        return None
