"""Plans the emitted tests of what every client does, whatever its document says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from specloom.python import literals
from specloom.python.contract_views import ClientTestsView
from specloom.python.exchanges import ERROR_CLASSES
from specloom.python.imports import import_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from specloom.model import Api
    from specloom.python.naming import Naming
    from specloom.python.sample_calls import SampleCall

_OTHER_STATUSES = {
    302: "RedirectError",
    418: "ClientStatusError",
    500: "ServerError",
    599: "ServerError",
    600: "StatusError",
}
"""Statuses that have no class of their own."""
_KINDS = {
    400: "invalid",
    401: "authentication",
    403: "permission",
    404: "not_found",
    409: "conflict",
    410: "not_found",
    422: "invalid",
    429: "throttled",
}
_FAULTS = (
    ("ConnectTimeout", "ConnectTimeoutError", False),
    ("PoolTimeout", "PoolTimeoutError", False),
    ("WriteTimeout", "WriteTimeoutError", True),
    ("ReadTimeout", "ReadTimeoutError", True),
    ("TimeoutException", "CallTimeoutError", True),
    ("ConnectError", "ConnectError", False),
    ("UnsupportedProtocol", "ConnectError", False),
    ("LocalProtocolError", "TransportError", False),
    ("RemoteProtocolError", "TransportError", True),
)
"""Exceptions of the HTTP library, what they are raised as, and whether the server may have the request."""
_OTHER_FAULTS = (
    '(httpx2.ProxyError("gone"), ProxyError, False, "the proxy refused the way to the server, gone")',
    '(OSError("gone"), TransportError, True, "OSError: gone")',
)
_REFUSED = (
    "service.example",
    "ftp://service.example",
    "https://",
    "https://service.example:0",
    "https://service.example:port",
    "https://a-user:a-password@service.example",
    "https://service.example/a base",
    "https://service.example/base?a=b",
    "https://service.example/base#a",
    "https://service.example/base/../other",
    "https://service.example/%2e%2E/other",
)
_OWN = frozenset(
    (
        *("CallTimeoutError", "ClientError", "ConnectError", "ConnectTimeoutError", "DeadlineError", "DecodeError"),
        *("InvalidCallError", "PoolTimeoutError", "ProxyError", "ReadTimeoutError", "RetryPolicy", "TransportError"),
        "WriteTimeoutError",
    )
)
"""What stands at the entry of a package, whatever its documents say."""


def plan_client_tests(
    apis: Sequence[tuple[Api, Naming, SampleCall | None]], *, header: str, import_name: str
) -> ClientTestsView | None:
    """Plan them, by a call of the first client that has one; `None` where none has."""
    found = next(((naming, sample) for _, naming, sample in apis if sample is not None and not sample.redirects), None)
    if found is None:
        return None
    naming, sample = found
    said = "\n".join((*sample.construction, sample.call))
    statuses = {**{int(status): name for status, name in ERROR_CLASSES.items()}, **_OTHER_STATUSES}
    used = literals.words(said) & {"BasicCredentials", "TokenCredentials"}
    own = _OWN if sample.reads_json else _OWN - {"DecodeError"}
    models = ["models"] if re.search(r"(?<![\w.])models(?=\.)", said) else []
    wanted: dict[str, list[str]] = {
        "asyncio": [],
        "copy": [],
        "gzip": [],
        "httpx2": [],
        "pytest": [],
        "typing": ["Any"],
        "zlib": [],
        import_name: sorted({*own, *used}),
        f"{import_name}.errors": sorted({*statuses.values()}),
        f"{import_name}.{naming.module}": sorted([naming.async_client, naming.client, *models]),
    }
    return ClientTestsView(
        header=header,
        imports=import_lines(wanted, own=import_name),
        operation=literals.string(sample.name),
        statuses=tuple(_status(status, statuses[status]) for status in sorted(statuses)),
        kinds=literals.tuple_of(map(literals.string, sorted({*_KINDS.values(), "quota"})), before=len("KINDS = ")),
        faults=(*(_fault(*one) for one in _FAULTS), *_OTHER_FAULTS),
        refused=tuple(map(literals.string, _REFUSED)),
        client=naming.client,
        async_client=naming.async_client,
        construction=sample.construction,
        returned=sample.returned,
        awaited=sample.awaited_result,
        raw=sample.raw_result,
        method=sample.method,
        json=sample.reads_json,
    )


def _status(status: int, name: str) -> str:
    kinds = [literals.string(_KINDS[status])] if status in _KINDS else []
    return f"({status}, {name}, [{', '.join(kinds)}])"


def _fault(fault: str, name: str, maybe_sent: bool) -> str:
    return f'(httpx2.{fault}("gone"), {name}, {maybe_sent}, "{fault}: gone")'
