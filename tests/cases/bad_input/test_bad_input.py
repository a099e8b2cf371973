"""What is checked of every bad input."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cases.bad_input.bad_input import HERE, Input, Runner, list_inputs, show

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def runner() -> Iterator[Runner]:
    """One process that runs all commands of a worker."""
    made = Runner()
    yield made
    made.close()


@pytest.mark.parametrize(
    ("row", "given"), [pytest.param(row, one, id=f"{row}/{one.name}") for row, one in list_inputs()]
)
def test_a_bad_input_is_answered_as_wanted_within_its_bounds(
    row: str,
    given: Input,
    runner: Runner,
    tmp_path: Path,
    update_goldens: bool,
    record_property: Callable[[str, object], None],
) -> None:
    """Printed output, exit code, time, memory; a command that fails writes nothing."""
    ended = {one: runner.run(given, one, tmp_path / f"{number}") for number, one in enumerate(given.commands)}
    shown, want = show(ended), HERE / row / "want" / f"{given.name}.txt"
    if update_goldens and (not want.exists() or want.read_text(encoding="utf-8") != shown):
        want.parent.mkdir(exist_ok=True)
        want.write_text(shown, encoding="utf-8", newline="\n")
        record_property("rewritten", f"bad_input/{row}/want/{given.name}.txt")

    assert want.read_text(encoding="utf-8") == shown
    for command, one in ended.items():
        assert one.code == 0 or one.written == (), command
        assert one.seconds < given.seconds, (command, one.seconds)
        assert one.megabytes < given.megabytes, (command, one.megabytes)
