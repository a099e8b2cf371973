"""What a file is planned to hold, as values: which statements in which order, with the texts that are theirs.

The texts are those of views, finished by the plan; layout, comments and empty lines are the template's own.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Docstring:
    """A string that stands alone; empty for none."""

    text: str


@dataclass(frozen=True, slots=True)
class Said:
    """A docstring that is the template's own."""


@dataclass(frozen=True, slots=True)
class Imports:
    """Import statements, as finished lines; empty ones count for nothing. `brings` are names that come with a `*`."""

    lines: tuple[str, ...]
    brings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One statement whose whole text is planned: an assignment, an assertion, a call, what is returned."""

    text: str


@dataclass(frozen=True, slots=True)
class Pairs:
    """A mapping that a template opens and closes itself, under the name of an argument if it has one."""

    name: str
    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Names:
    """A list of texts that a template opens and closes itself."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Call:
    """A call; arguments are finished (`name=value` for one that is named)."""

    function: str
    arguments: tuple[str | Pairs, ...]


@dataclass(frozen=True, slots=True)
class Assigned:
    """A value under a name, with an annotation if there is one."""

    name: str
    value: Call | Pairs | Names
    annotation: str = ""


@dataclass(frozen=True, slots=True)
class Called:
    """A call for its effect alone."""

    call: Call


@dataclass(frozen=True, slots=True)
class Class:
    """A class; `base` lists what it is made of, and is empty for nothing."""

    name: str
    base: str
    body: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Function:
    """A function: `parameters` are finished, `*` and `**rest` among them."""

    name: str
    parameters: tuple[str, ...]
    returns: str
    body: tuple[Item, ...]
    decorators: tuple[str, ...] = ()
    is_async: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A function that a template writes out: its statements are the template's, the names that it reaches are not."""

    name: str
    parameters: tuple[str, ...]
    returns: str
    reaches: frozenset[str]
    decorators: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Computed:
    """A value that a template writes out, under a name."""

    name: str
    reaches: frozenset[str]


@dataclass(frozen=True, slots=True)
class Condition:
    """An `if` and what stands under it."""

    test: str
    body: tuple[Item, ...]
    otherwise: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class With:
    """A `with`: calls under the names that hold them."""

    held: tuple[tuple[Call, str], ...]
    body: tuple[Item, ...]
    is_async: bool = False


Item = Docstring | Said | Imports | Line | Assigned | Called | Class | Function | Written | Computed | Condition | With
