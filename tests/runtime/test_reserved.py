"""The lists of taken names are what the classes really have."""

from __future__ import annotations

import inspect

from specloom.runtime import checks, client, errors, options, reserved
from specloom.runtime.models import Model, OpenEnum, OpenIntEnum


def public(kind: type) -> set[str]:
    """Attributes that do not begin with an underscore."""
    return {name for name in dir(kind) if not name.startswith("_")}


def test_model_attributes_are_listed() -> None:
    """Some of the list exist in other versions of pydantic only."""
    assert public(Model) - reserved.MODEL_ATTRIBUTES == set()
    assert {"to_json", "to_dict", "from_json", "model_fields", "copy"} <= reserved.MODEL_ATTRIBUTES


def test_enum_attributes_are_listed() -> None:
    """Those of texts and integers are attributes of every member."""
    assert (public(OpenEnum) | public(OpenIntEnum) | {"name", "value", "mro"}) - reserved.ENUM_ATTRIBUTES == set()


def test_options_are_listed() -> None:
    """As the type checker knows them, as the client checks them, as the generator avoids them."""
    assert set(options.CallOptions.__annotations__) == reserved.CALL_OPTIONS == checks.CALL_OPTIONS
    for kind in (options.ClientOptions, options.AsyncClientOptions):
        assert set(kind.__annotations__) == reserved.CALL_OPTIONS | reserved.CLIENT_OPTIONS
    assert checks.HOOKS == reserved.CLIENT_OPTIONS


def test_client_attributes_are_listed() -> None:
    """Resources are attributes of clients."""
    assert public(client.BaseClient) | public(client.BaseAsyncClient) == reserved.CLIENT_ATTRIBUTES
    arguments = set(inspect.signature(client.BaseClient.__init__).parameters)
    assert reserved.CLIENT_ARGUMENTS <= arguments


def test_error_attributes_are_listed() -> None:
    """Declared fields become attributes of errors."""
    error = errors.StatusError("x")
    own = {name for name in [*dir(error), *vars(error)] if not name.startswith("_")}

    assert own - {"code", "message", "title", "request_id"} == reserved.ERROR_ATTRIBUTES


def test_the_tree_of_errors_is_the_one_that_is_drawn() -> None:
    """Each class stands in the docstring of its module, under its base."""
    drawn = [line for line in (errors.__doc__ or "").splitlines() if "Error" in line and line.startswith("    ")]
    names = [line.strip("│├└─ ").split()[0] for line in drawn]
    depths = [(len(line) - len(line.lstrip("│├└─ "))) // 4 - 1 for line in drawn]
    classes = {
        name: kind for name, kind in vars(errors).items() if inspect.isclass(kind) and issubclass(kind, Exception)
    }

    assert set(names) == set(classes)
    assert [len(classes[name].__mro__) - 4 for name in names] == depths
