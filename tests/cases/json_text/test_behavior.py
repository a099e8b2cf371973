"""JSON within JSON within JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.cases.service import Service

if TYPE_CHECKING:
    from types import ModuleType

INNER = '{ "step" : "1" }'
MIDDLE = json.dumps({"rows": [{"runningData": INNER}]}, indent=3)


def test_the_bottom_is_typed_and_the_text_goes_back_byte_for_byte(package: ModuleType) -> None:
    """White space within the strings is kept."""
    with Service({"body": MIDDLE}).client(package, "JSONText") as client:
        task = client.tasks.get_task()

    assert task.body.rows[0].running_data.step == "1"
    assert json.loads(task.to_json()) == {"body": MIDDLE}


def test_a_change_at_the_bottom_is_written(package: ModuleType) -> None:
    """A kept text never outlives its value."""
    with Service({"body": MIDDLE}).client(package, "JSONText") as client:
        task = client.tasks.get_task()
    task.body.rows[0].running_data.step = "2"
    written = json.loads(json.loads(task.to_json())["body"])

    assert json.loads(written["rows"][0]["runningData"]) == {"step": "2"}
