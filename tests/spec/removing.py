"""Every single thing that can be taken out of the spec, one at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from tests.spec.tree import Files

Steps = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Removal:
    """One thing to take out: its file and the steps that lead to it."""

    file: str
    steps: Steps

    def __str__(self) -> str:
        return f"{self.file}#/{'/'.join(map(str, self.steps))}"

    def of(self, files: Files) -> Files:
        """The spec without it; what is not on the way to it is shared with the original."""
        return {**files, self.file: without(files[self.file], self.steps)}


def without(value: Any, steps: Steps) -> Any:
    """A copy of a value without the member that the steps lead to."""
    copy = value.copy()
    if len(steps) == 1:
        del copy[steps[0]]
    else:
        copy[steps[0]] = without(value[steps[0]], steps[1:])
    return copy


def removals(files: Files, chosen: Callable[[Steps], bool]) -> Iterator[Removal]:
    """Everything in the spec that is chosen by the steps that lead to it."""
    for file, document in files.items():
        for steps in all_steps(document):
            if chosen(steps):
                yield Removal(file, steps)


def all_steps(value: Any, above: Steps = ()) -> Iterator[Steps]:
    """The steps to every value inside a value, in order."""
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, member in members:
        yield (*above, key)
        yield from all_steps(member, (*above, key))


def is_content(steps: Steps) -> bool:
    """Whether the steps stay out of payloads, departures and extensions."""
    return not any(step == "value" or str(step).startswith("x-") for step in steps[:-1])


def is_property(steps: Steps) -> bool:
    """A property of a schema."""
    return len(steps) > 1 and steps[-2] == "properties"


def is_status(steps: Steps) -> bool:
    """An answer of an operation, or a shared one."""
    return len(steps) > 1 and steps[-2] == "responses"


def is_example(steps: Steps) -> bool:
    """An example of an answer, a shared one, or that of a parameter."""
    return is_content(steps) and (steps[-1] == "example" or (len(steps) > 1 and steps[-2] == "examples"))


def is_payload_member(steps: Steps) -> bool:
    """A member of a documented payload, at any depth."""
    return steps[0] == "examples" and "value" in steps[:-1]


def is_parameter(steps: Steps) -> bool:
    """A parameter of an operation or of a path, or a shared one."""
    return len(steps) > 1 and steps[-2] == "parameters"


def is_header(steps: Steps) -> bool:
    """A response header."""
    return len(steps) > 1 and steps[-2] == "headers"


def is_constraint(steps: Steps) -> bool:
    """A type, a format, a default, a bound, a value of an enumeration, what is required, the schema inside a string."""
    names = {
        "type",
        "format",
        "default",
        "minimum",
        "maximum",
        "required",
        "enum",
        "contentSchema",
        "additionalProperties",
    }
    ours = is_content(steps) and "servers" not in steps and "securitySchemes" not in steps
    return ours and (steps[-1] in names or steps[-2:-1] in (("enum",), ("required",), ("oneOf",)))
