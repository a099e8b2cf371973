"""Stage 3: a document -> what OpenAPI, and our own extensions, find wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from specloom.diagnostics import Diagnostic, Severity, sorted_diagnostics
from specloom.document.build import quoted
from specloom.document.bundle import bundle
from specloom.document.checks import check
from specloom.document.explain import Fault, drop_echoes, explain
from specloom.document.extensions import check_extensions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document.document import Document
    from specloom.document.explain import Keys
    from specloom.document.validate.tool import Finding

VERSIONS: Final = ("3.0", "3.1", "3.2")
_SHAPES: Final = {"unknown": "SL303", "echo": "SL303", "missing": "SL304", "shape": "SL302"}
_CONTENT: Final = {"schema": "SL305", "default": "SL306", "required": "SL313", "failed": "SL399"}
# Rules that the tool and we both check: by the name of its error, the codes of ours.
_RULES: Final = {
    "DuplicateOperationIDError": ("SL307",),
    "ParameterDuplicateError": ("SL308",),
    "UnresolvableParameterError": ("SL309", "SL310", "SL314"),
    "OpenAPIValidationError": ("SL312",),
}
_OWN_RULES: Final = frozenset(code for codes in _RULES.values() for code in codes)


class Flaw(NamedTuple):
    """Something that is wrong, with what is known of it beyond what people are told.

    Args:
        fault: What a validator said, where it comes from one.
    """

    diagnostic: Diagnostic
    fault: Fault | None = None


def validate(document: Document) -> tuple[Diagnostic, ...]:
    """Check a document against OpenAPI 3.0, 3.1 or 3.2 and its extensions against ours.

    Returns:
        Everything that was found, in reading order. Whatever a validator does with a document, nothing is raised.
    """
    return sorted_diagnostics(flaw.diagnostic for flaw in find_flaws(document))


def find_flaws(document: Document) -> list[Flaw]:
    """Check a document as `validate` does, for who wants to do something about what is found."""
    version = document.version
    if version is None or version not in VERSIONS:
        return [Flaw(_wrong_version(document))]
    own = [*check(document), *check_extensions(document)]
    return [*(Flaw(one) for one in own), *_ToolCheck(document, version).run(own)]


def _wrong_version(document: Document) -> Diagnostic:
    root = document.root
    held = root.get("openapi") or root.get("swagger")
    if held is None:
        message = "the document does not say which version of OpenAPI it is written in"
        return Diagnostic(code="SL301", message=message, location=root.location, hint="add `openapi: 3.1.0`")
    if not isinstance(held.value, str):
        message = f"the version of OpenAPI is a text, not {quoted(str(held.value))}"
        return Diagnostic(code="SL301", message=message, location=held.location, hint="write it as `3.1.0`")
    message = f"OpenAPI {quoted(held.value)} is not read"
    hint = "convert the document to OpenAPI 3.0, 3.1 or 3.2"
    return Diagnostic(code="SL301", message=message, location=held.location, hint=hint)


class _ToolCheck:
    """One run of openapi-spec-validator over a document, its errors explained and put back into the files."""

    def __init__(self, document: Document, version: str) -> None:
        from specloom.document.validate import shape, tool

        self._shape = shape
        self._tool = tool
        self._document = document
        self._version = version
        self._bundle = bundle(document)
        self._broken: set[tuple[str, str]] = set()

    def run(self, own: list[Diagnostic]) -> Iterator[Flaw]:
        """Run the tool; leave out what `own` says already."""
        faults, failure = self._find_shape_faults()
        said = {above for one in own for above in _ancestors((one.location.file, one.location.pointer))}
        for fault in faults:
            if not fault.is_vague:
                self._broken.update(_ancestors(self._bundle.origin(fault.keys)))
        said |= {(self._document.sources[file].name, pointer) for file, pointer in self._broken}
        for fault in faults:
            diagnostic = self._diagnostic(fault.keys, _SHAPES[fault.what], fault)
            if not (fault.is_vague and (diagnostic.location.file, diagnostic.location.pointer) in said):
                yield Flaw(diagnostic, fault)
        codes = {one.code for one in own}
        # Of a document whose shape is right, our own checks find all that the tool's rules find, and take a twentieth
        # of the time; 3.2 alone has rules about tags that are left to the tool.
        rules = bool(faults) or failure is not None or self._version == "3.2" or not codes.isdisjoint(_OWN_RULES)
        findings, content_failure = self._tool.find_content_errors(self._bundle.value, self._version, rules=rules)
        for finding in findings:
            if not self._is_known(finding, codes):
                yield from self._content(finding)
        failure = failure or (None if faults else content_failure)
        if failure is not None:
            message = f"the validator failed on the document ({self._tool.describe(failure)})"
            yield Flaw(Diagnostic(code="SL399", message=message, location=self._document.root.location))

    def _find_shape_faults(self) -> tuple[list[Fault], Exception | None]:
        faults: list[Fault] = []
        failure: Exception | None = None
        try:
            for error in self._shape.find_shape_errors(self._bundle.value, self._version):
                faults += explain(error)
        except Exception as error:
            failure = error
        return drop_echoes(faults, self._shape.list_known_keys(self._version)), failure

    def _is_known(self, finding: Finding, own: set[str]) -> bool:
        """Tell whether what was found is already reported: as a broken shape, or by a check of ours."""
        if finding.what == "rule" and not own.isdisjoint(_RULES.get(type(finding.error).__name__, ())):
            return True
        if finding.what == "failed" and self._bundle.origin(finding.keys[:-1]) in self._broken:
            return True
        return finding.what in ("rule", "schema", "failed") and self._bundle.origin(finding.keys) in self._broken

    def _content(self, finding: Finding) -> Iterator[Flaw]:
        if finding.what == "rule":
            code = _RULES.get(type(finding.error).__name__, ("SL302",))[0]
            yield Flaw(self._diagnostic(finding.keys, code, Fault((), "shape", finding.error.message[:160])))
            return
        code = _CONTENT[finding.what]
        faults = explain(finding.error)
        # One default is one fault, however many keywords it breaks.
        for fault in faults[:1] if code == "SL306" else faults:
            message = f"the default does not fit its schema: {fault.message}" if code == "SL306" else fault.message
            yield Flaw(self._diagnostic((*finding.keys, *fault.keys), code, fault._replace(message=message)), fault)

    def _diagnostic(self, keys: Keys, code: str, fault: Fault) -> Diagnostic:
        file, pointer = self._bundle.origin(keys)
        source = self._document.sources[file]
        location = source.key_location(pointer) if fault.at_key else source.location(pointer)
        severity = Severity.WARNING if code == "SL313" else Severity.ERROR
        return Diagnostic(code=code, message=fault.message, location=location, hint=fault.hint, severity=severity)


def _ancestors(place: tuple[str, str]) -> Iterator[tuple[str, str]]:
    file, pointer = place
    while pointer:
        yield file, pointer
        pointer = pointer.rpartition("/")[0]
    yield file, ""
