"""References lead to values, across files, and all that do not are reported."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from specloom.document import load_document

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from specloom.document import Document

HEAD = "openapi: 3.1.0\ninfo: {title: Things, version: '1'}\n"


def schemas(*lines: str) -> str:
    """Write a document that has schemas alone."""
    return "components:\n  schemas:\n" + "".join(f"    {line}\n" for line in lines)


def test_every_bad_reference_is_reported_at_its_place_with_the_nearest_name(faults: Callable[..., list[str]]) -> None:
    """All faults come at once, and each says what was probably meant."""
    text = schemas(
        "Pet: {type: object}",
        "A: {$ref: '#/components/schemas/Pat'}",
        "B: {properties: {x: {$ref: '#/components/schema/Pet'}}}",
        "C: {$ref: 7}",
        "D: {$ref: '#pet'}",
        "E: {items: {$ref: 'https://example.com/pet.yaml'}}",
        "F: {items: {$ref: 'missing.txt'}}",
        "G: {items: {$ref: '/etc/passwd'}}",
        "H: {items: {$ref: '../../../etc/passwd'}}",
    )

    assert faults(text) == [
        (
            "openapi.yaml:6:9: SL205 `#/components/schemas/Pat` leads nowhere: `schemas` has no `Pat`"
            " | did you mean `#/components/schemas/Pet`?"
        ),
        (
            "openapi.yaml:7:26: SL205 `#/components/schema/Pet` leads nowhere: `components` has no `schema`"
            " | did you mean `#/components/schemas`?"
        ),
        "openapi.yaml:8:9: SL201 `$ref` is not a text",
        (
            "openapi.yaml:9:9: SL206 there is no anchor `pet`"
            " | write a JSON pointer (`#/components/schemas/Name`), or the `$anchor` of a schema"
        ),
        (
            "openapi.yaml:10:17: SL202 `https://example.com/pet.yaml` leads away from the files"
            " | nothing is fetched: save a copy beside this file"
        ),
        "openapi.yaml:11:17: SL204 the file `missing.txt` does not exist",
        (
            "openapi.yaml:12:17: SL210 `/etc/passwd` is not a relative path with `/`"
            " | write the path from this file's folder"
        ),
        (
            "openapi.yaml:13:17: SL203 `../../../etc/passwd` lies outside the folder"
            f" `{os.path.dirname(os.getcwd())}` | move the file, or allow a wider folder"
        ),
    ]


@pytest.mark.parametrize(
    "reference",
    ["http://h/x", "HTTPS://h/x", "file:///etc/passwd", "//h/x.yaml", "urn:x:y", "ftp://h/x#/a", "C:/x.yaml"],
)
def test_nothing_is_ever_fetched(
    reference: str, faults: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reference with a scheme is an error, and no connection is tried."""
    monkeypatch.setattr("socket.socket.connect", lambda *_: pytest.fail("a connection was tried"))

    assert [one.split()[1] for one in faults(schemas(f"A: {{$ref: '{reference}'}}"))] == ["SL202"]


@pytest.mark.parametrize("reference", ["a%00b.yaml", "a\\\\b.yaml", "%2Fetc/passwd"])
def test_a_path_that_is_not_plain_is_refused(reference: str, faults: Callable[..., list[str]]) -> None:
    """Zero bytes, backslashes and hidden absolute paths reach no file system."""
    assert [one.split()[1] for one in faults(schemas(f'A: {{$ref: "{reference}"}}'))] == ["SL210"]


def test_a_reference_may_not_leave_the_folder_through_a_link(write: Callable[..., Path], tmp_path: Path) -> None:
    """The real path decides, whatever a symbolic link is called."""
    path = write({"openapi.yaml": HEAD + schemas("A: {$ref: 'inside.yaml'}", "B: {$ref: 'linked/x.yaml'}")})
    (tmp_path / "secret.yaml").write_text("a: 1")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "x.yaml").write_text("a: 1")
    (path.parent / "inside.yaml").symlink_to(tmp_path / "secret.yaml")
    (path.parent / "linked").symlink_to(tmp_path / "folder")
    document, found = load_document(path)

    assert document is None
    assert [one.code for one in found] == ["SL203", "SL203"]


def test_a_link_within_the_folder_is_the_file_it_leads_to(write: Callable[..., Path]) -> None:
    """Two names of one file are one source."""
    text = HEAD + schemas("A: {$ref: 'one.yaml#/x'}", "B: {$ref: 'two.yaml#/x'}")
    path = write({"openapi.yaml": text, "one.yaml": "x: {type: string}"})
    (path.parent / "two.yaml").symlink_to(path.parent / "one.yaml")
    document, found = load_document(path)
    assert document is not None

    assert found == ()
    assert list(document.sources) == ["api/openapi.yaml", "api/one.yaml"]


def test_the_allowed_folder_can_be_chosen(write: Callable[..., Path], tmp_path: Path) -> None:
    """A narrower folder refuses what the default allows, a wider one allows what it refuses."""
    text = HEAD + schemas("A: {$ref: '../common/x.yaml#/a'}", "B: {$ref: '../../top.yaml#/a'}")
    path = write({"openapi.yaml": text, "../common/x.yaml": "a: {}", "../../top.yaml": "a: {}"})

    assert [one.location.line for one in load_document(path)[1]] == [6]
    assert [one.location.line for one in load_document(path, root=path.parent)[1]] == [5, 6]
    assert load_document(path, root=tmp_path)[1] == ()
    assert [one.code for one in load_document(path, root=tmp_path / "project" / "common")[1]] == ["SL203"]


def test_files_refer_to_each_other_in_both_directions(document: Callable[..., Document]) -> None:
    """References in a file are relative to that file, and cycles between files are fine."""
    loaded = document(
        {
            "openapi.yaml": HEAD + schemas("Node: {properties: {next: {$ref: 'sub/b.yaml#/B'}}}"),
            "sub/b.yaml": "B: {properties: {up: {$ref: '../openapi.yaml#/components/schemas/Node'}, c: {$ref: c.json}}}"
            "\n",
            "sub/c.json": '{"properties": {"b": {"$ref": "b.yaml#/B"}}}',
        }
    )

    assert sorted(loaded.sources) == ["api/openapi.yaml", "api/sub/b.yaml", "api/sub/c.json"]


def test_faults_of_referenced_files_are_reported_in_those_files(faults: Callable[..., list[str]]) -> None:
    """Each file answers for itself: syntax, keys and references."""
    found = faults(
        {
            "openapi.yaml": HEAD + schemas("A: {$ref: 'b.yaml#/B'}", "C: {$ref: 'c.yaml#/C'}", "D: {$ref: d.yml}"),
            "b.yaml": "B: {$ref: '#/X'}\nB2: 1\nB2: 2\n",
            "c.yaml": "C: [",
            "d.yaml": "{}",
        }
    )

    assert [one.partition(" ")[0] + one.split()[1] for one in found] == [
        "b.yaml:1:5:SL205",
        "b.yaml:3:1:SL107",
        "c.yaml:1:5:SL104",
        "openapi.yaml:6:9:SL204",
        "openapi.yaml:7:9:SL204",
    ]
    assert found[-1].endswith("| did you mean `d.yaml`?")


def test_references_in_a_circle_are_an_error(faults: Callable[..., list[str]]) -> None:
    """A reference that comes back to itself has no value; each one that leads into a circle is reported."""
    text = schemas(
        "A: {$ref: '#/components/schemas/B'}",
        "B: {$ref: '#/components/schemas/A'}",
        "C: {$ref: '#/components/schemas/C'}",
    )
    found = faults(text)

    assert [one.split()[1] for one in found] == ["SL207", "SL207", "SL207"]
    assert "references go in a circle: `#/components/schemas/" in found[0]


def test_a_schema_that_contains_itself_is_fine(faults: Callable[..., list[str]]) -> None:
    """Recursion through properties, items and composition needs no end."""
    text = schemas(
        "Tree: {type: object, properties: {kids: {type: array, items: {$ref: '#/components/schemas/Tree'}}}}",
        "List: {type: array, items: {$ref: '#/components/schemas/List'}}",
        "Both: {allOf: [{$ref: '#/components/schemas/List'}], required: [x], properties: {x: {}}}",
    )

    assert faults(text) == []


@pytest.mark.parametrize(
    "text",
    [
        schemas("A: {example: {$ref: nowhere}}"),
        schemas("A: {examples: [{$ref: nowhere}]}"),
        schemas("A: {default: {$ref: nowhere}}"),
        schemas("A: {enum: [{$ref: nowhere}]}"),
        schemas("A: {const: {$ref: nowhere}}"),
        schemas("A: {type: object, properties: {$ref: {type: string}}}"),
        schemas("A: {x-topics: {content: {$ref: ./docs/start.md}}}"),
        "x-topics:\n- content: {$ref: ./docs/start.md}\npaths: {}\n",
        "components: {examples: {a: {value: {$ref: nowhere}}}}\n",
        "components: {parameters: {a: {name: a, in: query, schema: {}, example: {$ref: nowhere}}}}\n",
    ],
)
def test_a_ref_that_is_data_is_no_reference(text: str, faults: Callable[..., list[str]]) -> None:
    """Examples, defaults, enumerations, foreign extensions and property names are left alone."""
    assert faults(text) == []


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (schemas("A: {properties: {example: {$ref: '#/no'}}}"), 5),
        (schemas("A: {properties: {default: {$ref: '#/no'}}}"), 5),
        (schemas("default: {$ref: '#/no'}"), 5),
        (schemas("A: {x-specloom-epoch: {$ref: '#/no'}}"), 5),
        (schemas("A: {description: d, $ref: '#/no'}"), 5),
        (schemas("A: {$ref: '#/components/schemas/B', properties: {x: {$ref: '#/no'}}}", "B: {}"), 5),
        (schemas("A: {discriminator: {propertyName: x, mapping: {a: '#/no'}}}"), 5),
        ("webhooks: {a: {$ref: '#/no'}}\n", 3),
        ("paths:\n  /a:\n    get:\n      responses: {default: {$ref: '#/no'}}\n", 6),
        ("paths:\n  /a:\n    get:\n      responses: {}\n      callbacks: {c: {x: {$ref: '#/no'}}}\n", 7),
    ],
)
def test_a_reference_is_found_wherever_openapi_has_one(text: str, line: int, faults: Callable[..., list[str]]) -> None:
    """Names that sound like data, our own extensions and mappings are looked into."""
    assert [one.partition(" `#/no`")[0] for one in faults(text)] == [
        one.partition(" `#/no`")[0] for one in faults(text) if f"yaml:{line}:" in one and "SL205" in one
    ]
    assert len(faults(text)) == 1


def test_what_stands_beside_a_reference_is_ignored_in_3_0(faults: Callable[..., list[str]]) -> None:
    """OpenAPI 3.0 gives siblings of `$ref` no meaning."""
    text = schemas("A: {$ref: '#/components/schemas/B', properties: {x: {$ref: '#/no'}}}", "B: {}")

    assert faults("paths: {}\n" + text, "3.0.3") == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("paths: {$ref: paths.yaml}\n", "3:9: SL208 a reference is not allowed here"),
        ("paths: {/a: {get: {$ref: get.yaml}}}\n", "3:20: SL208 a reference is not allowed here"),
        ("components: {schemas: {$ref: all.yaml}}\n", "3:24: SL208 a reference is not allowed here"),
        (schemas("A: {properties: {$ref: x.yaml}}"), "5:22: SL208 a reference is not allowed here"),
        (
            schemas("A: {$ref: '#/info'}"),
            "5:9: SL211 `#/info` is an info, where a schema is expected",
        ),
        (
            schemas("A: {$ref: '#/info/title'}"),
            "5:9: SL211 `#/info/title` is not a mapping, where a schema is expected",
        ),
        (
            "paths: {/a: {get: {responses: {'404': {$ref: '#/components/schemas/E'}}}}}\n" + schemas("E: {}"),
            "3:40: SL211 `#/components/schemas/E` is a schema, where a response is expected",
        ),
        (
            schemas("A: {$id: 'http://x/y'}", "B: {$id: 'http://x/y'}"),
            "6:9: SL206 an `$id` changes what references mean",
        ),
    ],
)
def test_a_reference_at_a_wrong_place_or_to_a_wrong_kind_is_an_error(
    text: str, message: str, faults: Callable[..., list[str]]
) -> None:
    """Where OpenAPI has no reference, or another object, it says so."""
    assert [one.partition(" |")[0] for one in faults(text)] == [f"openapi.yaml:{message}"]


def test_a_pointer_through_a_reference_names_where_to_point(faults: Callable[..., list[str]]) -> None:
    """A JSON pointer does not follow references; the hint tells the way."""
    text = schemas(
        "A: {$ref: '#/components/schemas/B'}",
        "B: {properties: {x: {}}}",
        "C: {$ref: '#/components/schemas/A/properties/x'}",
    )

    assert faults(text) == [
        (
            "openapi.yaml:7:9: SL205 `#/components/schemas/A/properties/x` leads nowhere: `A` has no `properties`"
            " | a reference stands there: point at what it leads to, `#/components/schemas/B`"
        )
    ]


def test_pointers_are_decoded(faults: Callable[..., list[str]]) -> None:
    """`~1`, `~0` and percent signs are read as RFC 6901 has them."""
    text = "paths:\n  /a/{x}: {parameters: [{$ref: '#/components/parameters/a~1b~0c%20d'}]}\n"
    text += "components: {parameters: {'a/b~c d': {name: x, in: path, required: true, schema: {}}}}\n"

    assert [one.split()[1] for one in faults(text)] == ["SL302"]  # the name alone is at fault


def test_the_number_of_files_is_bounded(faults: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    """A document does not read a whole disk."""
    monkeypatch.setattr("specloom.document.files.MAX_FILES", 2)
    files = {"openapi.yaml": HEAD + schemas("A: {$ref: 'a.yaml'}", "B: {$ref: 'b.yaml'}")}

    assert [one.split()[1] for one in faults({**files, "a.yaml": "{}", "b.yaml": "{}"})] == ["SL209"]


def test_an_entry_that_cannot_be_read_is_a_diagnostic(tmp_path: Path) -> None:
    """Missing files, folders and names that no file has are reported, not raised."""
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    for path in (tmp_path / "missing.yaml", tmp_path, tmp_path / "loop", tmp_path / "a\0b"):
        document, found = load_document(path)

        assert document is None
        assert [one.code for one in found] == ["SL101"]


def test_an_entry_with_faults_gives_no_document(write: Callable[..., Path]) -> None:
    """In a document that is given, every reference leads somewhere."""
    document, found = load_document(write({"openapi.yaml": "openapi: 3.1.0\nopenapi: 3.1.0\n"}))

    assert document is None
    assert [one.code for one in found] == ["SL107"]
