"""Names of a document -> Python names; every name of an emitted package is made here.

A name is made from its own spelling alone, so its order in the document does not matter. Where two spellings lead to
one name, the one of the higher rank has it: a spelling that already is that name, then the plainer one. Every other is
spelled out: its signs, then its case. What is alike even so gets four hexadecimal digits of its own hash.
"""

from __future__ import annotations

import hashlib
import keyword
import re
import unicodedata
from collections import Counter
from functools import lru_cache
from itertools import count
from typing import TYPE_CHECKING

from specloom.words import split_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    Mark = Callable[[str, str], str]

MAX_LENGTH = 80
"""Longest name, in characters; a longer one is cut and gets a part of its hash."""

_TYPES = frozenset({"bool", "bytes", "dict", "float", "int", "list", "str"})
"""Builtins that stand in annotations of class bodies, where a member of the same name would hide them."""

FIELDS = _TYPES | frozenset(
    {
        "construct", "copy", "from_json", "from_orm", "json", "model_computed_fields", "model_config",
        "model_construct", "model_copy", "model_dump", "model_dump_json", "model_extra", "model_fields",
        "model_fields_set", "model_json_schema", "model_parametrized_name", "model_post_init", "model_rebuild",
        "model_validate", "model_validate_json", "model_validate_strings", "mro", "parse_file", "parse_obj",
        "parse_raw", "problems", "read_as", "schema", "schema_json", "self", "to_dict", "to_json",
        "update_forward_refs", "validate",
    }
)  # fmt: skip
"""Names that a model needs for itself, and so no field may have."""

PARAMETERS = frozenset(
    {
        "self", "body", "options", "timeout", "deadline", "retries", "extra_headers", "extra_query", "raise_failures",
        "strict", "check",
    }
)  # fmt: skip
"""Names that every method needs for itself, and so no parameter of an operation may have."""

CLIENT_PARAMETERS = PARAMETERS | {"endpoint", "credentials", "transport", "on_request", "on_response", "super"}
"""Names that the constructor of a client needs for itself."""

METHODS = _TYPES - {"list"} | {"self"}
"""Names that no method of a resource may have; beside a method `list`, annotations say `List`."""

CONSTANTS = frozenset({"TYPE_CHECKING", "UUID"})
"""Names in capitals that modules of resources have for something else than operations."""

LAZY = frozenset({"getattr", "globals"})
"""Builtins that packages find their names with, which a module of the same name would hide from them."""

RESOURCES = LAZY | frozenset(
    {
        "close",
        "aclose",
        "cached_property",
        "endpoint",
        "models",
        "client",
        "with_options",
        "with_raw_response",
        "options",
        "self",
        "webhooks",
    }
)
"""Names that no resource may have: what a client is made of, and modules beside those of the resources."""

PARTS = LAZY | {"models"}
"""Names that no module of a part of a resource may have: what such modules import."""

MODULES = LAZY | {"errors"}
"""Names that no package of a client may have: modules beside it."""

DEVICES = frozenset({"aux", "con", "nul", "prn"}) | {
    f"{port}{number}" for port in ("com", "lpt") for number in range(10)
}
"""Names that no module may have, for on Windows they are devices with any ending."""

MAX_FILE_NAME = 200
"""Most bytes of the name of a file without its ending: every file system takes 255."""

CLIENTS = frozenset(
    {
        "AccessKeyCredentials", "Annotated", "Any", "ApiKey", "AsyncClientOptions", "BaseAsyncClient", "BaseClient",
        "BasicCredentials", "CallOptions", "ClientOptions", "Content", "Credentials", "CredentialsInput", "ErrorField",
        "Exchange", "Headers", "HttpAuth", "Literal", "Mapping", "Never", "NoContent", "OAuth",
        "OAuthClientCredentials", "PasswordCredentials", "Problem", "RawResponse", "Request", "Response",
        "RetryPolicy", "SERVICE", "Sequence", "Server", "Service", "Signer", "TokenCredentials", "UTC", "UUID",
        "Unpack",
    }
)  # fmt: skip
"""Names that modules with a client have, or that packages offer; those that end in `Error` are kept for errors."""

RESOURCE_CLASSES = CLIENTS | {
    *("Body", "Failure", "FailureTest", "Field", "Limits", "List", "Operation", "Parameter", "Resource"),
}
"""Names that modules of resources import; those that begin with `Async` are kept for the twins of other resources."""

CLASSES = frozenset(
    {
        "Annotated", "Any", "ByTag", "Date", "DateTime", "ExtensibleEnum", "JsonText", "Limits", "Literal", "Model",
        "Never", "OpenEnum", "OpenIntEnum", "StandsFor", "TypeAliasType", "Union", "Uuid",
    }
)  # fmt: skip
"""Names that modules of models import."""

BUILTINS = frozenset(
    {
        "ArithmeticError", "AssertionError", "AttributeError", "BaseException", "BaseExceptionGroup",
        "BlockingIOError", "BrokenPipeError", "BufferError", "BytesWarning", "ChildProcessError",
        "ConnectionAbortedError", "ConnectionError", "ConnectionRefusedError", "ConnectionResetError",
        "DeprecationWarning", "EOFError", "Ellipsis", "EncodingWarning", "EnvironmentError", "Exception",
        "ExceptionGroup", "FileExistsError", "FileNotFoundError", "FloatingPointError", "FutureWarning",
        "GeneratorExit", "IOError", "ImportError", "ImportWarning", "IndentationError", "IndexError",
        "InterruptedError", "IsADirectoryError", "KeyError", "KeyboardInterrupt", "LookupError",
        "MemoryError", "ModuleNotFoundError", "NameError", "NotADirectoryError", "NotImplemented",
        "NotImplementedError", "OSError", "OverflowError", "PendingDeprecationWarning", "PermissionError",
        "ProcessLookupError", "PythonFinalizationError", "RecursionError", "ReferenceError",
        "ResourceWarning", "RuntimeError", "RuntimeWarning", "StopAsyncIteration", "StopIteration",
        "SyntaxError", "SyntaxWarning", "SystemError", "SystemExit", "TabError", "TimeoutError", "TypeError",
        "UnboundLocalError", "UnicodeDecodeError", "UnicodeEncodeError", "UnicodeError",
        "UnicodeTranslateError", "UnicodeWarning", "UserWarning", "ValueError", "Warning", "ZeroDivisionError",
    }
)  # fmt: skip
"""Builtin names that a class could have: a type is looked up by its name, and must not be found there. Those of all
versions of Python, so that each of them emits the same.
"""


def _spelled(text: str) -> list[str]:
    """The words of a name that has none: what its characters are called."""
    named = "_".join(unicodedata.name(one, f"u{ord(one):04x}") for one in text[:8])
    return [word.lower() for word in re.findall(r"[A-Za-z0-9]+", named)] or ["empty"]


def _cut(name: str, text: str, mark: Mark) -> str:
    name = unicodedata.normalize("NFKC", name)
    return name if len(name) <= MAX_LENGTH else mark(name[: MAX_LENGTH - 5].rstrip("_"), digest(text))


def mark_snake(name: str, digits: str) -> str:
    """A snake_case name with a part of its hash."""
    return f"{name}_{digits}"


def mark_upper(name: str, digits: str) -> str:
    """An UPPER_CASE name with a part of its hash."""
    return f"{name}_{digits.upper()}"


def mark_pascal(name: str, digits: str) -> str:
    """A PascalCase name with a part of its hash."""
    return f"{name}{digits.upper()}"


def digest(text: str, length: int = 4) -> str:
    """Four hexadecimal digits, or more, that stand for a spelling."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:length]


@lru_cache(maxsize=16_384)
def snake(text: str) -> str:
    """A snake_case name."""
    joined = "_".join(split_words(text) or _spelled(text)).lower()
    return _cut(joined if joined.isidentifier() else f"n{joined}", text, mark_snake)


@lru_cache(maxsize=65_536)
def pascal(text: str) -> str:
    """A PascalCase name; capitals of an acronym are kept as the document has them."""
    joined = ""
    for word in split_words(text) or _spelled(text):
        between = "_" if joined[-1:].isdigit() and word[0].isdigit() else ""
        joined += f"{between}{word[0].upper()}{word[1:]}"
    return _cut(joined if joined.isidentifier() else f"N{joined}", text, mark_pascal)


def upper(text: str) -> str:
    """An UPPER_CASE name."""
    return unicodedata.normalize("NFKC", snake(text).upper())


def field_name(wire: str) -> str:
    """The Python name of a property."""
    return _free(snake(wire), FIELDS)


def parameter_name(wire: str) -> str:
    """The Python name of a parameter of a method."""
    return _free(snake(wire), PARAMETERS)


def client_parameter_name(wire: str) -> str:
    """The Python name of a parameter that a client holds."""
    return _free(snake(wire), CLIENT_PARAMETERS)


def method_name(name: str) -> str:
    """The name of the method of an operation."""
    return _free(snake(name), METHODS)


def resource_name(name: str) -> str:
    """The name of a resource: the module, and the attribute of the client."""
    return _free(file_name(snake(name)), RESOURCES | DEVICES)


def part_name(name: str) -> str:
    """The name of the module of a part of a resource."""
    return _free(file_name(snake(name)), PARTS | DEVICES)


def module_name(name: str) -> str:
    """The name of the package of a client."""
    return _free(file_name(snake(name)), MODULES | DEVICES)


def file_name(name: str) -> str:
    """A name of a file, without its ending, that is made of other names: cut to what every file system takes."""
    encoded = name.encode()
    if len(encoded) <= MAX_FILE_NAME:
        return name
    return mark_snake(encoded[: MAX_FILE_NAME - 9].decode(errors="ignore").rstrip("_"), digest(name, 8))


def is_attribute(name: str) -> bool:
    """Whether a name can be written after a point."""
    return name.isidentifier() and not keyword.iskeyword(name)


def client_name(name: str) -> str:
    """The name of the class of a client."""
    made = pascal(name)
    taken = made in CLIENTS or made.endswith("Error") or keyword.iskeyword(made)
    return f"{made}Client" if taken else made


def resource_class_name(name: str, client: str) -> str:
    """The name of the class of a resource: another than its client has, and than any asynchronous twin could have."""
    made = pascal(name)
    if made.startswith("Async"):
        return f"Resource{made}"  # with an end of its own it could still be the twin of another
    taken = made in RESOURCE_CLASSES or client in (made, f"Async{made}") or keyword.iskeyword(made)
    return f"{made}Resource" if taken else made


def class_name(name: str) -> str:
    """The name of the class of a schema."""
    made = pascal(name)
    return f"{made}Model" if made in CLASSES | BUILTINS or keyword.iskeyword(made) else made


def member_name(value: str | int) -> str:
    """The name of a value of an enumeration."""
    if isinstance(value, int):
        return f"MINUS_{-value}" if value < 0 else f"VALUE_{value}"
    sign = {"-": "MINUS_", "+": "PLUS_"}.get(value[:1], "") if split_words(value) else ""
    made = sign + upper(value)
    if not sign and "".join(split_words(value))[:1].isdigit():
        made = f"VALUE_{made[1:]}"
    # `mro` and names in underscores mean something to an enumeration; capitals keep clear of both. The class body asks
    # for the other name.
    return _free(made, frozenset({"MRO", "TYPE_CHECKING"}))


def member_names(given: Mapping[str | int, str]) -> dict[str | int, str]:
    """The names of the values of an enumeration, by value.

    Args:
        given: The name that the document gives to each value; empty for none.
    """
    listed: dict[str, str | int] = {str(value): name or value for value, name in given.items()}
    made = distinct(listed, lambda text: member_name(listed.get(text, text)), mark_upper)
    return {value: made[str(value)] for value in given}


def _free(name: str, taken: frozenset[str]) -> str:
    return f"{name}_" if keyword.iskeyword(name) or name in taken else name


_SIGNS = {
    "!": "not", "#": "hash", "$": "dollar", "%": "percent", "&": "and", "*": "star", "+": "plus", ".": "dot",
    "/": "slash", ":": "colon", "<": "less than", "=": "equals", ">": "greater than", "@": "at", "~": "tilde",
}  # fmt: skip
"""What signs are called in the names of spellings that nothing else sets apart."""


def _other_ways(text: str) -> Iterator[str]:
    """Longer ways to spell a name: its signs called by their names, hyphens last; its case."""
    spelled = "".join(f" {_SIGNS[one]} " if one in _SIGNS else one for one in text)
    yield spelled
    yield spelled.replace("-", " dash ")
    if text.lower() == text.upper():
        return
    style = "lower" if text.islower() else "upper" if text.isupper() else "camel" if text[:1].islower() else "capital"
    yield f"{text}_{style}"


def choose(options: Mapping[str, Sequence[str]], taken: Iterable[str] = ()) -> dict[str, str]:
    """Give each the first of its names that no other has among its own, and the last where there is none such."""
    known = Counter([*taken, *(name for each in options.values() for name in dict.fromkeys(each))])
    return {one: next((name for name in each if known[name] == 1), each[-1]) for one, each in options.items()}


def distinct(spellings: Iterable[str], convert: Callable[[str], str], mark: Mark = mark_snake) -> dict[str, str]:
    """Convert spellings to names that are all different, by the rule of this module.

    They choose by rank, each the first of its names that is free. So a spelling that is added changes no name of a
    higher rank than its own, whatever it is.

    Args:
        mark: How a name takes a part of its hash.
    """
    made = {one: convert(one) for one in dict.fromkeys(spellings)}
    if len(set(made.values())) == len(made):
        return made
    taken: set[str] = set()
    for one in sorted(made, key=lambda each: _rank(each, made[each])):
        made[one] = next(name for name in _ways(one, made[one], convert, mark) if name not in taken)
        taken.add(made[one])
    return made


def _rank(spelling: str, name: str) -> tuple[bool, int, int, str]:
    """What a spelling goes before others by: it is its own name, it has fewer signs, fewer capitals. None are equal."""
    return spelling != name, sum(not one.isalnum() for one in spelling), sum(map(str.isupper, spelling)), spelling


def _ways(spelling: str, name: str, convert: Callable[[str], str], mark: Mark) -> Iterator[str]:
    """The names of a spelling, the one that it likes best first."""
    yield name
    yield from map(convert, _other_ways(spelling))
    # More than the first are for spellings that look like the names that this makes, as somebody may well choose them.
    yield from (mark(name, digest(spelling + " " * again, 4 + 4 * again)) for again in count())


def told_apart(made: Mapping[str, str], mark: Mark, taken: Iterable[str] = ()) -> dict[str, str]:
    """Names with a part of the hash of their spelling where several are alike still."""
    known = Counter([*made.values(), *taken])
    apart: dict[str, str] = {}
    # More digits are for spellings that look like the names that this makes.
    for length in range(4, 65, 4):
        apart = {
            one: name if known[name] == 1 or one == name else mark(name, digest(one, length))
            for one, name in made.items()
        }
        if len({*apart.values(), *taken}) == len(apart) + len(set(taken)):
            break
    return apart
