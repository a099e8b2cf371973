"""JSON inside texts, through every level."""

from __future__ import annotations

import copy
import json
import pickle
from typing import Annotated, Any

import pydantic
import pytest
from hypothesis import given
from hypothesis import strategies as st

from specloom.runtime.models import JsonText, Model, StandsFor
from tests.runtime.sample.models import Envelope, JobStatus, Row, RowsBody, RunningData
from tests.runtime.strategies import JSON_VALUES


class Holder(Model):
    """Texts that hold values of all kinds."""

    items: JsonText[list[int]] | None = None
    mapping: JsonText[dict[str, Any]] | None = None
    text: JsonText[str] | None = None
    count: JsonText[int] | None = None
    ratio: JsonText[int | float] | None = None
    flag: JsonText[bool] | None = None
    anything: JsonText[Any] = None
    many: list[JsonText[list[int]]] | None = None
    status: JsonText[Annotated[JobStatus, StandsFor("status")]] | None = None


RUNNING = st.fixed_dictionaries(
    {}, optional={"currentStep": st.text('1 \n"\\ß'), "retry": st.none() | st.integers(), "more": JSON_VALUES}
)
INDENTS = st.sampled_from([None, 0, 2, "\t"])


def text_of(value: Any, indent: Any) -> str:
    """JSON as some service may write it."""
    return json.dumps(value, indent=indent, ensure_ascii=indent is None)


ROWS = st.fixed_dictionaries(
    {"rowId": st.integers()},
    optional={
        "runningData": st.none() | st.builds(text_of, RUNNING, INDENTS),
        "params": st.builds(text_of, st.dictionaries(st.text("ab"), JSON_VALUES, max_size=2), INDENTS),
        "startedAt": st.just("2023-05-27T10:04:35.743+0800"),
        "row_id": JSON_VALUES,
    },
)
BODIES = st.fixed_dictionaries({"rows": st.lists(ROWS, max_size=3)}, optional={"msg": st.text("ab"), "x": JSON_VALUES})
ENVELOPES = st.builds(
    lambda body, indent, code: {"status_code": code, "body": text_of(body, indent)}, BODIES, INDENTS, st.integers()
)


@given(ENVELOPES)
def test_untouched_text_goes_back_byte_for_byte(payload: dict[str, Any]) -> None:
    """Blanks, order, escapes: three levels of text are exactly as they came."""
    envelope = Envelope.from_json(json.dumps(payload))

    assert json.loads(envelope.to_json()) == payload
    assert copy.deepcopy(envelope).to_dict() == payload
    assert pickle.loads(pickle.dumps(envelope)).to_dict() == payload  # noqa: S301


@given(ENVELOPES, st.data())
def test_touched_text_is_fresh_and_the_rest_is_kept(payload: dict[str, Any], data: st.DataObject) -> None:
    """A change at any level is what is written, at each level above it; the other rows keep their texts."""
    envelope = Envelope.from_json(json.dumps(payload))
    wanted = json.loads(payload["body"])
    assert envelope.body is not None
    touched = data.draw(st.integers(0, len(wanted["rows"])))
    if touched == len(wanted["rows"]):
        envelope.body.rows.append(Row(row_id=5, running_data=RunningData(step="new")))
        wanted["rows"].append({"rowId": 5, "runningData": '{"currentStep":"new"}'})
    else:
        row = envelope.body.rows[touched]
        row.running_data = RunningData(retry=None, step="new")
        wanted["rows"][touched]["runningData"] = row.to_dict()["runningData"]
        assert json.loads(wanted["rows"][touched]["runningData"]) == {"currentStep": "new", "retry": None}

    assert json.loads(envelope.to_dict()["body"]) == wanted


def test_a_change_deep_inside_makes_each_text_above_it_fresh() -> None:
    """The innermost model is changed in place; nothing was assigned to the levels above."""
    running = '{ "currentStep": "1", "extra": 1.0 }'
    body = json.dumps({"rows": [{"rowId": 1, "runningData": running}]}, indent=1)
    envelope = Envelope.from_json(json.dumps({"body": body}))
    assert envelope.body is not None
    first = envelope.body.rows[0].running_data
    assert first is not None
    first.step = "2"

    assert envelope.to_dict() == {
        "body": '{"rows":[{"rowId":1,"runningData":"{\\"currentStep\\":\\"2\\",\\"extra\\":1.0}"}]}'
    }
    first.step = "1"
    assert envelope.to_dict() == {"body": body}


@pytest.mark.parametrize(
    "touch",
    [
        lambda row: setattr(row.running_data, "retry", None),
        lambda row: setattr(row.running_data, "more", 1),
        lambda row: row.running_data.model_extra.clear(),
        lambda row: delattr(row.running_data, "step"),
        lambda row: row.params.update(a=1.0),
        lambda row: row.params.update(a=True),
        lambda row: row.params["b"].append(None),
    ],
)
def test_the_smallest_change_is_a_change(touch: Any) -> None:
    """Null for absent, a further member, a lost one, 1.0 for 1: none of them is written as the old text."""
    text = json.dumps({"rowId": 1, "runningData": '{"currentStep": "1", "extra": 0}', "params": '{"a": 1, "b": []}'})
    row = Row.from_json(text)
    touch(row)

    assert row.to_dict() != json.loads(text)


@pytest.mark.parametrize(
    ("member", "text", "value"),
    [
        ("items", "[1,  2]", [1, 2]),
        ("mapping", '{"a" : 1}', {"a": 1}),
        ("text", ' "a\\u0062"', "ab"),
        ("count", " 7 ", 7),
        ("ratio", "1.50", 1.5),
        ("anything", "[ ]", []),
        ("status", '{"status": "NEW",  "more": [1]}', "NEW"),
    ],
)
def test_values_of_all_kinds_carry_their_text(member: str, text: str, value: object) -> None:
    """Lists, mappings, texts and numbers are ordinary values that know the text they came as."""
    payload = {member: text}
    holder = Holder.from_json(json.dumps(payload))

    assert getattr(holder, member) == value
    assert holder.to_dict() == payload
    assert copy.deepcopy(holder).to_dict() == payload
    assert pickle.loads(pickle.dumps(holder)).to_dict() == payload  # noqa: S301


def test_a_list_of_texts_keeps_each_of_them() -> None:
    """Only the one that was changed is fresh."""
    holder = Holder.from_json('{"many": ["[1,  2]", "[3,  4]"]}')
    assert holder.many is not None
    holder.many[1].append(5)

    assert holder.to_dict() == {"many": ["[1,  2]", "[3,4,5]"]}


def test_a_boolean_is_always_written_fresh() -> None:
    """`bool` cannot carry a text: the known limit, which only blanks can show."""
    assert Holder.from_json('{"flag": " true "}').to_dict() == {"flag": "true"}


def test_a_value_built_in_python_is_written_as_compact_json() -> None:
    """A field takes its type from Python, at every level, and writes text by wire names."""
    envelope = Envelope(body=RowsBody(rows=[Row(row_id=1, running_data=RunningData(step="ß"))]))

    assert envelope.to_dict() == {"body": '{"rows":[{"rowId":1,"runningData":"{\\"currentStep\\":\\"ß\\"}"}]}'}


@pytest.mark.parametrize(
    ("text", "location"),
    [
        ('{"body": {"rows": []}}', ("body",)),
        ('{"body": "{\\"rows\\": [{}]}"}', ("body", "rows", 0, "rowId")),
        ('{"body": "{\\"rows\\": [{\\"row_id\\": 1}]}"}', ("body", "rows", 0, "rowId")),
        ('{"body": "no JSON"}', ("body",)),
        ('{"body": ""}', ("body",)),
    ],
)
def test_a_text_that_does_not_fit_is_refused_where_the_fault_is(text: str, location: tuple[object, ...]) -> None:
    """Faults inside the text have the place in the text behind the place of the text."""
    with pytest.raises(pydantic.ValidationError) as caught:
        Envelope.from_json(text)

    assert caught.value.errors()[0]["loc"][: len(location)] == location
