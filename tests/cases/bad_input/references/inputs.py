"""References to nothing, missing files, other folders, addresses and themselves: each is told at its place."""

from __future__ import annotations

from tests.cases.bad_input.bad_input import Input

HEAD = 'openapi: 3.1.0\ninfo: {title: Bad input, version: "1"}\n'
ALL = HEAD + """\
paths:
  /a: {$ref: "#/paths/~1b"}
  /b: {$ref: "#/paths/~1a"}
  /c: {$ref: "parts.yaml#/nowhere"}
  /d:
    get:
      parameters:
        - $ref: "#/components/parameters/Missing"
        - $ref: "#/components/schemas/Itself"
      requestBody: {$ref: "missing.yaml"}
      responses:
        "200": {$ref: "https://service.example/a.yaml#/A"}
        "400": {$ref: "//service.example/a.yaml"}
        "404": {$ref: "file:a.yaml"}
        default: {$ref: 1}
components:
  schemas:
    Nowhere: {$ref: "#/components/schemas/Itsel"}
    Itself: {$ref: "#/components/schemas/Itself"}
    Circle: {$ref: "#/components/schemas/Round"}
    Round: {$ref: "#/components/schemas/Circle"}
    Outside: {$ref: "../../../outside.yaml#/A"}
    Absolute: {$ref: "/outside.yaml"}
    Link: {$ref: "link.yaml#/A"}
    Link_to_a_folder: {$ref: "links/outside.yaml#/A"}
    Link_that_leads_nowhere: {$ref: "nowhere.yaml"}
    Link_to_itself: {$ref: "circle.yaml"}
    Escaped: {$ref: "%2e%2e/%2e%2e/%2e%2e/outside.yaml"}
    Backslash: {$ref: "..\\\\outside.yaml"}
    Zero: {$ref: "a\\0.yaml"}
    Newline: {$ref: "a\\nb.yaml#/\\e[2J\\u202e"}
    Folder: {$ref: "links"}
    Empty_file: {$ref: "empty.yaml"}
    Faulty_file: {$ref: "parts.yaml#/Faulty"}
    Anchor: {$ref: "#none"}
    Empty: {$ref: ""}
    Index: {$ref: "#/components/schemas/OneOf/oneOf/7"}
    Text: {$ref: "#/info/title"}
    OneOf: {oneOf: [{$ref: "#/a"}], discriminator: {propertyName: a, mapping: {b: "#/b", c: "c.yaml"}}}
"""
FILES = {
    "project/spec/openapi.yaml": ALL,
    "project/spec/parts.yaml": 'Faulty: {properties: {a: {$ref: "#/Nowhere"}, b: {$ref: "missing.yaml"}}}\n',
    "project/spec/empty.yaml": "",
    "outside/outside.yaml": "A: {type: string, description: secret}\n",
    "outside.yaml": "A: {type: string, description: secret}\n",
}
LINKS = {
    "project/spec/link.yaml": "../../outside.yaml",
    "project/spec/links": "../../outside",
    "project/spec/nowhere.yaml": "nothing.yaml",
    "project/spec/circle.yaml": "circle.yaml",
}


def _commands(document: str) -> tuple[tuple[str, ...], ...]:
    made = ("--package", "made", "--out", "out")
    return (
        ("lint", document),
        ("build", document, *made),
        ("build", document, *made, "--tolerant"),
    )


def _in_json(text: str) -> str:
    import json

    import yaml

    return json.dumps(yaml.safe_load(text), indent=1)


INPUTS = (
    Input(name="all_of_them", files=FILES, links=LINKS, commands=_commands("project/spec/openapi.yaml")),
    Input(
        name="all_of_them_in_json",
        files={**FILES, "project/spec/openapi.json": _in_json(ALL)},
        links=LINKS,
        commands=_commands("project/spec/openapi.json")[:1],
    ),
    Input(
        name="all_of_them_from_an_overlay",
        files={
            "project/spec/openapi.yaml": HEAD + "paths: {}\n",
            "project/changes.yaml": (
                'overlay: 1.0.0\ninfo: {title: More, version: "1"}\nactions:\n  - target: $\n    update:\n'
                + "".join(f"      {line}\n" for line in ALL.splitlines()[2:])
            ),
            **{path: text for path, text in FILES.items() if "openapi" not in path},
        },
        links=LINKS,
        commands=(("lint", "project/spec/openapi.yaml", "--overlay", "project/changes.yaml"),),
    ),
)
