"""Whatever a document is: a package that compiles, imports and passes the guard, or diagnostics with a place.

This is a slice of what `make fuzz` tries, the same documents on every run. What it found once stands in `found/`.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from tests.fuzz import examine as examining
from tests.fuzz.documents import examples
from tests.fuzz.examine import Example, Verdict, examine, smallest
from tests.fuzz.mutations import BASES, CORPUS, real_documents

FOUND = sorted(Path(__file__).with_name("found").glob("*.json"))
A_SLICE = settings(max_examples=40, suppress_health_check=list(HealthCheck))


@A_SLICE
@given(examples())
def test_a_document_that_is_made_up(example: Example) -> None:
    """Of every version, with everything that a document may have."""
    verdict = examine(example)

    assert verdict.kind in {"built", "refused"}, f"{verdict.said}\n{example}"


@A_SLICE
@given(examples(BASES))
def test_a_real_document_with_changes(example: Example) -> None:
    """Of the cases, and of others where they are there."""
    verdict = examine(example)

    assert verdict.kind in {"built", "refused"}, f"{verdict.said}\n{example}"


def test_documents_of_others_are_changed_too() -> None:
    """Where there are none, this says that only those of the cases were."""
    if not CORPUS.is_dir():
        pytest.skip("no corpus of real documents beside this checkout: only the cases are changed")

    assert any(one.is_relative_to(CORPUS) for one in real_documents())


@pytest.mark.parametrize("file", FOUND, ids=[one.stem for one in FOUND])
def test_what_was_found_once(file: Path) -> None:
    """The document comes to what it has to come to, which its file says."""
    kept = json.loads(file.read_text(encoding="utf-8"))
    verdict = examine(Example(**kept["example"]))

    assert (verdict.kind, verdict.said) == (kept["kind"], "")


# -- that a finding would be found ------------------------------------------------------------------------------------


def verdict_of(program: str, monkeypatch: pytest.MonkeyPatch) -> Verdict:
    """What is said of a document while each build runs a program."""
    examining.prepare()
    build = examining.build

    def faulty(*given: object) -> object:
        made = build(*given)  # type: ignore[arg-type]
        scope = {"made": made, "files": made.files, "folder": given[1]}
        exec(program, scope)  # noqa: S102  (programs of this test)
        return scope["made"]

    monkeypatch.setattr(examining, "build", faulty)
    monkeypatch.setattr(examining, "SECONDS", 3)
    return examine(Example(files={"openapi.json": json.dumps(smallest("3.1.0"))}))


@pytest.mark.parametrize(
    ("program", "said"),
    [
        ("raise KeyError('x')", "KeyError: 'x'"),
        ("while True: pass", "more than 3 seconds"),
        ("import os; os._exit(3)", "the process died"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "the process died"),
        ("held = bytearray(10**10)", "MemoryError"),
        ("files['../outside.py'] = ''", "Refusal"),
        ("(folder / 'outside.txt').write_text('x')", "outside.txt"),
        ("files['tests/EXCHANGE.py'] = ''", "EXCHANGE"),
        ("files['src/fuzzed/broken.py'] = 'return'", "SyntaxError"),
        ("files['src/fuzzed/broken.py'] = 'import fuzzed.missing'", "ModuleNotFoundError"),
        ("files.clear()", "nothing is built, and nothing said"),
        ("def down(): down()\ndown()", "RecursionError"),
    ],
)
def test_a_finding_is_found(program: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A traceback, a hang, a process that dies, a file elsewhere, a module that cannot be imported."""
    verdict = verdict_of(program, monkeypatch)

    assert verdict.kind == "finding"
    assert said in verdict.said


def test_what_is_built_is_used() -> None:
    """And what is refused is refused with codes."""
    built = examine(Example(files={"openapi.json": json.dumps(smallest("3.0.3"))}))
    refused = examine(Example(files={"openapi.json": "{"}))

    assert built == Verdict(kind="built", operations=1)
    assert (refused.kind, bool(refused.codes)) == ("refused", True)
