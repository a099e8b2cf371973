"""What a build says and writes, seen from outside: documents in, files and diagnostics out."""

from __future__ import annotations

import ast
import hashlib
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from specloom.pipeline import Build, build
from specloom.settings import settings_for

if TYPE_CHECKING:
    from pathlib import Path

TEXT = {"type": "string"}


def build_operation(folder: Path, operation: dict[str, Any], *, path: str = "/things", **others: Any) -> Build:
    """Build a document of one operation."""
    named = {"operationId": "makeThing", "tags": ["things"], "summary": "Make one."} | operation
    document = {"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": {path: {"post": named}}} | others
    file = folder / "openapi.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    settings = settings_for(file, import_name="made", out=folder / "out")
    return build(settings.packages[0], settings.root)


def build_with_readme(folder: Path, content: bytes) -> Build:
    """Build a small document, and let a text by hand end the README."""
    build_operation(folder, answer(schema=TEXT))
    (folder / "closing.md").write_bytes(content)
    settings = settings_for(folder / "openapi.json", import_name="made", out=folder / "out")
    return build(replace(settings.packages[0], readme=folder / "closing.md"), settings.root)


def answer(**media_type: Any) -> dict[str, Any]:
    """Responses of one success in JSON."""
    return {"responses": {"200": {"description": "Made.", "content": {"application/json": media_type}}}}


def said(built: Build) -> list[str]:
    """What was said, as code and pointer."""
    return [f"{one.code} {one.location.pointer}" for one in built.diagnostics]


def test_examples_whose_names_fold_alike_have_a_test_each(tmp_path: Path) -> None:
    """Case aside too, for their payloads are files."""
    examples = {name: {"value": name} for name in ("A", "a", "my-ex", "my_ex")}
    built = build_operation(tmp_path, answer(schema=TEXT, examples=examples))
    module = next(text for path, text in built.files.items() if path.startswith("tests/test_") and "_200_" in text)
    fixtures = [path for path in built.files if path.startswith("tests/fixtures/") and "_200_" in path]
    functions = [node.name for node in ast.parse(module).body if isinstance(node, ast.FunctionDef)]

    assert said(built) == []
    assert len({path.lower() for path in fixtures}) == 4
    assert sorted(json.loads(built.files[path]) for path in fixtures) == sorted(examples)
    assert len(functions) == len(set(functions))


def test_answers_that_no_test_can_show_are_told(tmp_path: Path) -> None:
    """A required body without an example makes no request."""
    body = {"requestBody": {"required": True, "content": {"application/json": {"schema": TEXT}}}}
    built = build_operation(tmp_path, answer(schema=TEXT, example="x") | body)

    assert said(built) == ["SL409 /paths/~1things/post"]


def test_a_representation_that_is_left_out_is_told(tmp_path: Path) -> None:
    """With the one that is used in its place."""
    responses = answer(schema=TEXT, example="x")
    responses["responses"]["200"]["content"]["text/csv"] = {"schema": TEXT}
    built = build_operation(tmp_path, responses)

    assert said(built) == ["SL410 /paths/~1things/post/responses/200/content/text~1csv"]
    assert "application/json" in built.diagnostics[0].message


@pytest.mark.parametrize(
    ("parameter", "fault"),
    [
        ({"name": "X-A\r\nEvil: 1", "in": "header"}, "SL408 /paths/~1things/post/parameters/0/name"),
        ({"name": "a;b", "in": "cookie"}, "SL408 /paths/~1things/post/parameters/0/name"),
    ],
)
def test_what_no_message_can_hold_is_left_out(tmp_path: Path, parameter: dict[str, Any], fault: str) -> None:
    """It would end a header line, or a cookie; the operation is there without it."""
    built = build_operation(tmp_path, answer(schema=TEXT) | {"parameters": [parameter | {"schema": TEXT}]})

    assert fault in said(built)
    assert built.operations == 1
    assert all("Evil" not in text and "a;b" not in text for text in built.files.values())


def test_a_path_that_means_another_is_refused(tmp_path: Path) -> None:
    """No client may send it."""
    assert "SL408 /paths/~1..~1x/post" in said(build_operation(tmp_path, answer(schema=TEXT), path="/../x"))


def test_a_member_may_have_any_name(tmp_path: Path) -> None:
    """Also one that means something to every class."""
    schema = {"type": "object", "properties": {"mro": TEXT, "__class__": TEXT}}

    assert said(build_operation(tmp_path, answer(schema=schema))) == []


@pytest.mark.parametrize(
    ("content", "end"),
    [
        (b"", "\n"),
        (
            b"\xef\xbb\xbf\r\n## By hand\r\n\r\n{{ kept }} {% as it is %}\r\n\r\n",
            "\n\n## By hand\n\n{{ kept }} {% as it is %}\n",
        ),
    ],
)
def test_text_by_hand_ends_the_readme(tmp_path: Path, content: bytes, end: str) -> None:
    """After an empty line, read by no template; it is a source of the package like the document."""
    plain = build_operation(tmp_path, answer(schema=TEXT))
    built = build_with_readme(tmp_path, content)

    assert built.files["README.md"] == plain.files["README.md"].rstrip("\n") + end
    assert built.sources["closing.md"] == hashlib.sha256(content).hexdigest()
    assert json.loads(built.files["manifest.json"])["sources"] == dict(built.sources)


def test_text_by_hand_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    """With its name, and without a file."""
    built = build_with_readme(tmp_path, b"\xff")

    assert [str(one) for one in built.diagnostics] == ["closing.md:1:1: SL610 Is not UTF-8"]
    assert built.files == {}
