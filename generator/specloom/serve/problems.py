"""Answers of the server itself, where the documents have none: problem JSON (RFC 9457)."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING

from specloom.serve.asgi import Reply

if TYPE_CHECKING:
    from specloom.model import Json


class ServeError(Exception):
    """The server cannot start; the message is for people."""


def problem(status: int, detail: str, **members: Json) -> Reply:
    """A refusal that says why in `detail`; `members` are added to the problem object."""
    told: dict[str, Json] = {"title": HTTPStatus(status).phrase, "status": status, "detail": detail, **members}
    body = json.dumps(told, indent=2).encode("ascii")
    return Reply(status=status, headers=(("content-type", "application/problem+json"),), body=body)
