"""Payloads as services may send them, for property tests."""

from __future__ import annotations

from hypothesis import strategies as st

JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats(allow_nan=False, allow_infinity=False)
    # Half characters have no JSON that parsers agree on.
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abcß", max_size=4), inner, max_size=3),
    max_leaves=8,
)
TIMES = st.from_regex(
    r"20[0-3][0-9]-0[1-9]-[01][1-9][T ][01][0-9]:[0-5][0-9](:[0-5][0-9](\.[0-9]{1,9})?)?(Z|[+-]0[0-9]:?[0-5][0-9])?",
    fullmatch=True,
)
STATUSES = st.sampled_from(["CREATED", "SUCCESS", "unheard of", "", "ß"])
INSTANCES = st.fixed_dictionaries(
    {"jobName": st.text(st.characters(exclude_categories=["Cs"]))},
    optional={
        "instanceId": st.none() | st.integers(-(2**70), 2**70),
        "started": st.none() | TIMES,
        "day": st.dates().map(str),
        "key": st.uuids().map(lambda key: str(key).upper()),
        "execute_time": st.integers() | st.floats(allow_nan=False, allow_infinity=False),
        "status": STATUSES | st.builds(lambda status, more: {"status": status, "more": more}, STATUSES, JSON_VALUES),
        "statuses": st.lists(STATUSES),
        "class": st.text("ab"),
        "forced": st.booleans(),
        "job_name": JSON_VALUES,
        "unknown": JSON_VALUES,
        "to_json": JSON_VALUES,
    },
)
HISTORIES = st.fixed_dictionaries({}, optional={"total": st.integers(), "jobs": st.lists(INSTANCES, max_size=3)})
