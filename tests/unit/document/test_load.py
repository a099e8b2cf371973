"""YAML files become plain values by the rules of YAML 1.2."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from specloom.document import load as load_module
from specloom.document import load_source, parse_source
from specloom.document.source import Source

if TYPE_CHECKING:
    from pathlib import Path


def read(text: str) -> Any:
    """Read a text that has no fault."""
    source, found = parse_source(text, name="a.yaml")
    assert found == ()
    assert source is not None
    return source.value


def faults(text: str, name: str = "a.yaml") -> list[str]:
    """Read a text and print what is wrong with it."""
    return [str(one) for one in parse_source(text, name=name)[1]]


@pytest.mark.parametrize(
    "text", ["no", "yes", "on", "off", "NO", "1:30", "2020-01-01", "1_000", "0b1", "0o8", "0x", "12e", "nUll", "=", "+"]
)
def test_what_only_yaml_1_1_takes_for_something_else_stays_text(text: str) -> None:
    """Enumerations, times and dates keep the spelling that the author gave them."""
    assert read(f"a: {text}") == {"a": text}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("010", 10),
        ("0o17", 15),
        ("0x1F", 31),
        ("-0", 0),
        ("+12", 12),
        ("1e3", 1000.0),
        (".5", 0.5),
        ("5.", 5.0),
        ("-1.5e+3", -1500.0),
        ("true", True),
        ("FALSE", False),
        ("~", None),
        ("null", None),
        ("", None),
        ('"3"', "3"),
        ("'true'", "true"),
        ('""', ""),
        ("|-\n  3", "3"),
    ],
)
def test_plain_scalars_follow_the_core_schema(text: str, value: Any) -> None:
    """Numbers, booleans and null are read unquoted; what is quoted is text."""
    got = read(f"a: {text}\n")["a"]

    assert (got, type(got)) == (value, type(value))


def test_keys_are_always_texts() -> None:
    """A status code as a key needs no quotes, and a null is spelled as it was written."""
    assert list(read("200: a\ntrue: b\n~: c\n1.0: d\n0x10: e\n")) == ["200", "true", "~", "1.0", "0x10"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("!!str 3", "3"),
        ("!!int '0x1F'", 31),
        ("!!float 1", 1.0),
        ("!!bool 'true'", True),
        ("!!null ''", None),
        ("!!map {}", {}),
        ("!!seq []", []),
        ("! 3", "3"),
    ],
)
def test_core_tags_are_honoured(text: str, value: Any) -> None:
    """A tag of the core schema decides over the spelling."""
    got = read(f"a: {text}")["a"]

    assert (got, type(got)) == (value, type(value))


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a: !foo 1", "1:4: SL110 the tag `!foo` is not one of the YAML core tags"),
        ("a: !!binary aGk=", "1:4: SL110 the tag `!!binary` is not one of the YAML core tags"),
        (
            "a: !!python/name:os.system ''",
            "1:4: SL110 the tag `!!python/name:os.system` is not one of the YAML core tags",
        ),
        ("a: !!map []", "1:4: SL110 the tag `!!map` is not one of the YAML core tags"),
        ("!foo a: 1", "1:1: SL110 the tag `!foo` is not one of the YAML core tags"),
        ("a: !!int abc", "1:4: SL111 the value `abc` does not fit its tag `!!int`"),
        ("a: !!bool yes", "1:4: SL111 the value `yes` does not fit its tag `!!bool`"),
        ("a: .inf", "1:4: SL112 the number `.inf` is not finite"),
        ("a: -.INF", "1:4: SL112 the number `-.INF` is not finite"),
        ("a: .nan", "1:4: SL112 the number `.nan` is not finite"),
        ("a: 1e999", "1:4: SL112 the number `1e999` is not finite"),
        ("a: !!float .inf", "1:4: SL112 the number `.inf` is not finite"),
        ("a: " + "9" * 601, "1:4: SL113 the number has more than 600 digits"),
        ("a: !!int " + "9" * 601, "1:4: SL113 the number has more than 600 digits"),
        ("a: 1.0" + "0" * 601, "1:4: SL113 the number has more than 600 digits"),
        ("a: 0x" + "f" * 601, "1:4: SL113 the number has more than 600 digits"),
        ("{a: 1}: 2", "1:1: SL108 the key is not a text"),
        ("? [a]\n: 2", "1:3: SL108 the key is not a text"),
        ("a: &k {x: 1}\n*k : 3", "2:1: SL108 the key is not a text"),
        ("a: &x {b: 1}\nc:\n  <<: *x", "3:3: SL109 `<<` is a merge key"),
        ("a: 1\nb: 2\na: 3", "3:1: SL107 the key `a` already stands at line 1"),
        ("200: 1\n'200': 2", "2:1: SL107 the key `200` already stands at line 1"),
        ("a: *b", "1:4: SL115 the alias `*b` names no anchor above it"),
        ("a: &a [*a]", "1:8: SL115 the anchor `&a` contains itself"),
        ("a: 1\n---\nb: 2", "2:1: SL117 a second document starts here"),
        ("a: b: c", "1:5: SL104 the file is not YAML: mapping values are not allowed in this context"),
        ("[a, b]", "1:1: SL106 the top level of the file is not a mapping"),
        ("just text", "1:1: SL106 the top level of the file is not a mapping"),
        ("", "1:1: SL105 the file is empty"),
        ("# nothing but a comment", "1:1: SL105 the file is empty"),
        ("a: \ud800", "1:4: SL118 the text holds half of a surrogate pair"),
    ],
)
def test_a_fault_is_reported_at_its_place(text: str, fault: str) -> None:
    """Each fault of a file has a code, a line and a column."""
    assert faults(text) == [f"a.yaml:{fault}"]


def test_a_tab_as_indentation_is_reported_at_its_place() -> None:
    """A tab is a syntax error, with the words of the parser."""
    assert [one.partition(" the file")[0] for one in faults("a:\n\tb: 1")] == ["a.yaml:2:1: SL104"]


def test_a_control_character_is_reported_at_its_place() -> None:
    """A character that YAML forbids is one diagnostic where it stands."""
    assert faults('a: 1\nb: "é\x07"') == ["a.yaml:2:6: SL104 the file is not YAML: control characters are not allowed"]


def test_several_faults_are_reported_at_once() -> None:
    """What does not end the reading is collected, and the source comes along."""
    source, found = parse_source("a: .inf\nb: !x 1\nc: 1\nc: 2\n", name="a.yaml")

    assert [one.code for one in found] == ["SL112", "SL110", "SL107"]
    assert source is not None


def test_a_quoted_merge_key_is_data() -> None:
    """Only the unquoted `<<` looks like a merge."""
    assert read('a: {"<<": 1}') == {"a": {"<<": 1}}


def test_an_alias_stands_for_the_value_of_its_anchor() -> None:
    """Aliases give the same value again, as keys their text; an anchor can be set anew."""
    assert read("a: &x {b: 010}\nc: *x\nd: &x 010\ne: *x\n") == {"a": {"b": 10}, "c": {"b": 10}, "d": 10, "e": 10}
    assert read("a: &k 010\n*k : 3") == {"a": 10, "010": 3}


def test_directives_and_end_marks_are_accepted() -> None:
    """A file may say which YAML it is and where it ends."""
    assert read("%YAML 1.2\n---\na: no\n...\n") == {"a": "no"}


def test_every_key_and_every_value_has_its_place() -> None:
    """Lines and columns count from 1, columns in characters."""
    source, _ = parse_source("é: 1\nb:\n  - x\n  - {c: 😀, d: 2}\n", name="a.yaml")
    assert source is not None

    assert str(source.location("/é")) == "a.yaml:1:4"
    assert str(source.key_location("/b")) == "a.yaml:2:1"
    assert str(source.location("/b")) == "a.yaml:3:3"
    assert str(source.location("/b/1")) == "a.yaml:4:5"
    assert str(source.key_location("/b/1")) == "a.yaml:4:5"
    assert str(source.key_location("/b/1/d")) == "a.yaml:4:12"
    assert str(source.location("/b/1/d")) == "a.yaml:4:15"
    assert source.location("/b/1/d").pointer == "/b/1/d"


@pytest.mark.parametrize("pointer", ["/b/7", "/b/x", "/b/0/deeper", "/b/" + "9" * 400])
def test_a_pointer_to_nothing_has_the_place_of_what_is_above(pointer: str) -> None:
    """A message about something that is missing stands at what lacks it."""
    source, _ = parse_source("a: 1\nb:\n- x\n", name="a.yaml")
    assert source is not None

    assert source.location(pointer).line == 3


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_whatever_ends_them(end: str) -> None:
    """Line feeds, carriage returns and both together end one line."""
    source, _ = parse_source(end.join(("a: 1", "b:", "  c: 1", "")), name="a.yaml")
    assert source is not None

    assert str(source.key_location("/b/c")) == "a.yaml:3:3"
    assert source.line(3) == "  c: 1"


def test_a_line_separator_within_a_text_ends_no_line() -> None:
    """Editors do not count U+2028 as a line, and neither do messages."""
    source, _ = parse_source('a: "x\u2028y"\nb: 1\n', name="a.yaml")
    assert source is not None

    assert source.key_location("/b").line == 2


def test_what_an_alias_shares_has_its_place_at_the_anchor() -> None:
    """The alias has a place of its own, what is in it stands where it was written."""
    source, _ = parse_source("a: &x\n  b: 1\nc: *x\n", name="a.yaml")
    assert source is not None

    assert source.location("/c").line == 3
    assert source.location("/c/b").line == 2


def test_the_parser_in_python_reads_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where PyYAML came without libyaml, values and places are the same."""
    text = "é: &x [no, 010, 'q', ! 3, |\n  block\n]\nb: *x\n200: {k: .5}\n".replace("|\n  block\n", "")
    fast, _ = parse_source(text, name="a.yaml")
    monkeypatch.setattr(load_module, "_parser", load_module._PythonParser)
    slow, found = parse_source(text, name="a.yaml")

    assert found == ()
    assert isinstance(fast, Source)
    assert isinstance(slow, Source)
    assert (slow.value, slow.location("/200/k")) == (fast.value, fast.location("/200/k"))


@pytest.mark.parametrize(
    "text", ["a: [", "a: b: c", "a: \t- 1", 'b: "é\x07"', "%YAML 2.0\n---\na: 1", "a: *b", "? [a]"]
)
def test_the_parser_in_python_reports_faults_too(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Faults of either parser become diagnostics."""
    monkeypatch.setattr(load_module, "_parser", load_module._PythonParser)

    assert len(faults(text)) == 1


@given(st.text(max_size=60))
def test_no_text_raises(text: str) -> None:
    """Whatever the text, the answer is a source or a diagnostic."""
    for name in ("a.yaml", "a.json"):
        source, found = parse_source(text, name=name)

        assert source is not None or found


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=12,
)


@given(st.dictionaries(st.text(max_size=5), VALUES, min_size=1, max_size=4))
def test_what_was_written_as_yaml_is_read_back(value: dict[str, Any]) -> None:
    """Values that PyYAML writes, every text quoted, come back equal, and each has a place."""
    text = yaml.safe_dump(value, default_style='"', allow_unicode=False, width=10_000)
    plain = yaml.safe_load(text)
    source, found = parse_source(text, name="a.yaml")

    assert [one for one in found if one.code not in ("SL104",)] == []
    if source is not None:
        assert source.value == {str(key): held for key, held in plain.items()}


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("utf-8", []),
        ("utf-8-sig", ["a.yaml:1:1: SL120 the file begins with a byte order mark"]),
        ("utf-16", ["a.yaml:1:1: SL120 the file is text in UTF-16"]),
    ],
)
@pytest.mark.parametrize("name", ["a.yaml", "a.json"])
def test_a_file_is_utf_8_without_a_mark(encoding: str, said: list[str], name: str, tmp_path: Path) -> None:
    """A byte order mark is a fault, and no part of the text, which is read all the same."""
    path = tmp_path / "a"
    path.write_bytes('{"é": 1, "b": 2}'.encode(encoding))
    source, found = load_source(path, name=name)

    assert [str(one) for one in found] == [one.replace("a.yaml", name) for one in said]
    assert source is not None
    assert source.value == {"é": 1, "b": 2}
    assert str(source.location("/é")) == f"{name}:1:7"


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("a: 1\nb: é".encode("latin-1"), "2:4: SL103 the file is not text in UTF-8"),
        ("a: 1".encode("utf-16-le"), "1:2: SL103 the file is not text: it holds a zero byte"),
        (b"\xff\xfea\x00b", "1:2: SL103 the file is not text in UTF-16"),
        (b"\x89PNG\r\n\x1a\n\x00", "1:1: SL103 the file is not text in UTF-8"),
        (b"", "1:1: SL105 the file is empty"),
    ],
)
def test_a_file_that_is_not_text_is_reported(content: bytes, fault: str, tmp_path: Path) -> None:
    """Bytes that are no text are named with their place."""
    path = tmp_path / "a.yaml"
    path.write_bytes(content)

    assert [str(one) for one in load_source(path, name="a.yaml")[1]] == [f"a.yaml:{fault}"]


def test_a_path_that_is_no_file_is_reported(tmp_path: Path) -> None:
    """Folders, devices and missing files are diagnostics, and nothing is read from them."""
    for path, message in (
        (tmp_path, "the path is not a regular file"),
        (tmp_path / "missing", "the file cannot be read: no such file or directory"),
    ):
        source, found = load_source(path, name="a.yaml")

        assert source is None
        assert [str(one) for one in found] == [f"a.yaml:1:1: SL101 {message}"]


def test_a_file_beyond_the_bound_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file larger than the bound is not read into values."""
    monkeypatch.setattr(load_module, "MAX_BYTES", 3)
    (tmp_path / "a.yaml").write_text("a: 1")

    assert [one.code for one in load_source(tmp_path / "a.yaml", name="a.yaml")[1]] == ["SL102"]


def test_numbers_stay_finite_and_texts_stay_texts_under_any_locale() -> None:
    """A number is read by the core schema alone."""
    assert math.isclose(read("a: 1.25")["a"], 1.25)
