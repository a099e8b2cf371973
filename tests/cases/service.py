"""A service in the process: answers every request alike, and keeps what it got."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import httpx2

if TYPE_CHECKING:
    from types import ModuleType


class Service:
    """A service and how clients reach it.

    Args:
        document: The JSON document that it answers with, or the text; nothing for an answer without content.
    """

    def __init__(self, document: Any = None, *, status: int = 200, media_type: str = "application/json") -> None:
        self.requests: list[httpx2.Request] = []
        self._content = document if isinstance(document, str) else "" if document is None else json.dumps(document)
        self._status = status if self._content or status != 200 else 204
        self._headers = {"Content-Type": media_type} if self._content else {}

    def client(self, package: ModuleType, name: str, **arguments: Any) -> Any:
        """A client of the class of that name."""
        transport = httpx2.MockTransport(self._answer)
        return getattr(package, name)(endpoint="https://service.example", transport=transport, **arguments)

    def _answer(self, request: httpx2.Request) -> httpx2.Response:
        self.requests.append(request)
        return httpx2.Response(self._status, headers=self._headers, content=self._content.encode())

    @property
    def targets(self) -> list[str]:
        """Path and query of every request, as sent."""
        return [one.url.raw_path.decode() for one in self.requests]
