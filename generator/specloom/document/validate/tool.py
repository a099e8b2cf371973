"""openapi-spec-validator on a bundled dict: every error, each with the way to it, and never a look outside.

The tool checks the shape of a document with places, but walks on from there (schemas, defaults, parameters) with errors
that do not say where they are. Its keyword validators are extended here by their place, so that all it finds can be
shown; how it judges is left to it. Imported by `validate` when it runs, for the import alone costs a quarter second.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

from jsonschema.exceptions import ValidationError
from jsonschema.validators import validator_for
from openapi_schema_validator._specifications import REGISTRY
from openapi_spec_validator import OpenAPIV30SpecValidator, OpenAPIV31SpecValidator, OpenAPIV32SpecValidator
from openapi_spec_validator.validation import keywords
from openapi_spec_validator.validation.exceptions import ExtraParametersError

from specloom.document.build import quoted
from specloom.document.checks import path_names
from specloom.document.grammar import Kind, below
from specloom.document.validate.followed import bounded
from specloom.document.validate.shape import accepter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from jsonschema_path.paths import SchemaPath
    from openapi_spec_validator.validation.validators import SpecValidator

    from specloom.document.explain import Keys


class Finding(NamedTuple):
    """An error of the tool.

    Args:
        keys: Steps to the object that was being checked; `error.path` leads on from there.
        error: The error.
        what: `schema`, `default`, `required`, or `rule` for what goes beyond single objects.
    """

    keys: Keys
    error: ValidationError
    what: str


class RetrievalRefusedError(Exception):
    """The tool asked for something outside of the bundle."""


class _NoRetrieval(dict[str, Any]):
    """Handlers for every scheme that there could be; each refuses."""

    def __contains__(self, scheme: object) -> bool:
        return True

    def __getitem__(self, scheme: str) -> Any:
        return _refuse


def _refuse(uri: str) -> NoReturn:
    raise RetrievalRefusedError(uri)


class _Seen(list[int]):
    """A list that knows what it holds: the tool asks `in` for every schema."""

    def __init__(self) -> None:
        super().__init__()
        self._held: set[int] = set()

    def append(self, item: int) -> None:
        self._held.add(item)

    def __contains__(self, item: object) -> bool:
        return item in self._held


class _Schemas(keywords.SchemaValidator):
    """Checks schemas one by one, and notes each error with its place in place of yielding it.

    The tool's own walk through schemas recurs along references, and passes by request bodies, headers, webhooks and
    more. It is switched off here; `show` is called for each schema where it stands.
    """

    def __init__(self, registry: Any) -> None:
        super().__init__(registry)
        self.findings: list[Finding] = []
        self.visited_schema_ids = _Seen()
        self._meta: dict[Any, Any] = {}
        self._accepter: Callable[[Any], bool] | None = None
        self._has_all_names = True

    def __call__(
        self, schema: SchemaPath, require_properties: bool = True, meta_checked: bool = False
    ) -> Iterator[ValidationError]:
        yield from ()

    def is_plain(self, value: Any) -> bool:
        """Whether the tool has nothing to look at in a part of a schema, which is so for most."""
        if not isinstance(value, dict):
            return True
        return "default" not in value and ("$ref" in value or not ("allOf" in value and "required" in value))

    def show(self, schema: SchemaPath, value: Any, is_root: bool) -> bool:
        """Check one schema; tell whether those inside are worth a look.

        Args:
            schema: The path to the schema, which goes through no reference.
            value: The schema as written.
            is_root: Whether it is no part of another schema: the metaschema sees the whole at once.
        """
        try:
            return self._show(schema, value, is_root)
        except Exception as error:
            self.findings.append(
                Finding(
                    tuple(schema.parts), ValidationError(f"the validator failed here ({describe(error)})"), "failed"
                )
            )
            return False

    def _show(self, schema: SchemaPath, value: Any, is_root: bool) -> bool:
        if is_root and self._validate_schema_meta(schema, value) is _STOP:
            return False
        if self.is_plain(value):
            return True
        if _is_reference(value) or _is_reference(value.get("default")):
            # The tool would look for siblings in the target, and take a default that has a `$ref` for a reference.
            list(self.default_validator(schema, value["default"]))
            return True
        self._has_all_names = True
        for error in super().__call__(schema, require_properties=is_root, meta_checked=True):
            if not isinstance(error, ExtraParametersError):
                self.findings.append(Finding(tuple(schema.parts), error, "schema"))
            elif self._has_all_names:
                self._note_required(schema, error)
        return True

    def _note_required(self, schema: SchemaPath, error: ValidationError) -> None:
        """Split the one error about all required names, whose order is that of a set."""
        required: Any = (schema / "required").read_value()
        for index, name in enumerate(required):
            if repr(name) in error.message:
                message = f"{quoted(str(name))} is required, but no property has this name"
                keys = (*schema.parts, "required", index)
                self.findings.append(Finding(keys, ValidationError(message), "required"))

    def _validate_schema_meta(self, schema: SchemaPath, schema_value: Any) -> Any:
        """Note all that the metaschema refuses, where the tool stops at the first."""
        has_own = isinstance(schema_value, dict) and "$schema" in schema_value
        if not has_own and self._accepts(schema, schema_value):
            return None
        try:
            meta = self._metaschema(self._get_schema_checker(schema, schema_value))
        except ValueError:
            keys: Keys = (*schema.parts, "$schema") if has_own else ("jsonSchemaDialect",)
            error = ValidationError("this dialect of JSON Schema is not known")
            self.findings.append(Finding(keys, error, "schema"))
            return _STOP
        errors = [
            Finding(tuple(schema.parts), error, "schema")
            for error in meta.iter_errors(schema_value)
            if not (error.validator == "format" and error.validator_value == "regex" and _is_pattern(error.instance))
        ]
        self.findings += errors
        return _STOP if errors else None

    def _accepts(self, schema: SchemaPath, value: Any) -> bool:
        """Tell whether the metaschema of the document has surely nothing against a schema."""
        if self._accepter is None:
            try:
                meta = self._metaschema(self._get_schema_checker(schema, value))
            except ValueError:
                self._accepter = _never
                return False
            formats = meta.format_checker
            self._accepter = accepter(meta.schema, lambda text, name: formats.conforms(text, name))
        return self._accepter(value)

    def _metaschema(self, checker: Any) -> Any:
        cls = getattr(checker, "func", checker).__self__
        if cls not in self._meta:
            formats = getattr(checker, "keywords", {}).get("format_checker", cls.FORMAT_CHECKER)
            meta = validator_for(cls.META_SCHEMA, default=cls)
            self._meta[cls] = meta(cls.META_SCHEMA, format_checker=formats, registry=REGISTRY)
        return self._meta[cls]

    def _collect_properties(self, schema: SchemaPath) -> set[str]:
        """List all property names that a schema reaches; unlike the tool's own, it stands schemas that recur."""
        names: set[str] = set()
        seen: set[int] = set()
        stack = [schema]
        while stack and self._has_all_names:
            one = stack.pop()
            value = one.read_value()
            if not isinstance(value, dict) or id(value) in seen:
                continue
            seen.add(id(value))
            self._has_all_names = len(seen) < _MANY_SCHEMAS
            properties = value.get("properties")
            names.update(properties if isinstance(properties, dict) else ())
            for key in ("allOf", "anyOf", "oneOf"):
                if isinstance(value.get(key), list):
                    stack.extend(one / key / index for index in range(len(value[key])))
            stack.extend(one / key for key in ("items", "not") if isinstance(value.get(key), dict))
        return names


def _is_pattern(text: object) -> bool:
    """Whether a text that Python's `re` refuses is a pattern of ECMA-262 all the same, as far as that can be told."""
    translated = re.sub(r"\\[pP]\{[^{}]*\}|\\u\{[0-9A-Fa-f]+\}|\\c[A-Za-z]", r"\\w", str(text))
    try:
        re.compile(re.sub(r"\(\?<(?=[^\W\d])", "(?P<", translated).replace("\\k<", "(?P=").replace("[^]", "."))
    except re.error:
        return False
    return True


def _never(value: Any) -> bool:
    return False


_STOP = ValidationError("stop")
_MANY_SCHEMAS = 200


class _Schemas30(_Schemas, keywords.OpenAPIV30SchemaValidator):
    pass


class _Schemas31(_Schemas, keywords.OpenAPIV31SchemaValidator):
    pass


class _Schemas32(_Schemas, keywords.OpenAPIV32SchemaValidator):
    pass


class _Defaults(keywords.ValueValidator):
    """Notes each error of a default with its place."""

    def __init__(self, registry: Any) -> None:
        super().__init__(registry)
        self.value_validator_cls = bounded(self.value_validator_cls)
        self.findings: list[Finding] = []

    def __call__(self, schema: SchemaPath, value: Any) -> Iterator[ValidationError]:
        keys = (*schema.parts, "default")
        try:
            self.findings.extend(Finding(keys, error, "default") for error in super().__call__(schema, value))
        except Exception as error:
            self.findings.append(
                Finding(keys, ValidationError(f"the validator failed here ({describe(error)})"), "failed")
            )
        yield from ()


class _Defaults30(_Defaults, keywords.OpenAPIV30ValueValidator):
    pass


class _Defaults31(_Defaults, keywords.OpenAPIV31ValueValidator):
    pass


class _Defaults32(_Defaults, keywords.OpenAPIV32ValueValidator):
    pass


class _Operations(keywords.OperationValidator):
    """Notes each error of an operation with its place."""

    def __init__(self, registry: Any) -> None:
        super().__init__(registry)
        self.findings: list[Finding] = []

    def __call__(self, url: str, name: str, operation: Any, path_parameters: Any) -> Iterator[ValidationError]:
        errors = super().__call__(url, name, operation, path_parameters)
        self.findings.extend(Finding(tuple(operation.parts), error, "rule") for error in errors)
        yield from ()

    def _get_path_params_from_url(self, url: str) -> Iterator[str]:
        return filter(None, path_names(url))


class _Paths(keywords.PathValidator):
    """Passes by extensions beside the paths, which the tool takes for path items."""

    def __call__(self, url: str, path_item: Any) -> Iterator[ValidationError]:
        if not url.startswith("x-"):
            yield from super().__call__(url, path_item)


class _Paths32(_Paths, keywords.OpenAPIV32PathValidator):
    pass


_OWN = {"operation": _Operations, "path": _Paths}


class _Validator30(OpenAPIV30SpecValidator):
    resolver_handlers = _NoRetrieval()
    keyword_validators: dict[str, type[keywords.KeywordValidator]] = {  # noqa: RUF012  # as the tool declares it
        **OpenAPIV30SpecValidator.keyword_validators,
        **_OWN,
        "schema": _Schemas30,
        "default": _Defaults30,
    }


class _Validator31(OpenAPIV31SpecValidator):
    resolver_handlers = _NoRetrieval()
    keyword_validators: dict[str, type[keywords.KeywordValidator]] = {  # noqa: RUF012
        **OpenAPIV31SpecValidator.keyword_validators,
        **_OWN,
        "schema": _Schemas31,
        "default": _Defaults31,
    }


class _Validator32(OpenAPIV32SpecValidator):
    resolver_handlers = _NoRetrieval()
    keyword_validators: dict[str, type[keywords.KeywordValidator]] = {  # noqa: RUF012
        **OpenAPIV32SpecValidator.keyword_validators,
        **_OWN,
        "schema": _Schemas32,
        "default": _Defaults32,
        "path": _Paths32,
    }


_VALIDATORS: dict[str, type[SpecValidator]] = {"3.0": _Validator30, "3.1": _Validator31, "3.2": _Validator32}


def find_content_errors(
    value: dict[str, Any], version: str, *, rules: bool = True
) -> tuple[list[Finding], Exception | None]:
    """Check schemas, defaults and rules of a bundled document.

    The tool looks at the schemas of parameters, responses and components; it is shown all others here.

    Args:
        rules: Whether to look for what goes beyond single objects: double names, and paths that disagree with their
            parameters.

    Returns:
        What it found, and what it raised: it may do so where the shape of a document is wrong.
    """
    found: list[Finding] = []
    failure: Exception | None = None
    validator: Any = _VALIDATORS[version](value)
    registry = validator.keyword_validators_registry
    noting: list[Any] = [registry["schema"], registry["default"], registry["operation"]]
    try:
        if rules:
            found += (Finding((), error, "rule") for error in validator.root_validator(validator.schema_path))
    except Exception as error:
        failure = error
    try:
        _show_all_schemas(value, validator.schema_path, noting[0], version != "3.0")
    except Exception as error:
        failure = failure or error
    return [*found, *(finding for one in noting for finding in one.findings)], failure


def _show_all_schemas(value: dict[str, Any], top: SchemaPath, schemas: _Schemas, siblings: bool) -> None:
    stack: list[tuple[Any, Kind, Keys]] = [(value, Kind.DOCUMENT, ())]
    seen: set[int] = set()
    while stack:
        one, kind, keys = stack.pop()
        if not isinstance(one, dict) or id(one) in seen:
            continue
        seen.add(id(one))
        for found in below(one, kind):
            way = (*keys, *found.keys)
            counts = found.kind is Kind.SCHEMA and (siblings or not _is_reference(found.value))
            is_root = kind is not Kind.SCHEMA
            if (
                not counts
                or (not is_root and schemas.is_plain(found.value))
                or schemas.show(top._clone_with_parts(way), found.value, is_root)
            ):
                stack.append((found.value, found.kind, way))


def _is_reference(value: Any) -> bool:
    return isinstance(value, dict) and "$ref" in value


def describe(error: Exception) -> str:
    """Name an exception in a few words, without what it may quote of the document."""
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    text = str(error).partition("\n")[0]
    return f"{type(error).__name__}: {text}" if text and len(text) <= 100 else type(error).__name__
