"""Rules about operations: names, words, statuses, tags."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specloom.document.grammar import METHODS, Kind
from specloom.lint.rule import ERROR, WARNING, Finding, rule, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document.document import Node
    from specloom.lint.rule import Rule
    from specloom.lint.survey import Survey


@rule(
    "SL501",
    "missing-operation-id",
    WARNING,
    summary="An operation has no operationId",
    why="The name of an operation is made from its operationId. Without one it is made from method and path, and "
    "changes with them.",
    bad="get:\n  summary: List the pets",
    good="get:\n  operationId: ListPets\n  summary: List the pets",
    hint="add an `operationId` that no other operation has",
)
def missing_operation_id(survey: Survey) -> Iterator[Finding]:
    """Look at every operation."""
    for operation in survey.of(Kind.OPERATION):
        if _is_blank(operation, "operationId"):
            yield Finding(operation.key_location, f"the operation {_name(operation)} has no operationId")


@rule(
    "SL502",
    "missing-summary",
    WARNING,
    summary="An operation has no summary",
    why="The summary is the first line of the method's documentation, and all that an index of operations shows.",
    bad="get:\n  operationId: ListPets",
    good="get:\n  operationId: ListPets\n  summary: List the pets",
    hint="add a `summary` of one line that says what the operation does",
)
def missing_summary(survey: Survey) -> Iterator[Finding]:
    """Look at every operation."""
    for operation in survey.of(Kind.OPERATION):
        if _is_blank(operation, "summary"):
            yield Finding(operation.key_location, f"the operation {_name(operation)} has no summary")


@rule(
    "SL503",
    "missing-success",
    WARNING,
    summary="An operation documents no response that means success",
    why="The type that a method returns is that of the successful response; without one nobody knows what comes back.",
    bad="responses:\n  '404':\n    description: No such pet",
    good="responses:\n  '200':\n    description: The pet\n  '404':\n    description: No such pet",
    hint="add the response with a status of 200 to 399 that the service gives",
)
def missing_success(survey: Survey) -> Iterator[Finding]:
    """Look at the statuses of every operation that has some; `default` may mean success."""
    for operation in survey.of(Kind.OPERATION):
        responses = operation.get("responses")
        statuses = _statuses(responses)
        if responses is not None and statuses and not any(status[0] in "123d" for status in statuses):
            yield Finding(
                responses.key_location, f"the operation {_name(operation)} documents no response that means success"
            )


@rule(
    "SL504",
    "missing-errors",
    WARNING,
    summary="An operation documents no response that means failure",
    why="Every operation can fail. Error classes, their fields and their tests come from documented error responses.",
    bad="responses:\n  '200':\n    description: The pet",
    good="responses:\n  '200':\n    description: The pet\n  '404':\n    description: No such pet",
    hint="add the responses with a status from 400 on, or a `default`",
)
def missing_errors(survey: Survey) -> Iterator[Finding]:
    """Look at the statuses of every operation; what a service calls back is not asked about."""
    for operation in survey.of(Kind.OPERATION):
        responses = operation.get("responses")
        statuses = _statuses(responses)
        if responses is not None and statuses and not any(status[0] in "45d" for status in statuses):
            yield Finding(responses.key_location, f"the operation {_name(operation)} documents no error")


@rule(
    "SL505",
    "repeated-method-name",
    ERROR,
    summary="Two operations of a document have the same x-specloom-method",
    why="The extension names the method of the client, and a client cannot have two methods of one name.",
    bad="/pets:\n  get:\n    x-specloom-method: pets.list\n/cats:\n  get:\n    x-specloom-method: pets.list",
    good="/pets:\n  get:\n    x-specloom-method: pets.list\n/cats:\n  get:\n    x-specloom-method: pets.list_cats",
    hint="give each operation a name of its own",
)
def repeated_method_name(survey: Survey) -> Iterator[Finding]:
    """Compare the operations of each document."""
    known: dict[tuple[str, str], Node] = {}
    for operation in survey.of(Kind.OPERATION):
        method = operation.get("x-specloom-method")
        if method is not None and isinstance(method.value, str):
            first = known.setdefault((operation.document.entry, method.value), operation)
            if first is not operation:
                yield Finding(method.location, f"{shown(method.value)} is the name of {_name(first)} too")


@rule(
    "SL506",
    "undeclared-tag",
    WARNING,
    summary="An operation has a tag that the document does not declare",
    why="Tags group methods, and a tag that is declared nowhere is often a misspelling that makes a group of its own. "
    "Documents that declare no tag at all are left alone.",
    bad="tags:\n  - name: pets\npaths:\n  /pets:\n    get:\n      tags: [pest]",
    good="tags:\n  - name: pets\npaths:\n  /pets:\n    get:\n      tags: [pets]",
    hint="declare it under `tags` at the top of the document, or use one that is declared",
)
def undeclared_tag(survey: Survey) -> Iterator[Finding]:
    """Compare the tags of operations with those of their document."""
    declared = {document.entry: set(_declared_tags(document.root)) for document in survey.documents}
    for operation in survey.of(Kind.OPERATION):
        known = declared.get(operation.document.entry)
        tags = operation.get("tags")
        for tag in tags.elements() if tags and known else ():
            if isinstance(tag.value, str) and known and tag.value not in known:
                yield Finding(tag.location, f"the tag {shown(tag.value)} is not declared")


@rule(
    "SL507",
    "unused-tag",
    WARNING,
    summary="A declared tag is on no operation",
    why="It promises a group of operations that is empty: a leftover, or a misspelling on one of the two sides.",
    bad="tags:\n  - name: pets\n  - name: dogs\npaths:\n  /pets:\n    get:\n      tags: [pets]",
    good="tags:\n  - name: pets\npaths:\n  /pets:\n    get:\n      tags: [pets]",
    hint="remove it, or put it on the operations that it is meant for",
)
def unused_tag(survey: Survey) -> Iterator[Finding]:
    """Compare the tags of each document with those of its operations; a document that tags nothing is left alone."""
    used: dict[str, set[str]] = {}
    for operation in survey.of(Kind.OPERATION):
        tags = operation.get("tags")
        for tag in tags.elements() if tags else ():
            used.setdefault(operation.document.entry, set()).add(str(tag.value))
    for document in survey.documents:
        known = used.get(document.entry)
        for name, tag in _declared_tags(document.root).items() if known else ():
            if known and name not in known:
                yield Finding(tag.location, f"the tag {shown(name)} is on no operation")


_PARAMETER: Final = re.compile(r"\{[^{}]*\}")


@rule(
    "SL508",
    "ambiguous-paths",
    WARNING,
    summary="Two paths match the same address, and neither is the more special one",
    why="A server cannot tell from the address which of the two operations is meant. (Paths that differ in the names "
    "of their parameters alone are an error already: SL311.)",
    bad="paths:\n  /pets/{id}/owner: {}\n  /pets/mine/{what}: {}",
    good="paths:\n  /pets/{id}/owner: {}\n  /my-pets/{what}: {}",
    hint="change one of the two paths, if the service allows it; else say in its description which one wins",
)
def ambiguous_paths(survey: Survey) -> Iterator[Finding]:
    """Compare paths of equal length that begin with the same literal; paths with a method in common count."""
    for document in survey.documents:
        paths = document.root.get("paths")
        groups: dict[tuple[int, str], list[tuple[list[str], str, Node]]] = {}
        for path, item in paths.items() if paths else ():
            steps = _PARAMETER.sub("{}", path).split("/")
            literals = sum("{}" not in step for step in steps)
            if literals < len(steps) and path.startswith("/"):
                groups.setdefault((len(steps), steps[1]), []).append((steps, path, item))
        for group in groups.values():
            yield from _ambiguous(group[:_COMPARED])


_COMPARED: Final = 300


def _ambiguous(group: list[tuple[list[str], str, Node]]) -> Iterator[Finding]:
    for index, (steps, path, item) in enumerate(group):
        for others, other, _ in group[:index]:
            if _cross(steps, others):
                yield Finding(item.key_location, f"{shown(path, 100)} can mean the same address as {shown(other, 100)}")
                break


def _cross(left: list[str], right: list[str]) -> bool:
    """Tell whether each of two paths has a literal where the other has a parameter, and else they are equal."""
    left_wins = right_wins = False
    for one, two in zip(left, right, strict=True):
        if one != two:
            if one == "{}" and "{}" not in two:
                right_wins = True
            elif two == "{}" and "{}" not in one:
                left_wins = True
            else:
                return False
    return left_wins and right_wins


def _is_blank(operation: Node, key: str) -> bool:
    value = operation.value.get(key)
    return value is None or (isinstance(value, str) and not value.strip())


def _statuses(responses: Node | None) -> list[str]:
    return [status for status, _ in responses.items() if status and not status.startswith("x-")] if responses else []


def _declared_tags(root: Node) -> dict[str, Node]:
    tags = root.get("tags")
    names = ((tag.get("name"), tag) for tag in tags.elements()) if tags else ()
    return {name.value: name for name, _ in names if name is not None and isinstance(name.value, str)}


def _name(operation: Node) -> str:
    """Name an operation: by its operationId, else by its method and what the path is filed under."""
    known = operation.value.get("operationId")
    if isinstance(known, str) and known.strip():
        return shown(known)
    method = operation.name
    above = operation.pointer.rsplit("/", 1)[0].rsplit("/", 1)[-1].replace("~1", "/").replace("~0", "~")
    return shown(f"{method.upper()} {above}" if method in METHODS else method, 100)


RULES: Final[tuple[Rule, ...]] = (
    missing_operation_id,
    missing_summary,
    missing_success,
    missing_errors,
    repeated_method_name,
    undeclared_tag,
    unused_tag,
    ambiguous_paths,
)
