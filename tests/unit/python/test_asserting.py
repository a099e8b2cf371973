"""Assertions on answers: what they cannot look into is left to the comparison of the whole."""

from __future__ import annotations

from specloom.location import Location
from specloom.model import ArraySchema, SchemaInfo, StringSchema
from specloom.python.asserting import Assertions
from specloom.python.naming import Naming

INFO = SchemaInfo(location=Location("openapi.yaml"))
WORDS = ArraySchema(info=INFO, items=StringSchema(info=INFO))
NAMING = Naming(client="C", module="c", classes={}, groups={}, resources={}, resource_classes={}, methods={}, kinds={})


def test_a_value_of_another_kind_than_its_list_leaves_no_variable_behind() -> None:
    """A checker would tell of a variable that nobody reads."""
    assertions = Assertions({}, NAMING)
    assertions.value(WORDS, "a text", "result.words", "words")

    assert assertions.lines == []


def test_a_list_is_looked_into() -> None:
    """Held by a variable, which is told from null first."""
    assertions = Assertions({}, NAMING)
    assertions.value(WORDS, ["a"], "result.words", "words", optional=True)

    assert assertions.lines == [
        "words = result.words",
        "assert words is not None",
        "assert len(words) == 1",
        'assert words[0] == "a"',
    ]
