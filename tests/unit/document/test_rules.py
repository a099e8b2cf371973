"""Rules that openapi-spec-validator and our own checks both have: ours alone find what both would."""

from __future__ import annotations

import copy
import random
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from specloom.document import load_document, validate
from specloom.document.document import Document
from specloom.document.pointers import escape
from specloom.document.source import Source
from specloom.document.validate import tool

if TYPE_CHECKING:
    import pytest

CASES: Final = sorted((Path(__file__).parents[2] / "cases").glob("*/spec.yaml"))
METHODS: Final = ("get", "put", "post", "delete")


def break_a_rule(value: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """Copy a document, and let two of its objects disagree while each has the right shape."""
    broken = copy.deepcopy(value)
    paths = broken.setdefault("paths", {})
    operations = [one[key] for one in paths.values() if isinstance(one, dict) for key in METHODS if key in one]
    operation = chance.choice(operations) if operations else {}
    name = chance.choice(("id", "x"))
    match chance.randrange(6):
        case 0:
            operation["operationId"] = chance.choice(operations or [{}]).get("operationId", "same")
        case 1:
            one = {"name": name, "in": chance.choice(("query", "header", "path")), "required": True, "schema": {}}
            operation.setdefault("parameters", []).extend([one, one] if chance.random() < 0.5 else [one])
        case 2:
            operation.pop("parameters", None)
        case 3:
            paths[f"/new/{{{name}}}/{{{chance.choice('ab')}}}"] = copy.deepcopy(
                chance.choice(list(paths.values()) or [{}])
            )
        case 4:
            broken["tags"] = [{"name": "a"}, {"name": chance.choice("ab")}]
        case _:
            place = next((f"#/paths/{escape(one)}".replace("%", "%25") for one in paths), "")
            paths |= {"/again": {"$ref": place}} if place else {}
    return broken


def test_the_tool_finds_nothing_that_our_checks_pass_by(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hundreds of documents with broken rules are judged the same whether the tool is asked about rules or not."""
    chance, found = random.Random(5), 0
    own = tool.find_content_errors
    for path in CASES:
        loaded, _ = load_document(path)
        if loaded is None or loaded.version not in ("3.0", "3.1") or len(loaded.sources) > 1:
            continue
        for _ in range(4):
            broken = break_a_rule(loaded.root.value, chance)
            document = Document("a", {"a": Source(name="a", text="", value=broken, marks=lambda: 0)})
            monkeypatch.setattr(tool, "find_content_errors", own)
            few = validate(document)
            monkeypatch.setattr(tool, "find_content_errors", lambda value, version, *, rules=True: own(value, version))
            found += len(few)

            assert few == validate(document), broken
    assert found > 100
