"""What expressions of emitted files may be made of, whatever a view says: names that the file has, and no others."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

from specloom.guard.text import NO_PYTHON

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class UnplannedError(Exception):
    """Something that was not planned, and where it stands."""

    def __init__(self, node: ast.AST, message: str) -> None:
        super().__init__(message)
        self.node = node
        self.message = message


BUILTINS = frozenset(
    (
        *("bool", "bytes", "dict", "float", "int", "list", "object", "str", "tuple", "type"),
        *("Exception", "OSError", "isinstance", "len", "property", "__file__", "__name__"),
    )
)
"""Builtins that any emitted file may name: types, and what assertions are made with."""

_PLANNED: frozenset[type[ast.AST]] = frozenset(
    {
        *(ast.Attribute, ast.Subscript, ast.Tuple, ast.List, ast.Dict, ast.Call, ast.keyword, ast.Lambda),
        *(ast.arguments, ast.BinOp, ast.UnaryOp, ast.Compare, ast.Await),
    }
)
"""What annotations, declarations, calls and assertions are made of, names and constants apart."""

_WRITTEN: frozenset[type[ast.AST]] = _PLANNED | {
    *(ast.JoinedStr, ast.FormattedValue, ast.ListComp, ast.DictComp, ast.comprehension, ast.IfExp, ast.Slice),
    *(ast.If, ast.For, ast.Return, ast.Raise, ast.Assert, ast.Assign, ast.AnnAssign, ast.AugAssign, ast.Expr),
    *(ast.Break, ast.With, ast.withitem, ast.Starred, ast.GeneratorExp, ast.BoolOp),
}
"""What functions are made of that templates write out."""


@dataclass(frozen=True, slots=True)
class Grammar:
    """Nodes that an expression may have, names and constants apart."""

    nodes: frozenset[type[ast.AST]]

    def names(self, node: ast.AST) -> frozenset[str]:
        """The names that stand in an expression and are not made in it.

        Raises:
            UnplannedError: It holds something else than this grammar has.
        """
        read: set[str] = set()
        made: set[str] = set()
        waiting = [node]
        while waiting:
            one = waiting.pop()
            kind = type(one)
            if kind is ast.Constant:
                continue
            if isinstance(one, ast.Name):
                (read if type(one.ctx) is ast.Load else made).add(one.id)
                continue
            if kind not in self.nodes:
                raise UnplannedError(one, f"`{_shown(one)}` is not what emitted files are made of")
            waiting.extend(_inner(one))
        return frozenset(read - made)


PLANNED = Grammar(_PLANNED)
WRITTEN = Grammar(_WRITTEN)


def _inner(node: ast.AST) -> Iterable[ast.AST]:
    """What a node is made of, once it is what it may be."""
    match node:
        case ast.Attribute(value=value, attr=name):
            if name.startswith("__") and name not in ("__all__", "__cause__"):
                raise UnplannedError(node, f"`{name}` reaches into Python")
            return (value,)
        case ast.Call(func=function, args=given, keywords=named):
            if not isinstance(function, ast.Name | ast.Attribute):
                raise UnplannedError(node, "what is called has no name")
            return (function, *given, *(one.value for one in named), *_type_in_text(node))
        case ast.Subscript(value=value, slice=inner):
            return (value, inner, *_type_in_brackets(value, inner))
        case ast.BinOp(op=operator) if not isinstance(operator, ast.BitOr | ast.Div):
            raise UnplannedError(node, "a union is all that is computed")
        case ast.UnaryOp(op=operator) if not isinstance(operator, ast.USub | ast.Not):
            raise UnplannedError(node, "a sign is all that is computed")
        case ast.arguments(args=[], posonlyargs=[], kwonlyargs=[], vararg=None, kwarg=None):
            return ()
        case ast.arguments():
            raise UnplannedError(node, "a function without a name takes nothing")
    return [one for one in ast.iter_child_nodes(node) if not isinstance(one, _SIGNS)]


_SIGNS = (ast.expr_context, ast.operator, ast.unaryop, ast.cmpop, ast.boolop)


def _type_in_text(call: ast.Call) -> Iterator[ast.AST]:
    """The type that an alias is given as text, which is run when it is first used."""
    match call:
        case ast.Call(func=ast.Name(id="TypeAliasType"), args=[_, ast.Constant(value=str(text))]):
            yield _type_of(call, text)


def _type_in_brackets(value: ast.expr, inner: ast.expr) -> Iterator[ast.AST]:
    """A type that is written as text within another type."""
    if isinstance(value, ast.Name) and value.id in _GENERIC:
        for one in inner.elts if isinstance(inner, ast.Tuple) else (inner,):
            if isinstance(one, ast.Constant) and isinstance(one.value, str):
                yield _type_of(one, one.value)


_GENERIC = frozenset(("JsonText", "Mapping", "Operation", "Sequence", "Union", "dict", "list", "tuple", "type"))


def _type_of(node: ast.AST, text: str) -> ast.AST:
    try:
        return ast.parse(text, mode="eval").body
    except NO_PYTHON:
        raise UnplannedError(node, "a type that is written as text is none") from None


def _shown(node: ast.AST) -> str:
    try:
        text = ast.unparse(node)
    except (ValueError, TypeError, RecursionError, AttributeError):
        return type(node).__name__
    first, _, rest = text.partition("\n")
    return f"{first[:60]}..." if rest or len(first) > 60 else first
