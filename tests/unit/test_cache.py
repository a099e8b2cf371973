"""What slow steps returned: found again by what went into them, and never believed when it is not whole."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from specloom import cache as caching
from specloom.cache import Cache

if TYPE_CHECKING:
    from pathlib import Path


def entry_of(folder: Path) -> Path:
    """The only entry of a cache."""
    (found,) = folder.glob("*.json")
    return found


def test_a_result_is_found_by_what_went_into_it(tmp_path: Path) -> None:
    """And by nothing else: another step, other input and another machinery have results of their own."""
    cache = Cache(tmp_path / "cache", "tool 1")
    key = cache.key("models", {"a": 1})
    cache.write(key, ["text"])

    assert cache.read(key) == ["text"]
    assert Cache(tmp_path / "cache", "tool 1").read(key) == ["text"]
    others = [cache.key("models", {"a": 2}), cache.key("other", {"a": 1}), Cache(tmp_path, "tool 2").key("models", 1)]
    assert [cache.read(one) for one in others] == [None] * 3


def test_a_cache_without_a_folder_keeps_nothing() -> None:
    """So that no caller asks whether there is one."""
    cache = Cache()
    cache.write(cache.key("models", 1), 1)

    assert cache.read(cache.key("models", 1)) is None


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text[:-3],
        lambda text: text.replace("text", "tezt"),
        lambda text: "",
        lambda text: text.partition("\n")[2],
        lambda text: "\x00\ud800",
    ],
)
def test_an_entry_that_is_not_whole_is_none(tmp_path: Path, spoil: object) -> None:
    """Cut short, changed, emptied, or no text at all."""
    cache = Cache(tmp_path)
    key = cache.key("models", 1)
    cache.write(key, ["text"])
    file = entry_of(tmp_path)
    assert callable(spoil)
    file.write_bytes(spoil(file.read_text()).encode("utf-8", "surrogatepass"))

    assert cache.read(key) is None
    cache.write(key, ["text"])
    assert cache.read(key) == ["text"]


def test_an_entry_is_json_and_the_folder_is_ignored_by_git(tmp_path: Path) -> None:
    """Nothing that is read can be run."""
    cache = Cache(tmp_path / "cache")
    cache.write(cache.key("models", 1), {"a": [1, None]})

    assert json.loads(entry_of(tmp_path / "cache").read_text().partition("\n")[2]) == {"a": [1, None]}
    assert (tmp_path / "cache" / ".gitignore").read_text() == "*\n"


def test_a_folder_that_cannot_be_made_is_a_cache_lost(tmp_path: Path) -> None:
    """A file stands where it should be."""
    (tmp_path / "file").touch()
    cache = Cache(tmp_path / "file" / "cache")
    cache.write(cache.key("models", 1), 1)
    cache.trim()

    assert cache.read(cache.key("models", 1)) is None


def test_what_was_not_used_for_longest_goes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once there is more than is to be kept."""
    cache = Cache(tmp_path)
    keys = [cache.key("models", index) for index in range(4)]
    for key in keys:
        cache.write(key, "x" * 1000)
    cache.read(keys[0])
    monkeypatch.setattr(caching, "MOST_BYTES", 2500)
    cache.trim()

    assert [cache.read(key) is not None for key in keys] == [True, False, False, True]


def test_many_write_at_once(tmp_path: Path) -> None:
    """A reader meets whole entries or none."""
    cache = Cache(tmp_path)
    key = cache.key("models", 1)

    def write_and_read(number: int) -> bool:
        cache.write(key, "x" * 100_000)
        return cache.read(key) in ("x" * 100_000, None)

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(write_and_read, range(64)))
