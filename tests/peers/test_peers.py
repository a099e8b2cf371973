"""The comparison in the emitted README is what was observed."""

from __future__ import annotations

import re

import pytest

from tests.peers.environment import REPOSITORY, is_there, observe
from tests.peers.rows import ROWS
from tests.peers.table import FRAGMENT, command_of, written

BENCH = "make bench"
VENDOR = ("huaweicloudsdkcore", "huaweicloudsdkdgc", "huaweicloudsdkdataartsstudio", "huaweicloudsdklakeformation")
README = REPOSITORY / "generated/huaweicloud-jobs/README.md"


def test_the_table_has_every_row_that_can_be_run_and_no_other() -> None:
    """In their order, with their questions; further rows are lines of the bench."""
    said = {command: cells[0] for command, cells in written().items() if command != BENCH}

    assert list(said.items()) == [(command_of(row.key), row.question) for row in ROWS]


def test_every_row_of_a_table_says_how_to_see_it() -> None:
    """No line of a table but its head is without a command."""
    tables = re.findall(r"(?m)^\|.*\n\|[ :|-]+\n((?:\|.*\n?)+)", FRAGMENT.read_text(encoding="utf-8"))
    rows = [line for table in tables for line in table.splitlines()]

    assert len(rows) > len(ROWS)
    assert [line for line in rows if not re.match(r"\| `make (peers ROW=[a-z-]+|bench)` \|", line)] == []


def test_the_versions_are_those_that_are_installed() -> None:
    """As the environment of the peers has them pinned."""
    pinned = (REPOSITORY / "requirements/peers.txt").read_text(encoding="utf-8")
    versions = dict(re.findall(r"(?m)^(\S+)==(\S+)", pinned))
    said = " ".join(FRAGMENT.read_text(encoding="utf-8").split())

    assert f"openapi-python-client {versions['openapi-python-client']}" in said
    assert [name for name in VENDOR if f"SDK {versions[name]}" not in said] == []


def test_the_emitted_readme_ends_with_the_comparison() -> None:
    """As it is written."""
    assert README.read_text(encoding="utf-8").endswith("\n\n" + FRAGMENT.read_text(encoding="utf-8"))


@pytest.mark.skipif(not is_there(), reason="the environment of the peers is not installed: `make peers` installs it")
def test_every_cell_is_what_the_clients_do() -> None:
    """Each client, against the same server."""
    said = {command: cells[1:] for command, cells in written().items()}
    found = {command_of(key): cells for key, cells in observe().items()}

    assert {command: said.get(command) for command in found} == found
