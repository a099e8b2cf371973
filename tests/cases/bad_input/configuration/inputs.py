"""Errors of the configuration: placed in pyproject.toml, with the nearest valid key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.cases.bad_input.bad_input import Input

if TYPE_CHECKING:
    from tests.cases.bad_input.bad_input import Content

SOUND = 'openapi: 3.1.0\ninfo: {title: Bad input, version: "1"}\npaths: {}\n'
HEAD = '[[tool.specloom.package]]\ndistribution = "made"\n'
FINE = HEAD + 'documents = ["spec/openapi.yaml"]\n'

TEXTS: dict[str, Content] = {
    "unknown_keys": (
        HEAD
        + 'document = ["spec/openapi.yaml"]\ndocuments = ["spec/openapi.yaml"]\nimport_name = "a"\nOut = "b"\n'
        + 'validate = "report"\nsomething-else = 1\nselect = { tag = ["a"], paths = ["/a"] }\n'
        + "[tool.specloom]\nstrict = true\n"
    ),
    "wrong_types": (
        '[[tool.specloom.package]]\ndistribution = 1\nimport-name = ["a"]\ndocuments = "spec/openapi.yaml"\n'
        "out = 2020-01-01\nversion = 1.0\ndescription = true\nreadme = {}\nmodels = 3\nvalidation = 4\n"
        'overlays = "a"\nselect = []\n'
    ),
    "wrong_values": (
        '[[tool.specloom.package]]\ndistribution = "-made-"\nimport-name = "class"\ndocuments = ["spec/openapi.yaml", 1]\n'
        'version = "one"\nmodels = "mine"\nvalidation = "none"\nselect = {}\n'
    ),
    "names_of_python": (
        "".join(
            f'[[tool.specloom.package]]\ndistribution = "a{number}"\nimport-name = "{name}"\n'
            'documents = ["spec/openapi.yaml"]\n'
            for number, name in enumerate(
                ("None", "json", "__init__", "a-b", "a.b", "1a", "import", "_", "é", "pydantic")
            )
        )
    ),
    "missing_keys": "[[tool.specloom.package]]\n[[tool.specloom.package]]\ndocuments = []\n",
    "no_package": "[tool.specloom]\n",
    "package_that_is_no_array": '[tool.specloom.package]\ndistribution = "made"\n',
    "table_that_is_no_table": "[tool]\nspecloom = 1\n",
    "missing_files": (
        HEAD + 'documents = ["spec/openapi.yml", "/spec/openapi.yaml", "spec"]\nreadme = "spec/openapi.yml"\n'
        'overlays = ["more.yaml", "/more.yaml"]\n'
    ),
    "output_around_the_spec": FINE + 'out = "spec"\n',
    "output_within_the_spec": FINE + 'out = "spec/made"\n',
    "output_above_the_project": FINE + 'out = "../made"\n',
    "output_that_is_the_project": FINE + 'out = "."\n',
    "output_by_an_absolute_path": FINE + 'out = "/made"\n',
    "output_through_a_link": FINE + 'out = "link"\n',
    "packages_alike": FINE
    + FINE.replace("made", "Made")
    + FINE.replace("made", "m.ade")
    + 'out = "generated/made/inner"\n',
    "syntax": FINE + "out = \n",
    "syntax_of_a_string": FINE + 'out = "made\n',
    "duplicate_key": FINE + 'distribution = "other"\n',
    "duplicate_table": FINE + "[tool.black]\n[tool.black]\n",
    "byte_order_mark": "\ufeff" + FINE,
    "utf_16": FINE.encode("utf-16"),
    "latin_1": (FINE + 'description = "é"\n').encode("latin-1"),
    "zero_byte": FINE + 'description = "a\0"\n',
    "escape_character": FINE + 'description = "\x1b[2J"\n',
    "binary": b"tool.specloom" + bytes(range(256)),
    "hostile_text": (
        '[[tool.specloom.package]]\ndistribution = "\\u001B[2J\\u202E`"\nimport-name = "a\\nb"\n'
        'documents = ["\\u001B[2J\\n\\u202E", "\\u0000", "../../../outside.yaml"]\nout = "\\u001B]0;"\nversion = "\\"; import os"\n'
        '"\\u001B[2J\\u202E" = 1\n"a\\nb" = 1\nvalidation = "\\u001B[2J"\n'
    ),
    "description_that_is_hostile": (
        FINE + "description = '''\"\"\" \\ {{ x }} {% raw %} #} <b> [a](b) ` ``` | \u202e \u2028'''\n"
    ),
    "nested_deep": lambda: FINE + "x = " + "[" * 100_000 + "]" * 100_000 + "\n",
    "nested_deep_in_tables": lambda: FINE + "[tool." + ".".join("a" * 2_000) + "]\n",
    "name_longer_than_any": HEAD + f'documents = ["{"a" * 5_000}.yaml"]\nout = "{"b" * 5_000}"\n',
    "many_keys": lambda: FINE + "".join(f"k{i} = 1\n" for i in range(20_000)),
    "many_packages": lambda: FINE * 100,
    "long_string": lambda: FINE + f'description = "{"a" * 1_000_000}"\n',
    "long_integer": lambda: FINE + f'version = {"9" * 100_000}\n',
    "larger_than_any": lambda: FINE + "#" * (1 << 20) + "\n",
    "quotes_without_end": lambda: FINE + "x = '''" + '"' * 1_000_000 + "\n",
}

INPUTS = (
    *(
        Input(
            name=name,
            files={"project/pyproject.toml": text, "project/spec/openapi.yaml": SOUND},
            links={"project/link": ".."},
            commands=(("lint",), ("build",)),
            folder="project",
        )
        for name, text in TEXTS.items()
    ),
)
