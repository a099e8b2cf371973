"""What a reader meets: every public class, method and field of the emitted package says in English what it is.

What has to stand there is read from the YAML of the spec, not from what the generator understood of it.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.spec.tree import Node, load

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "generated/huaweicloud-jobs/src/huaweicloud_jobs"
METHODS = ("get", "put", "post", "delete", "patch")
RAISED = ("InvalidCallError", "TransportError", "StatusError", "DecodeError")


@dataclass(frozen=True, slots=True)
class Said:
    """A public name of the package and what is said of it."""

    name: str
    node: ast.AST
    text: str

    def __str__(self) -> str:
        return self.name


def said_in(file: Path) -> Iterator[Said]:
    """Modules, public classes, their methods, properties and fields."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    module = file.relative_to(PACKAGE).as_posix()
    yield Said(module, tree, ast.get_docstring(tree) or "")
    for kind in (one for one in tree.body if isinstance(one, ast.ClassDef) and not one.name.startswith("_")):
        name = f"{module} {kind.name}"
        yield Said(name, kind, ast.get_docstring(kind) or "")
        for index, one in enumerate(kind.body):
            if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef) and not one.name.startswith("_"):
                yield Said(f"{name}.{one.name}", one, ast.get_docstring(one) or "")
            elif isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name):
                below = kind.body[index + 1] if index + 1 < len(kind.body) else None
                yield Said(f"{name}.{one.target.id}", one, _text(below))


def _text(node: ast.stmt | None) -> str:
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
        return node.value.value
    return ""


EMITTED = [said for file in sorted(PACKAGE.rglob("*.py")) if "_runtime" not in file.parts for said in said_in(file)]
CALLS = [one for one in EMITTED if isinstance(one.node, ast.FunctionDef | ast.AsyncFunctionDef) and one.node.args.kwarg]


def sections(text: str) -> dict[str, dict[str, str]]:
    """The entries of `Args:` and `Raises:`, each on one line."""
    found: dict[str, dict[str, str]] = {}
    for title, block in re.findall(r"^(Args|Raises):\n((?:    .*\n?)+)", text, re.MULTILINE):
        entries = re.findall(r"^    (\w+): ((?:.*\n?)(?:        .*\n?)*)", block, re.MULTILINE)
        found[title] = {name: " ".join(words.split()) for name, words in entries}
    return found


def operations() -> dict[str, tuple[Node, list[Node]]]:
    """Operations of the spec by client folder and method, each with its parameters."""
    files = load(ROOT / "spec")
    found = {}
    for file in (one for one in files if one.endswith("/openapi.yaml")):
        root = Node(files, file, files[file])
        for _, item in (root / "paths").members():
            for method in METHODS:
                operation = item / method
                if operation.get() is not None:
                    name = (operation / "x-specloom-method").get()
                    both = [*(item / "parameters").items(), *(operation / "parameters").items()]
                    module = (root / "x-specloom-client" / "module").get()
                    found[f"{module} {name}"] = operation, [one.followed() for one in both]
    return found


OPERATIONS = operations()


def of_spec(call: Said) -> tuple[Node, list[Node]]:
    """The operation that a method is for."""
    module, _, rest = call.name.partition("/")
    return OPERATIONS[f"{module} {rest.partition('.py')[0]}.{call.name.rpartition('.')[2]}"]


def test_all_operations_have_a_method_in_both_forms() -> None:
    """So that none is passed over below."""
    assert len(CALLS) == 2 * len(OPERATIONS) == 8


@pytest.mark.parametrize("said", EMITTED, ids=str)
def test_every_public_name_says_in_a_sentence_what_it_is(said: Said) -> None:
    """A capital, words, and a full stop; no mark-up of the source, nothing left to fill in."""
    first = said.text.split("\n\n")[0].strip()

    assert re.match(r"[A-Z`]", first), first
    assert re.search(r"[.!?:`)]$", first), first
    assert len(first.split()) >= 2
    assert said.text.isascii() or said.text.isprintable()
    assert not re.search(r"TODO|FIXME|<br|&nbsp;|\bNone\.$|\{\{", said.text)
    assert not re.search(r"[\u3000-\u9fff]", said.text)


@pytest.mark.parametrize("call", CALLS, ids=str)
def test_every_argument_is_explained(call: Said) -> None:
    """By its name, in the order of the signature, with unit, bounds and listed values where the spec has them."""
    assert isinstance(call.node, ast.FunctionDef | ast.AsyncFunctionDef)
    signature = call.node.args
    names = [one.arg for one in (*signature.args[1:], *signature.kwonlyargs)] + ["options"]
    told = sections(call.text)["Args"]
    assert list(told) == names
    _, parameters = of_spec(call)
    for one in parameters:
        name = str((one / "name").get())
        if (one / "x-specloom-client-parameter").get():
            continue
        for words in expected_words(one / "schema"):
            assert words in told[name], f"{name}: {words}"


def expected_words(schema: Node) -> Iterator[str]:
    """What a reader has to be told of a value."""
    for key in ("minimum", "maximum"):
        bound: Any = (schema / key).get()
        if bound is not None:
            yield str(bound)
    for value in (schema / "enum").items():
        yield f"`{value.get()}`"
    unit = (schema / "x-specloom-epoch").get()
    if unit:
        yield f"{unit} since 1970-01-01 UTC"


@pytest.mark.parametrize("call", CALLS, ids=str)
def test_every_method_says_what_it_sends_what_it_raises_and_where_it_is_documented(call: Said) -> None:
    """The line of the request, the errors with each documented status, and the address of the page, or its name."""
    operation, _ = of_spec(call)
    told = sections(call.text)
    assert tuple(told["Raises"]) == RAISED
    statuses = [status for status, _ in (operation / "responses").members() if status[0] in "345"]
    assert [status for status in statuses if f"({status})" not in told["Raises"]["StatusError"]] == []
    assert re.search(r"`(GET|POST|PUT|PATCH|DELETE) /\S+`", call.text)
    provenance = operation / "x-specloom-provenance"
    address = (provenance / "url").get() or (operation / "externalDocs" / "url").get()
    assert (f"<{address}>" if address else (provenance / "title").get()) in call.text


def test_fields_that_hold_times_name_their_unit() -> None:
    """Of every model; which fields these are is read from the spec."""
    files = load(ROOT / "spec")
    wanted = set()
    for file, value in files.items():
        for _, schema in (Node(files, file, value) / "schemas").members():
            for name, one in (schema / "properties").members():
                if (one / "x-specloom-epoch").get():
                    snake = re.sub(r"(?<=[a-z])([A-Z])", r"_\1", name).lower()
                    wanted.add((file.partition("/")[0], snake, (one / "x-specloom-epoch").get()))
    fields = [one for one in EMITTED if isinstance(one.node, ast.AnnAssign) and "/models/" in one.name]

    assert len(wanted) == 7
    for module, name, unit in wanted:
        texts = [one.text for one in fields if one.name.startswith(f"{module}/") and one.name.endswith(f".{name}")]
        assert any(f"{unit} since 1970-01-01 UTC" in " ".join(text.split()) for text in texts), (module, name)
