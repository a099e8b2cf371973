"""Runs `specloom` with a stopwatch on each named tool: `instrumented.py REPORT ARGUMENT...`.

CPU seconds belong to whatever was entered last: an import to the tool that is imported, a call to the tool that is
called, everything else to specloom. The report is JSON: seconds by tool, and `total` of the process.
"""

from __future__ import annotations

import builtins
import functools
import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

VALIDATOR = "openapi-spec-validator"
MODELS = "datamodel-code-generator"
OWNERS = {
    "openapi_spec_validator": VALIDATOR,
    "openapi_schema_validator": VALIDATOR,
    "jsonschema": VALIDATOR,
    "jsonschema_path": VALIDATOR,
    "referencing": VALIDATOR,
    "datamodel_code_generator": MODELS,
    "black": "black",
    "jinja2": "jinja2",
    "yaml": "pyyaml",
}
"""The tool that the import of a package belongs to, with what the tool itself stands on."""


class Stopwatch:
    """Adds up CPU seconds by owner; the innermost one runs."""

    def __init__(self) -> None:
        self.seconds = dict.fromkeys(OWNERS.values(), 0.0)
        self._running = ["specloom"]
        self._since = time.process_time()

    @contextmanager
    def of(self, owner: str) -> Iterator[None]:
        """What runs inside belongs to an owner."""
        self._settle()
        self._running.append(owner)
        try:
            yield
        finally:
            self._settle()
            self._running.pop()

    def timed(self, owner: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """A function whose calls belong to an owner; what it yields is made at once."""

        @functools.wraps(function)
        def call(*args: Any, **options: Any) -> Any:
            with self.of(owner):
                made = function(*args, **options)
                return iter(list(made)) if isinstance(made, Iterator) else made

        return call

    def _settle(self) -> None:
        now = time.process_time()
        owner = self._running[-1]
        self.seconds[owner] = self.seconds.get(owner, 0.0) + now - self._since
        self._since = now


WATCH = Stopwatch()


def watch_parser(make: Callable[[str], Any]) -> Callable[[str], Any]:
    """A maker of YAML parsers whose events are made on PyYAML's account."""

    class Parser:
        def __init__(self, text: str) -> None:
            self.get_event = WATCH.timed("pyyaml", WATCH.timed("pyyaml", make)(text).get_event)

    return Parser


PATCHES: dict[tuple[str, str], Callable[[Any], Any]] = {
    ("black", "format_str"): functools.partial(WATCH.timed, "black"),
    ("datamodel_code_generator", "generate"): functools.partial(WATCH.timed, MODELS),
    ("specloom.render", "Environment.get_template"): functools.partial(WATCH.timed, "jinja2"),
    ("jinja2.environment", "Template.render"): functools.partial(WATCH.timed, "jinja2"),
    ("specloom.document.validate.shape", "find_shape_errors"): functools.partial(WATCH.timed, VALIDATOR),
    ("specloom.document.validate.tool", "find_content_errors"): functools.partial(WATCH.timed, VALIDATOR),
    ("specloom.document.load", "_parser"): watch_parser,
}
"""What is wrapped, by module and name, as soon as the module is there."""


def apply_patches() -> None:
    """Wrap what has been imported since."""
    for module, name in list(PATCHES):
        owner: Any = sys.modules.get(module)
        *outer, last = name.split(".")
        for step in outer:
            owner = getattr(owner, step, None)
        if owner is not None and hasattr(owner, last):
            setattr(owner, last, PATCHES.pop((module, name))(getattr(owner, last)))


def watch_imports() -> None:
    """Put the time of each first import on the account of its tool."""
    plain, depth = builtins.__import__, 0

    def watched(name: str, *args: Any, **options: Any) -> Any:
        nonlocal depth
        tool = OWNERS.get(name.partition(".")[0])
        depth += 1
        try:
            if tool is None or name in sys.modules:
                return plain(name, *args, **options)
            with WATCH.of(tool):
                return plain(name, *args, **options)
        finally:
            depth -= 1
            if depth == 0 and PATCHES:
                apply_patches()

    builtins.__import__ = watched


def main() -> None:
    """Run the command line, then write the report."""
    report, arguments = Path(sys.argv[1]), sys.argv[2:]
    watch_imports()
    from specloom.cli import main as run

    try:
        run(arguments)
    finally:
        left = [".".join(key) for key in PATCHES]
        report.write_text(
            json.dumps({"seconds": WATCH.seconds, "total": time.process_time(), "missed": left}), encoding="utf-8"
        )


if __name__ == "__main__":
    main()
