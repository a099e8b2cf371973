"""The `Prefer` header (RFC 7240), as far as this server knows preferences: `code=404` and `example=NAME`."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TOKEN = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+\Z")
_BETWEEN_COMMAS = re.compile(r'(?:[^,"]|"(?:\\.|[^"\\])*(?:"|\Z))+')
_BEFORE_SEMICOLON = re.compile(r'(?:[^;"]|"(?:\\.|[^"\\])*(?:"|\Z))*')


@dataclass(frozen=True, slots=True, kw_only=True)
class Preference:
    """Which documented answer a client asks for; an empty text stands for no preference."""

    code: str = ""
    example: str = ""

    def __bool__(self) -> bool:
        return bool(self.code or self.example)

    @property
    def applied(self) -> str:
        """The `Preference-Applied` header that says so."""
        pairs = (("code", self.code), ("example", self.example))
        return ", ".join(f"{name}={_quote(value)}" for name, value in pairs if value)


def parse_prefer(header: str) -> Preference:
    """Parse the header; preferences of other names and parameters are ignored, of one name the first counts."""
    found: dict[str, str] = {}
    for part in _BETWEEN_COMMAS.findall(header):
        before = _BEFORE_SEMICOLON.match(part)
        name, _, value = (before.group() if before else "").partition("=")
        found.setdefault(name.strip().lower(), _unquote(value.strip()))
    return Preference(code=found.get("code", ""), example=found.get("example", ""))


def _unquote(value: str) -> str:
    if len(value) >= 2 and value[0] == value[-1] == '"':
        return re.sub(r"\\(.)", r"\1", value[1:-1])
    return value


def _quote(value: str) -> str:
    if _TOKEN.match(value):
        return value
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
