"""The names of options and argument types, for type checkers; clients never import this module at run time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias, TypedDict

from .auth import Credentials

CredentialsInput: TypeAlias = Credentials | Mapping[str, Credentials]
"""Credentials, or one for each security scheme by its key where an operation needs two kinds together."""


class CallOptions(TypedDict, total=False):
    """What any single call may set, on top of what its client sets.

    Attributes:
        timeout: Seconds for each wait (connect, read, write, a free connection); `None` waits without end.
        extra_headers: Further header lines; one that the call sends already is replaced in its place.
        extra_query: Further query parameters, after those of the operation.
        raise_failures: `False` returns a success that reports a failure inside, in place of raising it.
    """

    timeout: float | None
    extra_headers: Mapping[str, str]
    extra_query: Mapping[str, Any]
    raise_failures: bool


class ClientOptions(CallOptions, total=False):
    """What a client may set for all its calls: the options of a call."""
