"""How the cost of builds grows: lines through what was measured, and a document made twice and four times as large."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

Point = tuple[tuple[float, ...], float]
"""What a document has (schemas, operations), and the seconds that it took."""


def fit(points: Sequence[Point]) -> tuple[list[float], float]:
    """Least squares: the intercept and a slope for each coordinate, and the share of the variance that they explain."""
    rows = [(1.0, *given) for given, _ in points]
    size = len(rows[0])
    matrix = [
        [sum(row[i] * row[j] for row in rows) for j in range(size)]
        + [sum(row[i] * seconds for row, (_, seconds) in zip(rows, points, strict=True))]
        for i in range(size)
    ]
    found = _solve(matrix)
    mean = sum(seconds for _, seconds in points) / len(points)
    total = sum((seconds - mean) ** 2 for _, seconds in points)
    guessed = [sum(a * b for a, b in zip(found, row, strict=True)) for row in rows]
    rest = sum((seconds - guess) ** 2 for (_, seconds), guess in zip(points, guessed, strict=True))
    return found, 1 - rest / total if total else 1.0


def _solve(matrix: list[list[float]]) -> list[float]:
    """Gauss and Jordan, with pivots; a coordinate that says nothing gets no slope."""
    size = len(matrix)
    for column in range(size):
        pivot = max(range(column, size), key=lambda row: abs(matrix[row][column]))
        matrix[column], matrix[pivot] = matrix[pivot], matrix[column]
        head = matrix[column][column]
        if abs(head) < 1e-9:
            continue
        matrix[column] = [value / head for value in matrix[column]]
        for row in range(size):
            if row != column:
                factor = matrix[row][column]
                matrix[row] = [a - factor * b for a, b in zip(matrix[row], matrix[column], strict=True)]
    return [row[-1] for row in matrix]


def exponent(pairs: Iterable[tuple[float, float]]) -> float:
    """The power that seconds grow with: 1 is a line, 2 a square; of what is there beyond the time of the smallest."""
    found, _ = fit([((math.log(x),), math.log(y)) for x, y in pairs if x > 0 and y > 0])
    return found[1]


def multiply(document: Path, times: int, folder: Path) -> Path:
    """The same document so many times over: every path and every schema again, under another name."""
    value = json.loads(document.read_text(encoding="utf-8"))
    paths, schemas = dict(value["paths"]), dict(value.get("components", {}).get("schemas", {}))
    for copy in range(1, times):
        value["paths"] |= {f"/copy{copy}{path}": _copied(item, copy) for path, item in paths.items()}
        if schemas:
            value["components"]["schemas"] |= {f"{name}Copy{copy}": _copied(one, copy) for name, one in schemas.items()}
    made = folder / f"{document.stem}-{times}.json"
    made.write_text(json.dumps(value), encoding="utf-8")
    return made


def _copied(value: Any, copy: int) -> Any:
    """A part of a document, with references and names of operations and tags that lead to its own copy."""
    if isinstance(value, list):
        return [_copied(one, copy) for one in value]
    if not isinstance(value, dict):
        return value
    made = {key: _copied(one, copy) for key, one in value.items()}
    reference, operation, tags = (made.get(key) for key in ("$ref", "operationId", "tags"))
    if isinstance(reference, str) and reference.startswith("#/components/schemas/"):
        made["$ref"] = f"{reference}Copy{copy}"
    if isinstance(operation, str):
        made["operationId"] = f"{operation}Copy{copy}"
        if isinstance(tags, list):
            made["tags"] = [f"{one} {copy}" for one in tags]
    mapping = (value.get("discriminator") or {}) if isinstance(value.get("discriminator"), dict) else {}
    if isinstance(mapping.get("mapping"), dict):
        made["discriminator"]["mapping"] = {
            key: f"{one}Copy{copy}" if str(one).startswith("#/components/schemas/") else one
            for key, one in mapping["mapping"].items()
        }
    return made
