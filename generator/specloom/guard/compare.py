"""Outline and syntax tree: the same statements in the same order with the same texts, and none besides."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NoReturn

from specloom.guard.grammar import BUILTINS, PLANNED, WRITTEN, UnplannedError
from specloom.guard.outline import (
    Assigned,
    Call,
    Called,
    Class,
    Computed,
    Condition,
    Docstring,
    Function,
    Imports,
    Item,
    Line,
    Names,
    Pairs,
    Said,
    With,
    Written,
)
from specloom.guard.signature import are_same_parameters, local_names, parameters
from specloom.guard.text import NO_PYTHON, Placed, Source, is_same, is_same_docstring

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Definition = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(slots=True)
class Found:
    """Names that statements read and names that they make."""

    read: dict[str, ast.AST] = field(default_factory=dict)
    made: set[str] = field(default_factory=set)

    def free(self) -> Iterator[tuple[str, ast.AST]]:
        """What is read and not made, with a place where it is."""
        return ((name, node) for name, node in self.read.items() if name not in self.made)

    def take(self, inner: Found) -> None:
        """Take over what a block reads and does not make."""
        for name, node in inner.free():
            self.read.setdefault(name, node)


class Comparison:
    """Compares the statements of one file.

    Args:
        source: The text of the file.
        modules: Modules of others that the file may import.
        seen: Names by text, of expressions that were looked through before; shared by the files of a package.
    """

    def __init__(self, source: Source, modules: frozenset[str], seen: dict[str, frozenset[str]]) -> None:
        self._source = source
        self._modules = modules
        self._seen = seen

    def statements(self, planned: Sequence[Item], nodes: Sequence[ast.stmt], owner: Placed) -> Found:
        """Compare the body of a module, a class, a function or a block.

        Args:
            owner: What the body is of: where something is missing, it is missing there.

        Raises:
            UnplannedError: They differ, or hold what no emitted file may hold.
        """
        found = Found()
        waiting = list(reversed(nodes))
        for item in planned:
            self._item(item, waiting, found, owner)
        if waiting:
            self._refuse(waiting[-1])
        return found

    def _item(self, item: Item, waiting: list[ast.stmt], found: Found, owner: Placed) -> None:
        match item:
            case Docstring(text="") | Imports(lines=()):
                return
            case Imports(lines=lines, brings=brings):
                self._imports(lines, waiting, found, owner)
                found.made.update(brings)
                return
        if not waiting:
            raise UnplannedError(owner, f"{_said(item)} is planned, and missing")
        node = waiting.pop()
        if type(item) is Line:  # most of all that there is
            self._line(item.text, node, found)
            return
        match item, node:
            case Docstring(text=text), ast.Expr(value=ast.Constant(value=str()) as held):
                if text != self._source.of(held) and not is_same_docstring(text, held):
                    raise UnplannedError(node, "this docstring is not the planned one")
            case Said(), ast.Expr(value=ast.Constant(value=str())):
                pass
            case Assigned(), ast.Assign(targets=[ast.Name() as target], value=value) if not item.annotation:
                self._assigned(item, target, value, found)
            case Assigned(annotation=text), ast.AnnAssign(target=ast.Name() as target, value=ast.expr() as value):
                self._text(text, node.annotation, found)
                self._assigned(item, target, value, found)
            case Called(call=call), ast.Expr(value=value):
                self._call(call, value, found)
            case Class(), ast.ClassDef():
                self._class(item, node, found)
            case Function(), ast.FunctionDef() | ast.AsyncFunctionDef():
                self._function(item, node, found)
            case Written(), ast.FunctionDef():
                self._written(item, node, found)
            case Computed(name=name, reaches=reaches), ast.Assign(targets=[ast.Name(id=target)], value=value) if (
                target == name
            ):
                self._reaching(value, reaches, name)
                self._make(name, found, node)
            case Condition(), ast.If():
                self._condition(item, node, found)
            case With(), ast.With() | ast.AsyncWith():
                self._with(item, node, found)
            case _:
                self._refuse(node, item)

    def _refuse(self, node: ast.stmt, item: Item | None = None) -> NoReturn:
        first, _, rest = self._source.of(node).partition("\n")
        shown = f"{first[:80]}..." if rest or len(first) > 80 else first
        instead = f"; planned is {_said(item)}" if item is not None else ""
        raise UnplannedError(node, f"`{shown}` was not planned{instead}")

    def _make(self, name: str, found: Found, node: ast.AST) -> None:
        """Note a name that is given a meaning, which it must not have already."""
        if name in found.made:
            raise UnplannedError(node, f"`{name}` is planned twice, and can be one thing only")
        found.made.add(name)

    # -- imports ------------------------------------------------------------------------------------------------------

    def _imports(self, lines: tuple[str, ...], waiting: list[ast.stmt], found: Found, owner: Placed) -> None:
        planned = [line.strip() for line in lines if line.strip()]
        nodes: list[ast.stmt] = []
        while waiting and isinstance(waiting[-1], ast.Import | ast.ImportFrom):
            nodes.append(waiting.pop())
        printed = [line.strip() for node in nodes for line in self._source.of(node).split("\n")]
        if printed != planned and not _are_same_imports(planned, nodes):
            extra = [node for node in nodes if self._source.of(node).split("\n")[0].strip() not in planned]
            place = extra[0] if extra else nodes[0] if nodes else owner
            shown = self._source.of(extra[0]).split("\n")[0] if extra else "an import"
            raise UnplannedError(place, f"`{shown}` is not what is planned to be imported")
        for node in nodes:
            self._imported(node, found)

    def _imported(self, node: ast.stmt, found: Found) -> None:
        assert isinstance(node, ast.Import | ast.ImportFrom)
        named = [(node.module or "", node.level)] if isinstance(node, ast.ImportFrom) else []
        named += [(one.name, 0) for one in node.names] if isinstance(node, ast.Import) else []
        for module, level in named:
            if not level and module not in self._modules and module.partition(".")[0] not in self._modules:
                raise UnplannedError(node, f"`{module}` is no module that emitted files import")
        found.made.update(one.asname or one.name.partition(".")[0] for one in node.names)

    # -- simple statements --------------------------------------------------------------------------------------------

    def _line(self, text: str, node: ast.stmt, found: Found) -> None:
        printed = self._source.of(node)
        if printed != text and not is_same(text, printed, node):
            raise UnplannedError(node, f"`{_short(printed)}` stands where `{_short(text)}` is planned")
        names = self._seen.get(printed)
        if names is None:
            names = self._seen[printed] = self._names(node)
        for name in names:
            found.read.setdefault(name, node)
        target = node.target if type(node) is ast.AnnAssign else node.targets[0] if type(node) is ast.Assign else None
        if isinstance(target, ast.Name):
            found.made.add(target.id)

    def _names(self, node: ast.stmt) -> frozenset[str]:
        """The names that a statement reads."""
        match node:
            case ast.AnnAssign(target=ast.Name(), annotation=annotation, value=value):
                held = frozenset[str]() if value is None else PLANNED.names(value)
                return held | PLANNED.names(annotation)
            case (
                ast.Assign(targets=[ast.Name()], value=value)
                | ast.Assert(test=value, msg=None)
                | ast.Return(value=ast.expr() as value)
                | ast.Expr(value=(ast.Call() | ast.Await()) as value)
            ):
                return PLANNED.names(value)
            case ast.If(test=ast.Name(id="TYPE_CHECKING")):
                return frozenset({"TYPE_CHECKING"}).union(*map(self._one_way, (*node.body, *node.orelse)))
        return self._refuse(node)

    def _one_way(self, node: ast.stmt) -> frozenset[str]:
        """What a class says to type checkers or at run time: a member, or a property without a body."""
        match node:
            case ast.Assign(targets=[ast.Name()], value=value):
                return PLANNED.names(value)
            case ast.AnnAssign(target=ast.Name(), annotation=annotation, value=None):
                return PLANNED.names(annotation)
            case ast.FunctionDef(
                decorator_list=[ast.Name(id="property")],
                args=ast.arguments(args=[ast.arg(arg="self")], kwonlyargs=[], vararg=None, kwarg=None, defaults=[]),
                returns=ast.expr() as annotation,
                body=[ast.Expr(value=ast.Constant(value=value))],
            ) if (
                value is ...
            ):
                return PLANNED.names(annotation)
        return self._refuse(node)

    def _assigned(self, item: Assigned, target: ast.Name, value: ast.expr, found: Found) -> None:
        if target.id != item.name:
            raise UnplannedError(target, f"`{target.id}` stands where `{item.name}` is planned")
        self._make(item.name, found, target)
        match item.value, value:
            case Call() as call, _:
                self._call(call, value, found)
            case Pairs(items=pairs), _:
                self._pairs(pairs, value, found)
            case Names(items=texts), ast.List(elts=elements):
                self._each(texts, elements, value, found)
            case _:
                raise UnplannedError(value, f"what `{item.name}` holds was not planned")

    def _call(self, call: Call, node: ast.expr, found: Found) -> None:
        if not isinstance(node, ast.Call) or self._source.of(node.func) != call.function:
            raise UnplannedError(node, f"a call of `{call.function}` is planned here")
        if "(" not in call.function:
            found.read.setdefault(call.function.partition(".")[0], node)
        given: list[ast.expr | ast.keyword] = [*node.args, *node.keywords]
        if len(given) != len(call.arguments):
            message = f"`{call.function}` is given {len(given)} values, planned are {len(call.arguments)}"
            raise UnplannedError(node, message)
        for planned, argument in zip(call.arguments, given, strict=True):
            held = argument.value if isinstance(argument, ast.keyword) else argument
            if isinstance(planned, Pairs):
                if not isinstance(argument, ast.keyword) or argument.arg != planned.name:
                    raise UnplannedError(argument, f"`{planned.name}` is planned here")
                self._pairs(planned.items, held, found)
            else:
                self._argument(planned, argument, held, found)

    def _argument(self, planned: str, node: ast.expr | ast.keyword, held: ast.expr, found: Found) -> None:
        if planned != self._source.of(node):
            name, _, text = planned.partition("=") if isinstance(node, ast.keyword) else ("", "", planned)
            if (isinstance(node, ast.keyword) and node.arg != name) or not is_same(text, self._source.of(held), held):
                raise UnplannedError(node, f"`{_short(planned)}` is planned here")
        self._read(held, found)

    def _pairs(self, pairs: tuple[tuple[str, str], ...], node: ast.expr, found: Found) -> None:
        if not isinstance(node, ast.Dict) or len(node.keys) != len(pairs):
            raise UnplannedError(node, f"{len(pairs)} entries are planned here")
        for (key, value), key_node, value_node in zip(pairs, node.keys, node.values, strict=True):
            if key_node is None:
                raise UnplannedError(value_node, "entries of another mapping were not planned")
            self._text(key, key_node, found)
            self._text(value, value_node, found)

    def _each(self, texts: tuple[str, ...], nodes: Sequence[ast.expr], owner: ast.expr, found: Found) -> None:
        if len(texts) != len(nodes):
            raise UnplannedError(owner, f"{len(texts)} elements are planned here")
        for text, node in zip(texts, nodes, strict=True):
            self._text(text, node, found)

    def _text(self, planned: str, node: ast.expr, found: Found) -> None:
        text = self._source.of(node)
        if not is_same(planned, text, node):
            raise UnplannedError(node, f"`{_short(text)}` stands where `{_short(planned)}` is planned")
        self._read(node, found)

    def _read(self, node: ast.expr, found: Found) -> None:
        """Look through an expression; one that was seen before, with the same text, has the same names."""
        if type(node) is ast.Constant:
            return
        text = self._source.of(node)
        names = self._seen.get(text)
        if names is None:
            names = self._seen[text] = PLANNED.names(node)
        for name in names:
            found.read.setdefault(name, node)

    # -- what holds statements ----------------------------------------------------------------------------------------

    def _class(self, item: Class, node: ast.ClassDef, found: Found) -> None:
        bases = [self._source.of(one) for one in node.bases]
        if (node.name, ", ".join(bases), node.keywords, node.decorator_list) != (item.name, item.base, [], []):
            self._refuse(node, item)
        self._make(item.name, found, node)
        for base in node.bases:
            self._read(base, found)
        found.take(self.statements(item.body, node.body, node))

    def _function(self, item: Function, node: Definition, found: Found) -> None:
        if item.is_async != isinstance(node, ast.AsyncFunctionDef):
            self._refuse(node, item)
        taken = self._signature(item, node, found)
        inner = self.statements(item.body, node.body, node)
        inner.made |= taken
        found.take(inner)

    def _written(self, item: Written, node: ast.FunctionDef, found: Found) -> None:
        taken = self._signature(item, node, found)
        for one in node.body:
            if isinstance(one, ast.ImportFrom):
                self._imports(("from importlib import import_module",), [one], found, node)
                continue
            self._reaching(one, item.reaches | taken | local_names(node), item.name)

    def _reaching(self, node: ast.AST, reaches: frozenset[str], owner: str) -> None:
        """See to it that what a template writes out reaches for nothing else."""
        strange = WRITTEN.names(node) - reaches - BUILTINS
        if strange:
            raise UnplannedError(node, f"`{min(strange)}` is nothing that `{owner}` is planned to reach")

    def _signature(self, item: Function | Written, node: Definition, found: Found) -> set[str]:
        """Compare all but the body; gives the names of the parameters."""
        decorators = tuple(self._source.of(one) for one in node.decorator_list)
        if node.name != item.name or decorators != item.decorators:
            self._refuse(node, item)
        self._make(item.name, found, node)
        for decorator in node.decorator_list:
            self._read(decorator, found)
        if (node.returns is None) != (not item.returns):
            raise UnplannedError(node, f"`{item.name}` is planned to return `{item.returns or 'anything'}`")
        if node.returns is not None:
            self._text(item.returns, node.returns, found)
        given = list(parameters(node.args))
        printed = [text if arg is None else self._parameter(text, arg, default) for text, arg, default in given]
        if printed != list(item.parameters) and not are_same_parameters(item.parameters, node):
            raise UnplannedError(node, f"`{item.name}` is planned to take `{_short(', '.join(item.parameters))}`")
        for _, arg, default in given:
            for one in (arg.annotation if arg is not None else None, default):
                if one is not None:
                    self._read(one, found)
        return {arg.arg for _, arg, _ in given if arg is not None}

    def _parameter(self, prefix: str, arg: ast.arg, default: ast.expr | None) -> str:
        return prefix + self._source.between(arg, arg if default is None else default)

    def _condition(self, item: Condition, node: ast.If, found: Found) -> None:
        if self._source.of(node.test) != item.test:
            self._refuse(node, item)
        found.read.setdefault("TYPE_CHECKING", node)
        for planned, nodes in ((item.body, node.body), (item.otherwise, node.orelse)):
            inner = self.statements(planned, nodes, node)
            found.made |= inner.made
            found.take(inner)

    def _with(self, item: With, node: ast.With | ast.AsyncWith, found: Found) -> None:
        if item.is_async != isinstance(node, ast.AsyncWith) or len(node.items) != len(item.held):
            self._refuse(node, item)
        for (call, name), one in zip(item.held, node.items, strict=True):
            if not isinstance(one.optional_vars, ast.Name | None) or getattr(one.optional_vars, "id", "") != name:
                raise UnplannedError(node, f"`{name}` is planned to hold what `{call.function}` gives")
            self._call(call, one.context_expr, found)
            found.made.add(name)
        inner = self.statements(item.body, node.body, node)
        found.made |= inner.made
        found.take(inner)


def _are_same_imports(planned: list[str], nodes: Sequence[ast.stmt]) -> bool:
    try:
        wanted = ast.parse("\n".join(planned)).body
    except NO_PYTHON:
        return False
    return sorted(map(ast.dump, wanted)) == sorted(map(ast.dump, nodes))


def _said(item: Item) -> str:
    """What an item is, in a message."""
    match item:
        case Docstring() | Said():
            return "a docstring"
        case Line(text=text):
            return f"`{_short(text)}`"
        case Assigned(name=name) | Class(name=name) | Function(name=name) | Written(name=name) | Computed(name=name):
            return f"`{name}`"
        case Called(call=call):
            return f"a call of `{call.function}`"
        case Condition(test=test):
            return f"`if {test}`"
        case Imports(lines=lines):
            return f"`{_short(lines[0])}`"
    return "a `with`"


def _short(text: str) -> str:
    first, _, rest = text.partition("\n")
    return f"{first[:80]}..." if rest or len(first) > 80 else first
