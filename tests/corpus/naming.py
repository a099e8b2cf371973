"""What the packages of real documents would call things, and how many names a person would not have chosen.

`python -m tests.corpus.naming [FOLDER]` prints a row for each document; `--list` prints the names below it, each with
what it is made of. Nothing is emitted: documents are read, lowered, and named.
"""

from __future__ import annotations

import argparse
import re
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from specloom.lower.members import place
from specloom.pipeline import lower_document
from specloom.python import names
from specloom.python.classes import LONG
from specloom.python.naming import name_api
from specloom.reading import Reading
from specloom.words import split_words
from tests.corpus.tolerating import CORPUS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specloom.model import Api

_PLACES = {word for index in range(99) for word in place(index).split(".")}
_HASH = re.compile(r"_?(?:[0-9A-F]{4}|[0-9a-f]{4})$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """The names of one document that a person would not have chosen, each by what it is made of.

    Args:
        methods: How many there are.
        classes: How many there are.
        repeating: Methods that begin with their resource.
        spelling: Methods that only spell their request (`get_v1_customers`).
        placed: Classes with a place in words (`First`) that the document does not say.
        hashed: Names that end in a part of their hash.
        long: Classes of more characters than is wanted.
    """

    methods: int
    classes: int
    repeating: Mapping[str, str]
    spelling: Mapping[str, str]
    placed: Mapping[str, str]
    hashed: Mapping[str, str]
    long: Mapping[str, str]

    @property
    def faults(self) -> tuple[Mapping[str, str], ...]:
        """All of them, a column for each kind."""
        return (self.repeating, self.spelling, self.placed, self.hashed, self.long)


HEAD = f"{'document':<26}{'methods':>8}{'classes':>8}{'repeat':>8}{'request':>8}{'placed':>8}{'hashed':>8}{'long':>8}"


def names_of(path: Path) -> Names | None:
    """The names of a document; `None` where it cannot be read."""
    api, _ = lower_document(path, Reading(tolerant=True))
    return None if api is None else told(api)


def told(api: Api) -> Names:
    """The names of an API."""
    naming = name_api(api)
    called = {f"{one.method} {one.path} ({one.id})": (one, naming.call(one)) for one in api.operations}
    calls = {text: call for text, (_, call) in called.items()}
    return Names(
        methods=len(calls),
        classes=len(naming.classes),
        repeating={text: call for text, call in calls.items() if _repeats(call)},
        spelling={text: call for text, (one, call) in called.items() if _spells(call, one.method, one.path)},
        placed={text: made for text, made in naming.classes.items() if _is_placed(text, made)},
        hashed={text: made for text, made in (*naming.classes.items(), *calls.items()) if _is_hashed(text, made)},
        long={text: made for text, made in naming.classes.items() if len(made) > LONG},
    )


def _repeats(call: str) -> bool:
    resource, _, method = call.partition(".")
    return method.startswith(f"{resource}_")


def _spells(call: str, method: str, path: str) -> bool:
    """Whether a method says its whole request, and so what its resource says once more."""
    request = names.snake(f"{method} {path}")
    return call.partition(".")[2] == request and len(names.split_words(path)) > 1


def _is_placed(text: str, made: str) -> bool:
    """Whether a place in words is a part of its own in what a class is made of."""
    words = {one.lower() for one in split_words(made)}
    return any(part in _PLACES and part in words for part in text.split(".")[1:])


def _is_hashed(text: str, made: str) -> bool:
    """Whether a name ends in its own hash, or was cut and ends in that of something longer."""
    found = _HASH.search(made)
    if found is None:
        return False
    digits = found[0].strip("_").lower()
    is_cut = len(made.rpartition(".")[2]) >= names.MAX_LENGTH - 4
    return (is_cut or names.digest(text) == digits) and not text.lower().endswith(digits)


def _row(name: str, found: Names) -> str:
    columns = (found.methods, found.classes, *map(len, found.faults))
    return f"{name[:25]:<26}" + "".join(f"{one:>8}" for one in columns)


def main(arguments: list[str]) -> int:
    """Print the table, and the sums below it."""
    parser = argparse.ArgumentParser(prog="naming", description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=CORPUS)
    parser.add_argument("--only", action="append", default=[], help="names of documents, without their ending")
    parser.add_argument("--list", action="store_true", help="print the names below each row")
    given = parser.parse_args(arguments)
    if not given.folder.is_dir():
        print(f"{given.folder}: no documents there; name a folder that holds some (.json, .yaml)")
        return 0
    paths = sorted(one for one in given.folder.iterdir() if one.suffix in {".json", ".yaml", ".yml"})
    paths = [one for one in paths if not given.only or one.stem in given.only]
    print(HEAD)
    total = [0] * 7
    with ProcessPoolExecutor() as pool:
        for path, found in zip(paths, pool.map(names_of, paths), strict=True):
            if found is None:
                print(f"{path.stem[:25]:<26} cannot be read")
                continue
            print(_row(path.stem, found), flush=True)
            row = (found.methods, found.classes, *map(len, found.faults))
            total = [old + new for old, new in zip(total, row, strict=True)]
            for text, made in (item for each in found.faults for item in each.items()) if given.list else ():
                print(f"    {made:<62}{text}")
    print(f"{'all':<26}" + "".join(f"{one:>8}" for one in total))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
