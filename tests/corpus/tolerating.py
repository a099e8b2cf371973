"""Single changes of the answers of real documents, decoded by the packages that are built from these documents.

`python -m tests.corpus.tolerating DOCUMENT...` tries every change and prints a row for each document;
without one, it tries the ten documents below.
"""

from __future__ import annotations

import importlib
import json
import pkgutil
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from specloom.diagnostics import has_errors
from specloom.document import load_document
from specloom.document.grammar import Kind
from specloom.emit import write_tree
from specloom.lint.dialect import Direction
from specloom.lint.fit import Fit
from specloom.lint.survey import survey_documents
from specloom.lower import lower
from specloom.pipeline import build
from specloom.runtime.pointers import resolve
from specloom.settings import settings_for
from specloom.synthesis import synthesise
from tests.client.mutations import mutations, pointer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from specloom.document.document import Document, Node
    from specloom.model import Api, MediaType, Schema

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
"""Documents to try; none of them is part of this project."""

DOCUMENTS = {
    "asana.json": (167, 400),
    "giphy.json": (10, 100),
    "gitea.json": (253, 1000),
    "hetzner.json": (135, 200),
    "launchdarkly.json": (89, 100),
    "museum31.yaml": (7, 10),
    "mux.json": (79, 100),
    "nytimes-books.json": (6, 10),
    "petstore3.yaml": (13, 3),
    "train-travel31.yaml": (7, 5),
}
"""Ten documents, each with the number of its JSON answers and the share of changes that tests try (one of so many)."""

BOUNDS = frozenset(
    (
        *("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "pattern", "uniqueItems"),
        *("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"),
    )
)
"""Keywords that bound values of the right type: a service that answers beyond them is heard, without a problem."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A success that a document shows, or one that was made of its schema where it shows none.

    Args:
        operation: Id of the operation.
        status: As the document writes it.
        value: The JSON value.
        schema: Its schema in the document.
    """

    operation: str
    status: str
    value: Any
    schema: Node


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of the changes of a document's answers.

    Args:
        answers: How many answers were changed.
        tried: How many changes were decoded.
        wrong: What was lost, invented or not told: operation, change, place and what happened.
        seconds: How long it took, without the build.
    """

    answers: int
    tried: int
    wrong: tuple[tuple[str, str, str, str], ...]
    seconds: float


def try_changes(path: Path, folder: Path, every: int = 1) -> Trial:
    """Build a package of a document, and let it decode changed answers.

    Args:
        path: The document.
        folder: Where the package may be written.
        every: 1 for all changes, 10 for one of ten.
    """
    document, faults = load_document(path)
    assert document is not None
    api, more = lower(document)
    assert not has_errors([*faults, *more])
    name = "changed_" + "".join(one if one.isalnum() else "_" for one in path.stem)
    settings = settings_for(path, import_name=name, out=folder / name)
    built = build(settings.packages[0], settings.root)
    assert not has_errors(built.diagnostics)
    write_tree(built.files, folder / name)
    sys.path.insert(0, str(folder / name / "src"))
    try:
        decode = _Decoder(name)
        began = time.perf_counter()
        shown = list(answers(api, document))
        fit = Fit((one.schema, Direction.RESPONSE) for one in shown)
        changed = [(one, name, place, value) for one in shown for name, place, value in mutations(one.value)][::every]
        wrong = [
            (one.operation, name, pointer(place), fault)
            for one, name, place, value in changed
            for fault in _faults(decode, fit, one, value)
        ]
        return Trial(len(shown), len(changed), tuple(wrong), time.perf_counter() - began)
    finally:
        sys.path.remove(str(folder / name / "src"))


def answers(api: Api, document: Document) -> Iterator[Answer]:
    """The answers of a document: all that it shows, and one that is made where it shows none."""
    written = {one.location: one for one in survey_documents([document]).of(Kind.MEDIA_TYPE)}
    schemas = {one.name: one.schema for one in api.schemas}
    for operation in api.operations:
        for response in operation.responses:
            for content in response.contents if response.status.startswith("2") else ():
                schema = written[content.location].get("schema")
                if schema is None or not content.media_type.partition(";")[0].endswith("json"):
                    continue
                for value in _values(content, schemas):
                    if isinstance(value, dict | list):
                        yield Answer(operation.id, response.status, value, schema)


def _values(content: MediaType, schemas: Mapping[str, Schema]) -> list[Any]:
    shown = [one.value for one in content.examples if not one.raw]
    if shown or content.schema is None:
        return shown
    return [synthesise(content.schema, schemas).value]


class _Decoder:
    """Decodes as the calls of a package do once an answer is there.

    Args:
        name: Import name of the package.
    """

    def __init__(self, name: str) -> None:
        package = importlib.import_module(name)
        modules = [importlib.import_module(one.name) for one in pkgutil.walk_packages(package.__path__, f"{name}.")]
        runtime = {
            part: sys.modules[f"{name}._runtime.{part}"] for part in ("codec", "decoding", "messages", "problems")
        }
        self._read = runtime["decoding"].read
        self._json_text = runtime["codec"].json_text
        self._messages = runtime["messages"]
        self._problems_of = runtime["problems"].problems_of
        kind = importlib.import_module(f"{name}._runtime.operation").Operation
        declared = (value for module in modules for value in vars(module).values() if isinstance(value, kind))
        self._operations = {one.id: one for one in declared}
        self._client = SimpleNamespace(service=SimpleNamespace(errors=()), errors={})

    def __call__(self, answer: Answer, value: Any) -> tuple[Any, list[str]]:
        """The decoded value as JSON again, and its problems."""
        status = int(answer.status.replace("X", "0"))
        response = self._messages.Response(status, self._messages.Headers(), json.dumps(value).encode())
        result = self._read(self._client, self._operations[answer.operation], response, raise_failures=False)
        written = result.to_json() if hasattr(result, "to_json") else self._json_text(result)
        return json.loads(written), [str(one) for one in self._problems_of(result)]


def _faults(decode: _Decoder, fit: Fit, answer: Answer, value: Any) -> Iterator[str]:
    """What is wrong with how a changed answer was decoded."""
    written, problems = decode(answer, value)
    if _same(written) != _same(value):
        yield "written otherwise"
    broken = [one for one in fit.misfits(value, answer.schema, Direction.RESPONSE) if one.keyword not in BOUNDS]
    if not broken:
        problems = [one for one in problems if not _means_object(one, answer.value)]
    if bool(broken) != bool(problems):
        yield f"{broken[:1]} by the schema, {problems[:1]} by the package"


def _means_object(problem: str, before: Any) -> bool:
    """Whether a problem is another kind of JSON where a schema names properties and no `type`, which allows any kind.

    The document shows an object there, and the package promises one.
    """
    place, _, message = problem.partition(": ")
    return message.startswith("Input should be an object") and isinstance(resolve(before, place), dict)


def _same(value: Any) -> str:
    """JSON that is equal for equal documents alone: `true` is not 1, and 1.0 is not 1."""
    return json.dumps(value, sort_keys=True)


def main(paths: list[str]) -> int:
    """Try every change of the documents, and print what came of it; 1 where anything was wrong."""
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        for path in paths:
            trial = try_changes(Path(path), Path(folder))
            failed = failed or bool(trial.wrong)
            print(
                f"{Path(path).name:<28} {trial.answers:>4} answers {trial.tried:>8,} changes "
                f"{len(trial.wrong):>4} wrong {trial.seconds:>7.1f} s",
                flush=True,
            )
            for one in trial.wrong[:10]:
                print("   ", *one)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or [str(CORPUS / name) for name in DOCUMENTS]))
