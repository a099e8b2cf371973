"""Mutants of Python source: each is the source with one small thing changed, as a programmer might get it wrong.

What Python does not run is not mutated: docstrings, annotations that nothing reads, what only type checkers read. Class
bodies and module level are, for most of what is emitted is declared there, with the types of fields of models.
"""

from __future__ import annotations

import ast
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_COMPARED: dict[type[ast.cmpop], str] = {
    ast.Eq: "!=",
    ast.NotEq: "==",
    ast.Lt: "<=",
    ast.LtE: "<",
    ast.Gt: ">=",
    ast.GtE: ">",
    ast.In: "not in",
    ast.NotIn: "in",
    ast.Is: "is not",
    ast.IsNot: "is",
}
_COMBINED: dict[type[ast.operator], str] = {
    ast.Add: "-",
    ast.Sub: "+",
    ast.Mult: "//",
    ast.Div: "*",
    ast.FloorDiv: "*",
    ast.Mod: "//",
    ast.BitAnd: "|",
    ast.Pow: "*",
}
_TYPING_ONLY = frozenset(("TypeVar", "ParamSpec", "cast", "overload"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """One change.

    Args:
        line: Where it is, from 1.
        column: From 1.
        what: The kind of change.
        old: The text that goes.
        new: The text that comes instead.
        start: Offset in the UTF-8 text.
    """

    line: int
    column: int
    what: str
    old: str
    new: str
    start: int

    def applied(self, source: str) -> str:
        """The source with the change."""
        text = source.encode()
        return (text[: self.start] + self.new.encode() + text[self.start + len(self.old.encode()) :]).decode()

    def __str__(self) -> str:
        return f"{self.line}:{self.column} {self.what}: {_brief(self.old)} -> {_brief(self.new)}"


def mutants_of(source: str) -> Iterator[Mutant]:
    """Every mutant of a module, in the order of its text."""
    return _Mutating(source).mutants()


def _brief(text: str) -> str:
    flat = " ".join(text.split())
    return f"`{flat}`" if len(flat) <= 60 else f"`{flat[:57]}...`"


class _Mutating:
    def __init__(self, source: str) -> None:
        self._text = source.encode()
        self._starts = [0]
        for line in self._text.splitlines(keepends=True):
            self._starts.append(self._starts[-1] + len(line))
        self._tree = ast.parse(source)

    def mutants(self) -> Iterator[Mutant]:
        found = list(self._of_body(self._tree.body))
        yield from sorted(found, key=lambda one: (one.line, one.column))

    # -- statements -----------------------------------------------------------------------------------------------

    def _of_body(self, body: Sequence[ast.stmt]) -> Iterator[Mutant]:
        for statement in body:
            yield from self._of_statement(statement)

    def _of_statement(self, statement: ast.stmt) -> Iterator[Mutant]:
        match statement:
            case ast.Expr(value=ast.Constant()) | ast.Import() | ast.ImportFrom() | ast.Pass():
                return
            case ast.Expr(value=value):
                yield self._swap(statement, "pass", "a statement is left out")
                yield from self._of(value)
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                if not any(_name(one) == "overload" for one in statement.decorator_list):
                    yield from self._of_function(statement)
            case ast.ClassDef():
                for value in (*statement.decorator_list, *(one.value for one in statement.keywords)):
                    yield from self._of(value)
                if any(_name(base) == "Model" for base in statement.bases):
                    yield from self._of_types(statement)
                yield from self._of_body(statement.body)
            case ast.If(test=ast.Name(id="TYPE_CHECKING")):
                yield from self._of_body(statement.orelse)
            case ast.If() | ast.While():
                yield self._swap(statement.test, f"not ({self._of_node(statement.test)})", "a condition is turned")
                yield from self._of(statement.test)
                yield from self._of_body([*statement.body, *statement.orelse])
            case ast.Assign(targets=[ast.Name(id="TYPE_CHECKING" | "__all__")]):
                return
            case ast.Assign(value=value) | ast.AugAssign(value=value) | ast.AnnAssign(value=value):
                yield from self._of(value)
            case ast.Return(value=value):
                if value is not None and not _is_constant(value):
                    yield self._swap(value, "None", "nothing is returned")
                yield from self._of(value)
            case ast.Break():
                yield self._swap(statement, "continue", "a loop goes on")
            case ast.Continue():
                yield self._swap(statement, "break", "a loop ends")
            case _:
                yield from self._of_parts(statement)

    def _of_parts(self, node: ast.AST) -> Iterator[Mutant]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.stmt):
                yield from self._of_statement(child)
            elif isinstance(child, ast.expr):
                yield from self._of(child)
            elif isinstance(child, ast.ExceptHandler | ast.match_case | ast.withitem):
                yield from self._of_parts(child)

    def _of_function(self, function: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[Mutant]:
        for default in (*function.args.defaults, *function.args.kw_defaults):
            yield from self._of(default)
        yield from self._of_body(function.body)

    def _of_types(self, model: ast.ClassDef) -> Iterator[Mutant]:
        """The types of fields, which count while the program runs."""
        for inner in (
            one for field in model.body if isinstance(field, ast.AnnAssign) for one in ast.walk(field.annotation)
        ):
            match inner:
                case ast.BinOp(op=ast.BitOr(), left=left, right=ast.Constant(value=None)):
                    yield self._swap(inner, self._of_node(left), "a type may no longer be None")
                case ast.Name(id="str"):
                    yield self._swap(inner, "int", "another type")
                case ast.Name(id="int" | "float" | "bool" | "datetime" | "date"):
                    yield self._swap(inner, "str", "another type")
                case _:
                    continue

    # -- expressions ----------------------------------------------------------------------------------------------

    def _of(self, node: ast.expr | None) -> Iterator[Mutant]:
        match node:
            case None | ast.Name() | ast.JoinedStr():
                return
            case ast.Constant():
                yield from self._of_constant(node)
            case ast.Compare(ops=[op], left=left, comparators=[right]):
                new = f"{self._of_node(left)} {_COMPARED[type(op)]} {self._of_node(right)}"
                yield self._swap(node, f"({new})", "another comparison")
                yield from self._of_parts(node)
            case ast.BoolOp(op=op, values=values):
                new = (" or " if isinstance(op, ast.And) else " and ").join(f"({self._of_node(one)})" for one in values)
                yield self._swap(node, f"({new})", "and for or")
                yield from self._of_parts(node)
            case ast.UnaryOp(op=ast.Not() | ast.USub(), operand=operand):
                yield self._swap(node, f"({self._of_node(operand)})", "without the sign")
                yield from self._of(operand)
            case ast.BinOp(op=op, left=left, right=right):
                if type(op) in _COMBINED:
                    new = f"({self._of_node(left)} {_COMBINED[type(op)]} {self._of_node(right)})"
                    yield self._swap(node, new, "another operator")
                yield from self._of_parts(node)
            case ast.IfExp(test=test):
                yield self._swap(test, f"(not ({self._of_node(test)}))", "a condition is turned")
                yield from self._of_parts(node)
            case ast.Call():
                yield from self._of_call(node)
            case ast.Lambda(body=body):
                if not isinstance(body, ast.Attribute | ast.Name | ast.Subscript):
                    yield self._swap(body, "None", "nothing is returned")
                yield from self._of(body)
            case ast.Tuple(elts=elements) | ast.List(elts=elements) | ast.Set(elts=elements):
                yield from self._of_elements(node, elements)
            case ast.Dict(keys=keys, values=values):
                yield from self._of_members(node, keys, values)
            case ast.Subscript(slice=inner):
                yield from self._of(node.value)
                if not isinstance(inner, ast.Name | ast.Attribute):
                    yield from self._of(inner)
            case _:
                yield from self._of_parts(node)
                for loop in getattr(node, "generators", ()):
                    yield from self._of(loop.iter)
                    for test in loop.ifs:
                        yield self._swap(test, f"(not ({self._of_node(test)}))", "a condition is turned")
                        yield from self._of(test)

    def _of_constant(self, node: ast.Constant) -> Iterator[Mutant]:
        match node.value:
            case bool():
                yield self._swap(node, str(not node.value), "the other truth")
            case int() | float():
                yield self._swap(node, repr(node.value + 1), "another number")
            case str():
                yield self._swap(node, repr(f"XX{node.value}"), "another text")
            case bytes():
                yield self._swap(node, repr(b"XX" + node.value), "other bytes")
            case _:
                return

    def _of_call(self, node: ast.Call) -> Iterator[Mutant]:
        if _name(node.func) in _TYPING_ONLY:
            return
        yield from self._of(node.func if isinstance(node.func, ast.Attribute) else None)
        for given in node.keywords:
            if given.arg is not None:
                yield self._without(given, node, f"`{given.arg}` is not given")
            yield from self._of(given.value)
        for value in node.args:
            if not _is_constant(value) and not isinstance(value, ast.Starred | ast.GeneratorExp):
                yield self._swap(value, "None", "None is given")
            yield from self._of(value)

    def _of_elements(self, node: ast.expr, elements: Sequence[ast.expr]) -> Iterator[Mutant]:
        if len(elements) > 2 or not isinstance(node, ast.Tuple):  # of two, one in brackets would be left
            for one in elements:
                yield self._without(one, node, "an element is left out")
        for one in elements:
            yield from self._of(one)

    def _of_members(
        self, node: ast.Dict, keys: Sequence[ast.expr | None], values: Sequence[ast.expr]
    ) -> Iterator[Mutant]:
        for key, value in zip(keys, values, strict=True):
            if key is not None:
                yield self._cut(self._at(key)[0], self._at(value)[1], node, "a member is left out")
                yield from self._of(key)
            yield from self._of(value)

    # -- text -----------------------------------------------------------------------------------------------------

    def _at(self, node: ast.expr | ast.stmt | ast.keyword) -> tuple[int, int]:
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        start = self._starts[node.lineno - 1] + node.col_offset
        return start, self._starts[node.end_lineno - 1] + node.end_col_offset

    def _of_node(self, node: ast.expr) -> str:
        start, end = self._at(node)
        return self._text[start:end].decode()

    def _swap(self, node: ast.expr | ast.stmt, new: str, what: str) -> Mutant:
        start, end = self._at(node)
        return self._mutant(start, end, new, what)

    def _without(self, part: ast.expr | ast.keyword, whole: ast.expr, what: str) -> Mutant:
        return self._cut(*self._at(part), whole, what)

    def _cut(self, start: int, end: int, whole: ast.expr, what: str) -> Mutant:
        """Leave out a part of a list, with the comma that follows it."""
        limit = self._at(whole)[1]
        after = end
        while after < limit and self._text[after : after + 1].isspace():
            after += 1
        if self._text[after : after + 1] == b",":
            end = after + 1
        return self._mutant(start, end, "", what)

    def _mutant(self, start: int, end: int, new: str, what: str) -> Mutant:
        line = bisect_right(self._starts, start)
        return Mutant(
            line=line,
            column=start - self._starts[line - 1] + 1,
            what=what,
            old=self._text[start:end].decode(),
            new=new,
            start=start,
        )


def _name(node: ast.expr) -> str:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case ast.Call(func=func):
            return _name(func)
        case _:
            return ""


def _is_constant(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant)
