"""Names that are taken: what emitted code, Python or a file system needs for itself is called so by no document."""

from __future__ import annotations

import ast
import builtins
import inspect
import textwrap
from typing import TYPE_CHECKING

import pytest

from specloom.python import names, plan_client, plan_contract, plan_modules, plan_resources, plan_test_modules
from specloom.python.plan_models import RUNTIME_TYPES
from specloom.python.plan_project import plan_entry, plan_errors
from specloom.python.vendors import VENDORS
from specloom.runtime import reserved
from specloom.runtime.models import Model

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

IN_ANNOTATIONS = {"bool", "bytes", "dict", "float", "int", "list", "str"}


def written_in(*functions: Callable[..., object]) -> set[str]:
    """Names of classes that stand as texts in functions which plan imports."""
    trees = (ast.parse(textwrap.dedent(inspect.getsource(one))) for one in functions)
    texts = {node.value for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    return {one for one in texts if isinstance(one, str) and one.isidentifier() and one[0].isupper()} - {
        "TYPE_CHECKING"
    }


def public(kind: type) -> set[str]:
    """Attributes that do not begin with an underscore."""
    return {name for name in dir(kind) if not name.startswith("_")}


OFFERED = {one.name for one in plan_entry([], [], plan_errors([], header=""), header="", about="Acme").exports}
OF_RESOURCES = written_in(plan_resources.resource_imports, plan_resources.resource_typing_imports)
OF_CLIENTS = {
    *written_in(plan_client.client_imports, plan_client.client_typing_imports),
    *written_in(plan_contract._view, plan_test_modules.TestModules._imports),
    *(name for vendor in VENDORS for name in vendor.exports if name[0].isupper()),
    *(one for one in OFFERED if one[0].isupper()),
    *("OAuthClientCredentials", "SERVICE"),
} - {"STATUS_ERRORS"}
OF_MODELS = {*written_in(plan_modules._own_imports), *RUNTIME_TYPES, "ExtensibleEnum", "OpenEnum", "OpenIntEnum"}


def assert_are_taken(convert: Callable[[str], str], spellings: Iterable[str], ending: str) -> None:
    """Each spelling gets a name with this ending."""
    assert {one: convert(one) for one in spellings} == {one: f"{one}{ending}" for one in spellings}


def test_a_field_hides_nothing_of_its_model() -> None:
    """Neither an attribute, be it of other versions of pydantic, nor a type of another field."""
    needed = public(Model) | public(type) | reserved.MODEL_ATTRIBUTES | IN_ANNOTATIONS | {"self"}

    assert {"to_json", "model_fields", "mro"} <= needed
    assert_are_taken(names.field_name, needed, "_")
    assert names.field_name("body") == "body"


def test_a_parameter_of_a_method_hides_no_option() -> None:
    """Nor what the method calls its own arguments."""
    assert_are_taken(names.parameter_name, reserved.CALL_OPTIONS | reserved.CALL_ARGUMENTS, "_")
    assert names.parameter_name("endpoint") == "endpoint"
    assert names.parameter_name("list") == "list"


def test_a_parameter_of_a_client_hides_no_option() -> None:
    """Of the constructor, or of the calls, which take it from there."""
    needed = reserved.CLIENT_OPTIONS | reserved.CLIENT_ARGUMENTS | reserved.CALL_OPTIONS | reserved.CALL_ARGUMENTS

    assert_are_taken(names.client_parameter_name, needed, "_")
    assert names.client_parameter_name("user_agent") == "user_agent"


def test_a_method_hides_no_type_of_an_annotation() -> None:
    """Beside a method `list`, annotations say `List`."""
    assert_are_taken(names.method_name, IN_ANNOTATIONS - {"list"} | {"self"}, "_")
    assert names.method_name("list") == "list"


def test_a_resource_hides_no_attribute_of_its_client() -> None:
    """Nor does its module stand where another does; what the constructor takes is nobody's attribute either."""
    modules = {"client", "models", "webhooks"}

    assert_are_taken(names.resource_name, reserved.CLIENT_ATTRIBUTES | modules | {"endpoint", "options", "self"}, "_")
    assert names.resource_name("errors") == "errors"


def test_a_module_stands_where_no_other_does() -> None:
    """That of a part beside the import of the models, the package of a client beside the errors."""
    assert_are_taken(names.part_name, ["models"], "_")
    assert_are_taken(names.module_name, ["errors"], "_")
    assert (names.part_name("errors"), names.module_name("models")) == ("errors", "models")


@pytest.mark.parametrize("convert", [names.resource_name, names.part_name, names.module_name])
def test_a_module_is_no_device(convert: Callable[[str], str]) -> None:
    """Windows knows ten of two kinds, and four others."""
    ports = {f"{port}{number}" for port in ("com", "lpt") for number in range(10)}

    assert_are_taken(convert, {"aux", "con", "nul", "prn"} | ports, "_")
    assert convert("com10") == "com10"


def test_a_client_is_called_like_nothing_beside_it() -> None:
    """What its module or that of its tests imports, what a package offers, and what could be an error."""
    assert {"Server", "Unpack", "Any", "UTC", "Exchange", "AccessKeyCredentials", "RawResponse"} <= OF_CLIENTS
    assert_are_taken(names.client_name, {*OF_CLIENTS, "AcmeError"}, "Client")
    assert (names.client_name("Body"), names.client_name("Date")) == ("Body", "Date")


def test_a_resource_is_called_like_nothing_that_its_module_imports() -> None:
    """Nor like anything beside its client, whose module imports it."""
    assert {"List", "Limits", "Operation", "NoContent"} <= OF_RESOURCES
    around = {one for one in OF_CLIENTS if not one.endswith("Error")}
    known = {one for one in OF_RESOURCES | around if not one.startswith("Async")}
    assert_are_taken(lambda one: names.resource_class_name(one, "Acme"), known, "Resource")
    assert names.resource_class_name("AsyncResource", "Acme") == "ResourceAsyncResource"
    assert names.resource_class_name("Date", "Acme") == "Date"


def test_a_model_is_called_like_nothing_that_its_module_imports() -> None:
    """Python's part of it, and the runtime's."""
    assert {"Limits", "Model", "Union", "JsonText"} <= OF_MODELS
    assert_are_taken(names.class_name, OF_MODELS, "Model")
    assert (names.class_name("Server"), names.class_name("Field")) == ("Server", "Field")


def test_a_model_is_called_like_no_builtin() -> None:
    """Of any Python: the name of a class is looked up where its module is not alone."""
    taken = {one for one in dir(builtins) if one[0].isupper()} | {"PythonFinalizationError"}

    assert_are_taken(names.class_name, taken, "Model")


@pytest.mark.parametrize(
    ("convert", "spelling", "made"),
    [
        (names.field_name, "import", "import_"),
        (names.client_name, "None", "NoneClient"),
        (lambda one: names.resource_class_name(one, "Acme"), "True", "TrueResource"),
        (names.class_name, "False", "FalseModel"),
    ],
)
def test_nothing_is_called_like_a_keyword(convert: Callable[[str], str], spelling: str, made: str) -> None:
    """Those in capitals included."""
    assert convert(spelling) == made
