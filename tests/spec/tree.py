"""Reading the spec: files by name, references followed, nothing raised for what is not there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

import yaml

Files = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Node:
    """A value of a file of the spec; `None` is the value of what is not there."""

    files: Files
    file: str
    value: Any

    def __truediv__(self, key: str | int) -> Node:
        """Step down to a member or an item, following references on the way."""
        owner = self.followed()
        try:
            return Node(self.files, owner.file, owner.value[key])
        except (KeyError, IndexError, TypeError):
            return Node(self.files, owner.file, None)

    def followed(self) -> Node:
        """Follow references until something else stands here."""
        node = self
        while isinstance(node.value, dict) and isinstance(node.value.get("$ref"), str):
            node = node.at(node.value["$ref"])
        return node

    def at(self, reference: str) -> Node:
        """Go where a reference that stands in this file leads, without following references on the way."""
        path, _, pointer = reference.partition("#")
        file = joined(self.file, path) if path else self.file
        value: Any = self.files.get(file)
        for token in pointer.split("/")[1:]:
            key = token.replace("~1", "/").replace("~0", "~")
            try:
                value = value[int(key) if isinstance(value, list) else key]
            except (KeyError, IndexError, TypeError, ValueError):
                return Node(self.files, file, None)
        return Node(self.files, file, value)

    def get(self) -> Any:
        """The value, with a reference that stands here followed."""
        return self.followed().value

    def items(self) -> Iterator[Node]:
        """The items of an array; none of anything else."""
        owner = self.followed()
        for item in owner.value if isinstance(owner.value, list) else ():
            yield Node(self.files, owner.file, item)

    def members(self) -> Iterator[tuple[str, Node]]:
        """The members of an object; none of anything else."""
        owner = self.followed()
        for key, value in owner.value.items() if isinstance(owner.value, dict) else ():
            yield key, Node(self.files, owner.file, value)


def joined(file: str, path: str) -> str:
    """Resolve a path that stands in a file against that file's folder."""
    parts: list[str] = []
    for part in (PurePosixPath(file).parent / path).parts:
        if part == "..":
            parts.pop()
        else:
            parts.append(part)
    return "/".join(parts)


def load(root: Path) -> dict[str, Any]:
    """Read every YAML file below a folder, by its name relative to it."""
    return {
        path.relative_to(root).as_posix(): yaml.safe_load(path.read_text(encoding="utf-8"))
        for path in sorted(root.rglob("*.yaml"))
    }
