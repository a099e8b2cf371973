"""Names: whatever a document spells, what comes out is a name."""

from __future__ import annotations

import keyword
import unicodedata
from itertools import permutations
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from specloom.emit.paths import unportable_path
from specloom.python import names
from specloom.runtime import models

if TYPE_CHECKING:
    from collections.abc import Callable

SPELLINGS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["", "class", "None", "job-id", "jobId", "job_id", "JobId", "self", "1", "__class__", "\u202e", "½"]
    ),
    st.text(alphabet="aA1_- .", max_size=6),
)
CONVERSIONS = [
    names.field_name,
    names.parameter_name,
    names.client_parameter_name,
    names.method_name,
    names.module_name,
    names.resource_name,
    names.class_name,
    names.client_name,
    names.member_name,
    lambda text: names.resource_class_name(text, "Client"),
]


@pytest.mark.parametrize("convert", CONVERSIONS)
@given(text=SPELLINGS)
@example(text="𐩀")
@example(text="İ")
@example(text="x" * 200)
def test_every_spelling_becomes_an_identifier(convert: Callable[[str], str], text: str) -> None:
    """Of the form in which Python compares names, no keyword, and not private."""
    name = convert(text)

    assert name.isidentifier()
    assert not keyword.iskeyword(name)
    assert not name.startswith("_")
    assert unicodedata.normalize("NFKC", name) == name


@given(spellings=st.lists(SPELLINGS, max_size=8))
@example(spellings=["a b", "a-b", "a_b", f"a_b_{names.digest('a b')}"])
def test_different_spellings_get_different_names_whatever_their_order(spellings: list[str]) -> None:
    """Also where a spelling looks like a name that was made to tell two apart."""
    made = names.distinct(spellings, names.field_name)

    assert len(set(made.values())) == len(set(spellings))
    assert names.distinct(reversed(spellings), names.field_name) == made


@given(number=st.integers())
def test_a_number_is_a_member_with_a_name_of_its_own(number: int) -> None:
    """Its sign included."""
    assert names.member_name(number).isidentifier()
    assert names.member_name(number) != names.member_name(-number - 1)


@pytest.mark.parametrize(
    ("spelling", "field", "class_"),
    [
        ("jobId", "job_id", "JobId"),
        ("X-Request-ID", "x_request_id", "XRequestID"),
        ("HTTPServer2", "http_server2", "HTTPServer2"),
        ("3d", "n3d", "N3d"),
        ("gpt-3.5", "gpt_3_5", "Gpt3_5"),
        ("_links", "links", "Links"),
        ("class", "class_", "Class"),
        ("model_config", "model_config_", "ModelConfig"),
        ("@type", "type", "Type"),
        ("+", "plus_sign", "PlusSign"),
        ("größe", "größe", "Größe"),
    ],
)
def test_names_as_people_would_write_them(spelling: str, field: str, class_: str) -> None:
    """Words at changes of case; a trailing underscore where Python has the name."""
    assert (names.field_name(spelling), names.class_name(spelling)) == (field, class_)


@pytest.mark.parametrize(
    ("spellings", "made"),
    [
        (["jobId", "job_id", "name"], ["job_id_camel", "job_id", "name"]),
        (["job-id", "jobId", "job_id"], ["job_dash_id", "job_id_camel", "job_id"]),
        (["EndTime", "EndTime<", "EndTime>"], ["end_time", "end_time_less_than", "end_time_greater_than"]),
        (["job.id", "job-id"], ["job_dot_id", "job_id"]),
        (["asc", "ASC"], ["asc", "asc_upper"]),
    ],
)
def test_what_has_one_name_is_set_apart_by_its_spelling(spellings: list[str], made: list[str]) -> None:
    """A spelling that already is the name keeps it; others say their signs, then their case."""
    assert list(names.distinct(spellings, names.field_name).values()) == made


def test_what_nothing_sets_apart_gets_a_part_of_its_hash() -> None:
    """Spellings of which no sign has a name, and that are of one case."""
    made = names.distinct(["a b", "a,b", "a;b"], names.field_name)

    assert made == {"a b": "a_b", "a,b": "a_b_lower", "a;b": f"a_b_{names.digest('a;b')}"}


def test_names_that_somebody_chose_to_be_in_the_way_are_left_to_them() -> None:
    """Whatever looks like the hash of a spelling, in any length, is only one more name that is taken."""
    chosen = [f"a_b_{names.digest('a;b' + ' ' * again, 4 + 4 * again)}" for again in range(20)]
    made = names.distinct(["a b", "a,b", "a;b", *chosen], names.field_name)

    assert len(set(made.values())) == len(made)
    assert {one: made[one] for one in chosen} == {one: one for one in chosen}


@given(spellings=st.lists(SPELLINGS, min_size=1, max_size=8), data=st.data())
@example(spellings=["jobDetail", "Job-Detail"], data=None)
def test_an_addition_changes_no_name_of_a_higher_rank(spellings: list[str], data: st.DataObject | None) -> None:
    """Whatever is added, and however much: what goes before it keeps the name that it had."""
    added = "job_detail" if data is None else data.draw(SPELLINGS)
    before, after = (names.distinct(some, names.field_name) for some in (spellings, [added, *spellings]))
    changed = [one for one in spellings if before[one] != after[one]]

    assert all(_rank(one) > _rank(added) for one in changed)


def _rank(spelling: str) -> tuple[bool, int, int, str]:
    """As `generator/README.md` has it."""
    signs, capitals = sum(not one.isalnum() for one in spelling), sum(one.isupper() for one in spelling)
    return names.field_name(spelling) != spelling, signs, capitals, spelling


@pytest.mark.parametrize("order", [*permutations(["jobDetail", "JobDetail", "Job-Detail", "job detail"])])
def test_spellings_that_are_added_from_the_highest_rank_on_change_nothing(order: tuple[str, ...]) -> None:
    """In whatever order they stand; and what is its own name changes whatever has it."""
    ranked = ["jobDetail", "JobDetail", "job detail", "Job-Detail"]
    whole = names.distinct(order, names.field_name)

    for many in range(1, 5):
        assert names.distinct(ranked[:many], names.field_name) == {one: whole[one] for one in ranked[:many]}
    assert whole == {
        "jobDetail": "job_detail",
        "JobDetail": "job_detail_capital",
        "job detail": "job_detail_lower",
        "Job-Detail": "job_dash_detail",
    }


def test_a_client_and_its_resource_are_never_called_the_same() -> None:
    """Nor is a resource called as the asynchronous twin of another."""
    assert names.resource_class_name("jobs", "Jobs") == "JobsResource"
    assert names.resource_class_name("async_jobs", "Client") == "ResourceAsyncJobs"
    assert names.resource_class_name("async", "Client") == "ResourceAsync"
    assert names.resource_class_name("jobs", "AsyncJobs") == "JobsResource"
    assert names.client_name("Service") == "ServiceClient"
    assert names.client_name("SERVICE") == "SERVICEClient"


@pytest.mark.parametrize("convert", [names.module_name, names.resource_name])
@pytest.mark.parametrize("spelling", ["aux", "CON", "prn", "NUL", "com-1", "lpt9", "㐀" * 200, "𠀀" * 200, "é" * 200])
def test_a_module_can_be_a_file_on_every_system(convert: Callable[[str], str], spelling: str) -> None:
    """No device of Windows, and no more bytes than a name of a file may have."""
    assert unportable_path(f"{convert(spelling)}.py") == ""


@given(
    one=st.text(alphabet="aé㐀", min_size=150, max_size=300), other=st.text(alphabet="aé㐀", min_size=150, max_size=300)
)
def test_a_name_of_a_file_is_cut_to_what_every_system_takes(one: str, other: str) -> None:
    """Two that begin alike stay two; short ones stay as they are."""
    assert len(names.file_name(one).encode()) <= names.MAX_FILE_NAME
    assert (names.file_name(one) == names.file_name(other)) == (one == other)
    assert names.file_name(one[:50]) == one[:50]


@pytest.mark.parametrize(
    ("spelling", "made"),
    [
        ("", "empty"),
        ("+-", "plus_sign_hyphen_minus"),
        ("+" * 9, "_".join(["plus_sign"] * 8)),
        ("\x00", "u0000"),
        ("\ud800", "ud800"),
    ],
)
def test_a_spelling_without_words_is_called_by_its_signs(spelling: str, made: str) -> None:
    """The first eight of them, by their numbers where they have no names."""
    assert names.snake(spelling) == made
    assert names.pascal(spelling) == "".join(one.capitalize() for one in made.split("_"))


def test_a_name_is_cut_where_it_has_more_than_80_characters() -> None:
    """And gets a part of its hash, in its own style, never behind two underscores."""
    longest, longer, marked = "a" * 80, "a" * 81, f"{'a' * 74}_{'b' * 10}"
    cut = names.digest(longer)

    assert (names.snake(longest), names.pascal(longest)) == (longest, f"A{longest[1:]}")
    assert names.snake(longer) == f"{'a' * 75}_{cut}"
    assert names.pascal(longer) == f"A{'a' * 74}{cut.upper()}"
    assert names.upper(longer) == f"{'A' * 75}_{cut.upper()}"
    assert names.snake(marked) == f"{'a' * 74}_{names.digest(marked)}"
    assert names.snake("\ufb01" * 40) == "fi" * 40


def test_a_name_of_a_file_is_cut_where_it_has_more_than_200_bytes() -> None:
    """Between letters, and gets more of its hash."""
    longer, marked = "é" * 100 + "a", f"{'a' * 190}_{'b' * 20}"

    assert names.file_name("é" * 100) == "é" * 100
    assert names.file_name(longer) == f"{'é' * 95}_{names.digest(longer, 8)}"
    assert names.file_name(marked) == f"{'a' * 190}_{names.digest(marked, 8)}"
    assert len(names.file_name("a" * 300).encode()) == names.MAX_FILE_NAME


def test_a_hash_is_that_of_its_spelling() -> None:
    """The beginning of SHA-256, of halves of pairs as well."""
    assert names.digest("a") == "ca97"
    assert names.digest("a", 8) == "ca978112"
    assert names.digest("\ud800", 8) == "91a681b9"


def test_capitals_are_of_the_form_in_which_python_compares_names() -> None:
    """Also where a capital is several letters, or one and a sign."""
    assert names.upper("straße") == "STRASSE"
    assert names.upper("\u0149a") == "\u02bcNA"


@pytest.mark.parametrize(
    ("name", "is_it"), [("a", True), ("größe", True), ("class", False), ("a-b", False), ("1", False)]
)
def test_an_attribute_is_a_name_and_no_keyword(name: str, is_it: bool) -> None:
    """Else it cannot be written after a point."""
    assert names.is_attribute(name) is is_it


@pytest.mark.parametrize(
    ("value", "made"),
    [
        (0, "VALUE_0"),
        (20, "VALUE_20"),
        (-1, "MINUS_1"),
        ("asc", "ASC"),
        ("-asc", "MINUS_ASC"),
        ("+asc", "PLUS_ASC"),
        ("asc-1", "ASC_1"),
        ("+", "PLUS_SIGN"),
        ("-", "HYPHEN_MINUS"),
        ("1.5", "VALUE_1_5"),
        ("3d", "VALUE_3D"),
        ("_1", "VALUE_1"),
        ("é1", "É1"),
        ("", "EMPTY"),
        ("mro", "MRO_"),
        ("type_checking", "TYPE_CHECKING_"),
    ],
)
def test_a_member_is_called_by_its_value(value: str | int, made: str) -> None:
    """With its sign, and beside what its class or its module has."""
    assert names.member_name(value) == made


def test_members_are_called_as_the_document_says() -> None:
    """Where it does, and by their values where it calls two alike; else by what sets their values apart."""
    assert names.member_names({1: "", -1: "", 2: "two"}) == {1: "VALUE_1", -1: "MINUS_1", 2: "TWO"}
    assert names.member_names({"a": "", "A": "", "b": "Bee"}) == {"a": "A_LOWER", "A": "A", "b": "BEE"}
    assert names.member_names({"a b": "", "a,b": "", "a;b": ""}) == {
        "a b": "A_B",
        "a,b": "A_B_LOWER",
        "a;b": f"A_B_{names.digest('a;b').upper()}",
    }


@pytest.mark.parametrize(
    ("sign", "word"),
    [
        *(("!", "not"), ("#", "hash"), ("$", "dollar"), ("%", "percent"), ("&", "and"), ("*", "star"), ("+", "plus")),
        *((".", "dot"), ("/", "slash"), (":", "colon"), ("<", "less_than"), ("=", "equals"), (">", "greater_than")),
        *(("@", "at"), ("~", "tilde"), ("-", "dash")),
    ],
)
def test_a_sign_is_called_by_its_name_where_nothing_else_sets_apart(sign: str, word: str) -> None:
    """As people read it."""
    plain, signed = "a_b", f"a{sign}b"

    assert names.distinct([signed, plain], names.field_name) == {signed: f"a_{word}_b", plain: "a_b"}


@pytest.mark.parametrize(
    ("spellings", "made"),
    [
        # Hyphens last: they are signs of words more often than not.
        (["a-b", "a-b<"], ["a_b", "a_b_less_than"]),
        (["a-b", "a<b", "a-b<", "a_b_less_than"], ["a_b", "a_less_than_b", "a_dash_b_less_than", "a_b_less_than"]),
        (["aB", "AB", "ab", "Ab"], ["a_b", "ab_upper", "ab", "ab_capital"]),
        (["a_b", "aB"], ["a_b", "a_b_camel"]),
        # Neither has a case.
        (["1 2", "1,2"], ["n1_2", "n1_2_17f8"]),
    ],
)
def test_a_spelling_says_its_signs_then_its_case(spellings: list[str], made: list[str]) -> None:
    """The first of its names that is free."""
    assert list(names.distinct(spellings, names.field_name).values()) == made


def test_each_has_the_first_of_its_names_that_no_other_could_have() -> None:
    """The last, where there is none such; what is taken is nobody's."""
    assert names.choose({"x": ["a", "b"], "y": ["a", "c"]}) == {"x": "b", "y": "c"}
    assert names.choose({"x": ["a", "a"], "y": ["b"]}) == {"x": "a", "y": "b"}
    assert names.choose({"x": ["a", "b", "c"]}, ["a", "a", "b"]) == {"x": "c"}
    assert names.choose({"x": ["a"], "y": ["a"]}, ["b"]) == {"x": "a", "y": "a"}


def test_names_that_are_alike_still_are_told_apart_by_hashes() -> None:
    """Longer ones where somebody chose what looks like one; a spelling that is its own name keeps it."""
    a, b = names.digest("a", 8).upper(), names.digest("b", 8).upper()

    assert names.told_apart({"a": "X", "b": "X"}, names.mark_pascal) == {"a": f"X{a[:4]}", "b": f"X{b[:4]}"}
    assert names.told_apart({"X": "X", "b": "X"}, names.mark_pascal) == {"X": "X", "b": f"X{b[:4]}"}
    assert names.told_apart({"a": "X", "b": "Y"}, names.mark_pascal, ["X"]) == {"a": f"X{a[:4]}", "b": "Y"}
    assert names.told_apart({"a": "X", "b": "X", "c": f"X{a[:4]}"}, names.mark_pascal) == {
        "a": f"X{a}",
        "b": f"X{b}",
        "c": f"X{a[:4]}",
    }
    assert names.told_apart({"a": "X"}, names.mark_snake, ["X", f"X_{a[:4].lower()}"]) == {"a": f"X_{a.lower()}"}


def test_no_model_is_called_as_what_modules_of_models_import() -> None:
    """Whatever the runtime offers them."""
    offered = {one for one in models.__all__ if one[0].isupper()}

    assert offered <= names.CLASSES
