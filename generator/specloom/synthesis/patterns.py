"""A text that fits a regular expression (ECMA-262), for the part of the language that documents use.

Known: literals, `.`, classes, escapes, groups, alternatives, quantifiers, anchors at the ends. Not known, and told so:
looking around, back references, word boundaries, Unicode properties.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_LONGEST = 10_000
_SHORTHAND = {"d": "0-9", "w": "a-zA-Z0-9_", "s": " \t\n\r\f\v"}
_CONTROL = {"t": "\t", "n": "\n", "r": "\r", "f": "\f", "v": "\v", "0": "\0"}
_LIKED = "a0A-_. " + "".join(map(chr, range(33, 127))) + "\u00e9\u4e2d"
_QUANTIFIER = re.compile(r"(?:(?P<mark>[*+?])|\{(?P<least>\d+)(?P<comma>,)?(?P<most>\d+)?\})\??")
_HEX = re.compile(r"x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|u\{([0-9A-Fa-f]{1,5})\}")


class UnknownPatternError(ValueError):
    """A pattern outside the known part of the language."""


def fitting_text(pattern: str, shortest: int = 0, longest: int = _LONGEST) -> str:
    """The simplest text that fits a pattern and has a length between the bounds.

    Raises:
        UnknownPatternError: No such text was found.
    """
    for extra in range(min(shortest, 256) + 1):
        text = _Reader(pattern, extra).read()
        if shortest <= len(text) <= longest:
            return text
    raise UnknownPatternError("no length between the bounds was reached")


@dataclass(slots=True)
class _Reader:
    """Reads a pattern and writes a text for it in the same pass; repeats what may repeat `extra` times more."""

    pattern: str
    extra: int
    at: int = 0
    depth: int = 0

    def read(self) -> str:
        text = self._alternatives()
        if self.at < len(self.pattern):
            raise UnknownPatternError("unbalanced parenthesis")
        return text

    def _peek(self) -> str:
        return self.pattern[self.at : self.at + 1]

    def _next(self) -> str:
        char = self._peek()
        if not char:
            raise UnknownPatternError("the pattern ends early")
        self.at += 1
        return char

    def _alternatives(self) -> str:
        self.depth += 1
        if self.depth > 50:
            raise UnknownPatternError("nested too deeply")
        first = self._sequence()
        while self._peek() == "|":
            self.at += 1
            self._sequence()
        self.depth -= 1
        return first

    def _sequence(self) -> str:
        text = ""
        while self._peek() not in ("", "|", ")"):
            text += self._repeated(self._atom())
            if len(text) > _LONGEST:
                raise UnknownPatternError("the text would be too long")
        return text

    def _repeated(self, text: str) -> str:
        found = _QUANTIFIER.match(self.pattern, self.at)
        if found is None:
            return text
        self.at = found.end()
        least, most = _counts(found)
        count = least + self.extra if most is None else min(least + self.extra, most)
        if len(text) * count > _LONGEST or count > _LONGEST:
            raise UnknownPatternError("the text would be too long")
        return text * count

    def _atom(self) -> str:
        match char := self._next():
            case "^" | "$":
                return ""
            case ".":
                return "a"
            case "(":
                return self._group()
            case "[":
                return self._class()
            case "\\":
                return self._escape()
            case "*" | "+" | "?":
                raise UnknownPatternError("nothing to repeat")
            case _:
                return char

    def _group(self) -> str:
        if self._peek() == "?":
            opening = re.compile(r"\?(?::|<[A-Za-z_$][\w$]*>)").match(self.pattern, self.at)
            if opening is None:
                raise UnknownPatternError("a group that looks around")
            self.at = opening.end()
        text = self._alternatives()
        if self._next() != ")":
            raise UnknownPatternError("unbalanced parenthesis")
        return text

    def _escape(self) -> str:
        char = self._next()
        if char.lower() in _SHORTHAND:
            return _pick(_SHORTHAND[char.lower()], negated=char.isupper())
        return self._escaped_char(char)

    def _escaped_char(self, char: str) -> str:
        if char in _CONTROL:
            return _CONTROL[char]
        if found := _HEX.match(self.pattern, self.at - 1):
            self.at = found.end()
            return chr(int(found[1] or found[2] or found[3], 16))
        if char.isalnum():
            raise UnknownPatternError(f"the escape \\{char}")
        return char

    def _class(self) -> str:
        negated = self._peek() == "^"
        self.at += negated
        members = ""
        while (char := self._next()) != "]":
            if char != "\\":
                # Within `members` a bare "-" makes a range; one that stands for itself is written `\-`.
                members += char if char != "-" or self._is_range(members) else r"\-"
                continue
            escaped = self._next()
            if escaped.lower() in _SHORTHAND:
                if escaped.isupper():
                    raise UnknownPatternError("a negated shorthand in a class")
                members += _SHORTHAND[escaped]
            else:
                literal = "\b" if escaped == "b" else self._escaped_char(escaped)
                members += r"\-" if literal == "-" else literal
        return _pick(members, negated=negated)

    def _is_range(self, members: str) -> bool:
        return bool(members) and self._peek() not in ("]", "")


def _counts(found: re.Match[str]) -> tuple[int, int | None]:
    if found["mark"]:
        return {"*": (0, None), "+": (1, None), "?": (0, 1)}[found["mark"]]
    least = int(found["least"][:9])
    if not found["comma"]:
        return least, least
    return least, int(found["most"][:9]) if found["most"] else None


def _pick(members: str, *, negated: bool) -> str:
    ranges = _ranges(members)
    for char in _LIKED:
        if any(low <= char <= high for low, high in ranges) != negated:
            return char
    if ranges and not negated:
        return ranges[0][0]
    raise UnknownPatternError("a class without members")


def _ranges(members: str) -> list[tuple[str, str]]:
    found, at = [], 0
    while at < len(members):
        if members.startswith(r"\-", at):
            found.append(("-", "-"))
            at += 2
        elif members[at + 1 : at + 2] == "-" and at + 2 < len(members):
            found.append((members[at], members[at + 2]))
            at += 3
        else:
            found.append((members[at], members[at]))
            at += 1
    return found
