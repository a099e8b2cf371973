"""After an edit, a build that may use all that earlier builds have kept gives what one without a past gives.

EDITS=number makes so many edits of each document, and takes real documents where they lie beside the checkout.
"""

from __future__ import annotations

import copy
import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from specloom.cli import specloom
from specloom.document import load_source
from tests.corpus.tolerating import CORPUS
from tests.regeneration.edits import edit

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.regeneration.edits import Document

EDITS = int(os.environ.get("EDITS") or 0)
CASES = Path(__file__).parents[1] / "cases"
SMALL = ("base_discriminator", "models_across_resources")
REAL = ("petstore3.yaml", "museum31.yaml", "train-travel31.yaml", "giphy.json", "spotify.yaml", "twilio-api.json")
CONFIGURATION = """\
[[tool.specloom.package]]
distribution = "edited"
documents = ["openapi.json"]
validation = "report"
"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build said, and what it left on disk."""

    code: int
    said: str
    tree: dict[str, bytes]


def documents() -> list[Path]:
    """Documents of cases, and where many edits are asked for, real ones."""
    real = [CORPUS / name for name in REAL if EDITS and (CORPUS / name).is_file()]
    return [*(CASES / name / "spec.yaml" for name in SMALL), *real]


def run_build(project: Path, monkeypatch: pytest.MonkeyPatch, *options: str) -> Outcome:
    """Build the one package of a project by the command."""
    monkeypatch.chdir(project)
    ended = CliRunner().invoke(specloom, ["build", *options])
    assert ended.exception is None or isinstance(ended.exception, SystemExit), ended.exception
    out = project / "generated" / "edited"
    tree = {one.relative_to(out).as_posix(): one.read_bytes() for one in sorted(out.rglob("*")) if one.is_file()}
    return Outcome(ended.exit_code, ended.stderr, tree)


def spoil(kept: Path, random: Random) -> None:
    """Do to what earlier builds have kept what disks, people and other versions do."""
    entries = sorted(kept.glob("**/*.json"))
    for one in random.sample(entries, min(len(entries), 2)):
        text = one.read_text(encoding="utf-8")
        others = [
            text[: len(text) // 2],
            "",
            "[]",
            text.replace("str", "int"),
            random.choice(entries).read_text("utf-8"),
        ]
        one.write_text(random.choice(others), encoding="utf-8")


@pytest.mark.parametrize("source", documents(), ids=lambda one: f"{one.parent.name}-{one.stem}")
def test_a_build_with_a_past_is_a_build_without(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, record_property: Callable[[str, object], None]
) -> None:
    """Byte for byte, and in what is said of the document."""
    warm, cold = tmp_path / "warm", tmp_path / "cold"
    for project in (warm, cold):
        project.mkdir()
        (project / "pyproject.toml").write_text(CONFIGURATION, encoding="utf-8")
    loaded, _ = load_source(source, name=source.name)
    assert loaded is not None
    current: Document = loaded.value
    random, made, tried = Random(source.name), 0, 0
    for _ in range((EDITS or 6) * 4):
        attempt = copy.deepcopy(current)
        done = edit(attempt, random) if made else "nothing yet"
        if not done or made > (EDITS or 6):
            continue
        text = json.dumps(attempt, indent=random.choice((1, 2, None)))
        for project in (warm, cold):
            (project / "openapi.json").write_text(text, encoding="utf-8")
        shutil.rmtree(cold / "generated", ignore_errors=True)
        if random.random() < 0.3:
            spoil(warm / ".specloom", random)
        tried += 1
        expected = run_build(cold, monkeypatch, "--no-cache")
        actual = run_build(warm, monkeypatch)

        assert (actual.code, actual.said) == (expected.code, expected.said), done
        if expected.code == 0:
            made, current = made + 1, attempt
            assert actual.tree == expected.tree, done
    record_property("tried", tried)
    assert made > (EDITS or 6) / 2
