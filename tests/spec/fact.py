"""The kinds of facts that a documentation page states."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Spec = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Parameter:
    """A row of a parameter table.

    Args:
        line: Line of the name on the page.
        type: As the page spells it.
        spec: What the spec has in place of what the page says; needs a departure.
        example: A value for the example request, from this page, a sister page, or made up.
    """

    line: int
    place: str
    name: str
    type: str
    mandatory: bool
    example: str | int
    values: tuple[str, ...] = ()
    default: int | None = None
    minimum: int | None = None
    maximum: int | None = None
    client: bool = False
    spec: Spec = field(default_factory=dict)
    departures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """A row of a table of an answer, or a member of a documented payload.

    Args:
        line: Line of the name on the page.
        path: Where it stands in the answer: `jobs[].status`; strings that hold JSON are gone through.
        type: As the page spells it, or as the payload shows it.
        mandatory: `None` where the page has no such column.
        spec: What the spec has in place of what the page says; needs a departure.
    """

    line: int
    path: str
    type: str
    mandatory: bool | None = None
    values: tuple[str, ...] = ()
    default: bool | None = None
    spec: Spec = field(default_factory=dict)
    departures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Example:
    """A documented payload: its lines, and the file that holds its text; `.txt` where it is not JSON."""

    lines: tuple[int, int]
    payload: str
    departures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What comes back under a status; `line` is 0 where the page does not mention it."""

    line: int
    status: str
    fields: tuple[Field, ...] = ()
    examples: tuple[Example, ...] = ()
    headers: tuple[str, ...] = ("X-Request-Id",)
    departures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One documentation page: one operation."""

    page: str
    document: str
    title: tuple[int, str]
    date: str
    sha256: str
    uri: tuple[int, str, str]
    operation_id: str
    token: tuple[int, str]
    request_id: str
    parameters: tuple[Parameter, ...]
    answers: tuple[Answer, ...]
