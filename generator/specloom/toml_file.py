"""Reads a TOML file that a person wrote: its text and its tables, or what is wrong with it."""

from __future__ import annotations

import codecs
import re
import tomllib
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from specloom.diagnostics import Diagnostic
from specloom.location import Location

if TYPE_CHECKING:
    from pathlib import Path

MAX_BYTES: Final = 1 << 20
"""Far more than a configuration has; the reader takes time by the square of what it is given."""


class TomlFile(NamedTuple):
    """A file that could be read."""

    text: str
    tables: dict[str, Any]


def read_toml(path: Path, name: str) -> TomlFile | Diagnostic:
    """Read a file.

    Args:
        name: The path as people should see it.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            return _fault(f"Is larger than {MAX_BYTES >> 20} MiB", Location(name))
        content = path.read_bytes()
    except OSError as error:
        return _fault(f"Cannot be read: {error.strerror}", Location(name))
    if content.startswith(codecs.BOM_UTF8):
        return _fault("Begins with a byte order mark", Location(name), "Save it as UTF-8, without one")
    try:
        text = content.decode()
        return TomlFile(text, tomllib.loads(text))
    except UnicodeDecodeError as error:
        lines = content[: error.start].decode().split("\n")
        return _fault("Is not UTF-8", Location(name, len(lines), len(lines[-1]) + 1), "Save it as UTF-8")
    except tomllib.TOMLDecodeError as error:
        return _place_syntax_error(str(error), name)
    except ValueError:  # of Python's own bound on integers
        return _fault("Holds a number of too many digits", Location(name))
    except RecursionError:
        return _fault("Values are nested too deeply", Location(name))


def _fault(message: str, location: Location, hint: str = "") -> Diagnostic:
    return Diagnostic(code="SL601", message=message, location=location, hint=hint)


def _place_syntax_error(message: str, file: str) -> Diagnostic:
    """Turn the message of tomllib, which ends in the place in words, into a diagnostic at that place."""
    match = re.fullmatch(r"(.*) \(at line (\d+), column (\d+)\)", message, re.DOTALL)
    what, line, column = match.groups() if match else (message, "1", "1")
    return _fault(f"Is not TOML: {what}", Location(file, int(line), int(column)))
