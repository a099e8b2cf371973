"""Cookies of a request."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from specloom.serve.asgi import Request


def parse_cookies(request: Request) -> dict[str, str]:
    """Names and values of the `Cookie` header; of one name the first counts."""
    cookies: dict[str, str] = {}
    for pair in request.headers.get("cookie", "").split(";"):
        name, _, value = pair.partition("=")
        cookies.setdefault(name.strip(), value.strip())
    return cookies
