"""JSON files are read fast, and as strictly as YAML files."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from specloom.document import parse_source
from specloom.document.json_text import scan_json


def faults(text: str) -> list[str]:
    """Read a JSON text and print what is wrong with it."""
    return [str(one) for one in parse_source(text, name="a.json")[1]]


def test_json_is_read_with_the_place_of_every_value() -> None:
    """Positions are found when the first is asked for."""
    source, found = parse_source('{"a": [1, {"é\\n": "x"}],\n "b": null}', name="a.json")
    assert source is not None

    assert found == ()
    assert source.value == {"a": [1, {"é\n": "x"}], "b": None}
    assert str(source.location("/a/1/é\n")) == "a.json:1:19"
    assert str(source.key_location("/b")) == "a.json:2:2"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('{"a": 1, "a": 2}', "1:10: SL107 the key `a` already stands at line 1"),
        ('{"a": NaN}', "1:7: SL112 the number `NaN` is not finite"),
        ('{"a": -Infinity}', "1:7: SL112 the number `-Infinity` is not finite"),
        ('{"a": 1e999}', "1:7: SL112 the number `1e999` is not finite"),
        ('{"a": ' + "9" * 601 + "}", "1:7: SL113 the number has more than 600 digits"),
        ('{"a": 1.' + "9" * 601 + "}", "1:7: SL113 the number has more than 600 digits"),
        ('{"a": "\\ud800"}', "1:7: SL118 the text holds `\\ud800`, half of a surrogate pair"),
        ('{"\\uDC00": 1}', "1:2: SL118 the text holds `\\udc00`, half of a surrogate pair"),
        ('{"a": 1,}', "1:9: SL104 the file is not JSON: expecting property name enclosed in double quotes"),
        ('{"a": 1e999, ]', "1:14: SL104 the file is not JSON: expecting property name enclosed in double quotes"),
        ("{'a': 1}", "1:2: SL104 the file is not JSON: expecting property name enclosed in double quotes"),
        ('{"a": 1} x', "1:10: SL104 the file is not JSON: extra data"),
        ("a: 1", "1:1: SL104 the file is not JSON: expecting value"),
        ("[1]", "1:1: SL106 the top level of the file is not a mapping"),
        ("3", "1:1: SL106 the top level of the file is not a mapping"),
        ("null", "1:1: SL105 the file is empty"),
        (" \n", "1:1: SL105 the file is empty"),
    ],
)
def test_a_fault_is_reported_at_its_place(text: str, fault: str) -> None:
    """What JSON, or what we, refuse has a line and a column."""
    assert faults(text) == [f"a.json:{fault}"]


def test_a_surrogate_pair_is_one_character() -> None:
    """Two halves that belong together are accepted."""
    source, found = parse_source('{"a": "\\ud83d\\ude00"}', name="a.json")
    assert source is not None

    assert (source.value, found) == ({"a": "😀"}, ())


def test_json_in_a_yaml_file_is_read_as_json() -> None:
    """JSON is YAML, whatever libyaml makes of tabs and escapes."""
    source, found = parse_source('{\n\t"a": "\\ud83d\\ude00\\/"\n}', name="a.yaml")
    assert source is not None

    assert (source.value, found) == ({"a": "😀/"}, ())


def test_a_flow_mapping_in_a_yaml_file_is_read_as_yaml() -> None:
    """What looks like JSON but is not falls back on YAML."""
    source, found = parse_source("{a: no, b: [1, ]} # comment", name="a.yaml")
    assert source is not None

    assert (source.value, found) == ({"a": "no", "b": [1]}, ())


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=15,
)


@given(st.dictionaries(st.text(max_size=4), JSON, max_size=4), st.sampled_from([None, 1, "\t"]), st.booleans())
def test_both_ways_of_reading_agree(value: dict[str, Any], indent: Any, ascii_only: bool) -> None:
    """The fast way and the one with positions build equal values."""
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    source, found = parse_source(text, name="a.json")
    assert source is not None

    assert found == ()
    assert source.value == scan_json(text, "a.json").root == value
    assert source.root_mark == scan_json(text, "a.json").root_mark
