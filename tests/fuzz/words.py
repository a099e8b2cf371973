"""Names and texts as documents have them: plain ones, odd ones, and those that would like to be code."""

from __future__ import annotations

from hypothesis import strategies as st

HOSTILE = (
    *(
        '"""',
        "'''",
        '"',
        "'",
        "\\",
        '"\\',
        '""" + exec("1") + """',
        '"); import os #',
        "'); import os #",
        "\\N{DASH}",
        "\\x",
    ),
    *(
        "{{ view }}",
        "{% raw %}",
        "{# #}",
        "%s",
        "${x}",
        "{0}",
        "\u202e",
        "\u2028",
        "\x07",
        "\x00",
        "\r",
        "\n",
        "\t",
        "\x85",
    ),
    *("# x", "#", "$ref", "x\nimport os", '"""\nimport os\n"""', "a" * 300, "\U0001f600", "é", "e\u0301"),
    *(
        "</script>",
        "`",
        "```",
        "|",
        "[x](y)",
        "*",
        "../..",
        "..",
        ".",
        "/",
        "C:\\x",
        "con",
        "nul",
        "~",
        "~0",
        "~1",
        "%2F",
        "%",
    ),
)
RESERVED = (
    *(
        "class",
        "def",
        "None",
        "True",
        "self",
        "cls",
        "type",
        "id",
        "list",
        "dict",
        "str",
        "import",
        "from",
        "async",
        "match",
    ),
    *("model_config", "model_fields", "model_extra", "model_dump", "copy", "json", "schema", "from_json", "to_json"),
    *(
        "__init__",
        "__class__",
        "__dict__",
        "__slots__",
        "_",
        "__",
        "_x",
        "options",
        "endpoint",
        "credentials",
        "transport",
    ),
    *(
        "body",
        "client",
        "models",
        "errors",
        "webhooks",
        "operation",
        "Operation",
        "Any",
        "Literal",
        "Model",
        "BaseModel",
    ),
    *("TYPE_CHECKING", "SERVICE", "annotations", "Enum", "OpenEnum", "datetime", "date", "UUID", "Sequence", "result"),
    *("payload", "exchange", "test", "property", "object", "super", "_runtime", "__getattr__", "__all__", "Resource"),
)
ODD = (
    *(
        "",
        " ",
        "1",
        "1a",
        "a-b",
        "a.b",
        "a b",
        "A",
        "a",
        "aB",
        "a_b",
        "AB",
        "ab",
        "a__b",
        "-",
        "+",
        "@",
        "$",
        "ß",
        "ﬁ",
        "Ω",
        "名",
    ),
    *(
        "x" * 120,
        "x" * 260,
        "[]",
        "a[]",
        "a[b]",
        "<T>",
        "a/b",
        "a~b",
        "a:b",
        "é",
        "null",
        "true",
        "yes",
        "0",
        "-1",
        "1.5",
        "1e3",
    ),
)
PLAIN = ("name", "count", "state", "Job", "jobs", "item", "createdAt", "kind", "Pet", "parent", "next", "value")

TEXTS = st.sampled_from(["", "One thing.", "Two.\n\n- a\n- b\n", *HOSTILE]) | st.text(max_size=12)
"""Descriptions, titles, values."""

NAMES = st.sampled_from(PLAIN) | st.sampled_from(PLAIN + RESERVED + ODD + HOSTILE)
"""Names of members, parameters, examples, tags."""

KEYS = st.sampled_from(PLAIN) | st.sampled_from([*PLAIN, *RESERVED, "a-b", "a.b", "A", "a", "1", "x" * 120])
"""Names of components, of which few signs are allowed."""

NUMBERS = st.integers(-3, 3) | st.sampled_from([0.5, -0.0, 1e300, 1e-9, 2**31, 2**63, 2**80, -(2**63), 10**400])
SCALARS = st.none() | st.booleans() | NUMBERS | TEXTS
JSON = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(NAMES, inner, max_size=2), max_leaves=4
)
