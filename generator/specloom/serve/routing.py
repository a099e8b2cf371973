"""Which operations a path names, over all documents together."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

from specloom.serve.problems import ServeError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from specloom.model import Api, Operation

_TEMPLATE = re.compile(r"\{([^{}]*)\}")
_BROKEN_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
# Comparing texts costs their lengths multiplied; a stranger chooses one of them.
_LONGEST_COMPARED = 200


class BadPathError(ValueError):
    """A path that is not percent-encoded UTF-8."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """One segment of a path template: literal texts with a parameter between each two (`{a}.{b}`: "", ".", "")."""

    literals: tuple[str, ...]
    names: tuple[str, ...]

    @property
    def rank(self) -> tuple[int, int]:
        """Sorts literal segments first, then by how much text is literal."""
        if not self.names:
            return (0, 0)
        known = sum(map(len, self.literals))
        return (1, -known) if known else (2, 0)

    def match(self, text: str) -> dict[str, str] | None:
        """The values of the parameters, none of them empty; a value ends at the first place where it can."""
        if not self.names:
            return {} if text == self.literals[0] else None
        if not text.startswith(self.literals[0]):
            return None
        values, start = {}, len(self.literals[0])
        for name, literal in zip(self.names[:-1], self.literals[1:-1], strict=True):
            end = text.find(literal, start + 1)
            if end < 0:
                return None
            values[name], start = text[start:end], end + len(literal)
        end = len(text) - len(self.literals[-1])
        if end <= start or not text.endswith(self.literals[-1]):
            return None
        return {**values, self.names[-1]: text[start:end]}


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """An operation with the document it belongs to and the parsed form of its path."""

    api: Api
    operation: Operation
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A route with the decoded values of its path parameters."""

    route: Route
    values: Mapping[str, str]


class Router:
    """All routes of some documents. Base paths of servers are ignored: an operation is at the path it is written at."""

    def __init__(self, apis: Sequence[Api]) -> None:
        """Refuses with `ServeError` documents of which two operations would answer the same requests."""
        self.routes = tuple(
            Route(api=api, operation=operation, segments=parse_path(operation.path))
            for api in apis
            for operation in api.operations
        )
        _refuse_conflicts(self.routes)
        self._by_length: dict[int, list[Route]] = {}
        for route in sorted(self.routes, key=lambda route: [segment.rank for segment in route.segments]):
            self._by_length.setdefault(len(route.segments), []).append(route)

    def find(self, path: str) -> tuple[Match, ...]:
        """Every route that the path fits, whatever its method; the most literal first, from the left.

        Raises:
            BadPathError: The path is not percent-encoded UTF-8.
        """
        texts = [decode_segment(text) for text in path.removeprefix("/").split("/")]
        found = (_match_route(route, texts) for route in self._by_length.get(len(texts), ()))
        return tuple(match for match in found if match is not None)

    def nearest(self, path: str) -> list[str]:
        """Up to three documented paths that look most like a path that no route fits, the most alike first."""
        asked = path[:_LONGEST_COMPARED].split("/")
        filled: dict[str, str] = {}
        for route in self.routes:
            written = route.operation.path
            parts = [
                asked[at] if "{" in part and at < len(asked) else part for at, part in enumerate(written.split("/"))
            ]
            filled.setdefault("/".join(parts), written)
        close = get_close_matches("/".join(asked), filled, n=3, cutoff=0.6)
        return list(dict.fromkeys(filled[text] for text in close))


def parse_path(path: str) -> tuple[Segment, ...]:
    """Parse a path template as OpenAPI writes it."""
    return tuple(_parse_segment(text) for text in path.removeprefix("/").split("/"))


def decode_segment(text: str) -> str:
    """Percent-decode a part of a path; raises `BadPathError`."""
    if _BROKEN_ESCAPE.search(text):
        raise BadPathError("a percent sign is not followed by two hexadecimal digits")
    try:
        return unquote_to_bytes(text).decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadPathError("the decoded bytes are not UTF-8") from error


def _parse_segment(text: str) -> Segment:
    parts = _TEMPLATE.split(text)
    return Segment(literals=tuple(map(_decode_literal, parts[::2])), names=tuple(parts[1::2]))


def _decode_literal(text: str) -> str:
    try:
        return decode_segment(text)
    except BadPathError:
        return text


def _match_route(route: Route, texts: list[str]) -> Match | None:
    values: dict[str, str] = {}
    for segment, text in zip(route.segments, texts, strict=True):
        matched = segment.match(text)
        if matched is None:
            return None
        values |= matched
    return Match(route=route, values=values)


def _refuse_conflicts(routes: tuple[Route, ...]) -> None:
    taken: dict[tuple[str, tuple[tuple[str, ...], ...]], Operation] = {}
    clashes: list[str] = []
    for route in routes:
        operation = route.operation
        shape = (operation.method, tuple(segment.literals for segment in route.segments))
        first = taken.setdefault(shape, operation)
        if first is not operation:
            clashes.append(
                f"{operation.location}: {operation.method} {operation.path} ({operation.id}) would answer the same"
                f" requests as {first.method} {first.path} ({first.id}) at {first.location}"
            )
    if clashes:
        raise ServeError("\n".join(clashes))
