"""Every code that reading, resolving and validating can report, with one line on each."""

from __future__ import annotations

from typing import Final

LOAD_CODES: Final[dict[str, str]] = {
    "SL101": "a file cannot be read: missing, not a regular file, or not readable",
    "SL102": "a file is larger than the bound",
    "SL103": "a file is not text in UTF-8 (or UTF-16 with a byte order mark)",
    "SL104": "a syntax error in YAML or JSON",
    "SL105": "a file is empty",
    "SL106": "the top level of a file is not a mapping",
    "SL107": "a key stands twice in one mapping",
    "SL108": "a key is not a text",
    "SL109": "a merge key (`<<`), which YAML 1.2 does not have",
    "SL110": "a tag other than the YAML core tags",
    "SL111": "a value does not fit its tag",
    "SL112": "a number is not finite",
    "SL113": "a number has too many digits",
    "SL114": "values are nested too deeply",
    "SL115": "an alias names no anchor, or an anchor contains itself",
    "SL116": "aliases expand to too many values",
    "SL117": "a file holds several documents",
    "SL118": "a text holds half of a surrogate pair",
    "SL151": "a part of a Swagger 2.0 document that OpenAPI 3.0 has no word for (a warning)",
    "SL161": "an overlay that is not one: its keys or their values",
    "SL162": "a target of an overlay that is not a JSONPath",
    "SL163": "an action of an overlay whose target matches nothing",
    "SL164": "an overlay that extends another document",
    "SL165": "an action of an overlay that does not fit its target",
}
RESOLVE_CODES: Final[dict[str, str]] = {
    "SL201": "a reference is not a text",
    "SL202": "a reference leads to the network or another scheme",
    "SL203": "a reference leaves the folder that the document may read",
    "SL204": "a referenced file cannot be read",
    "SL205": "a reference points at nothing within its file",
    "SL206": "a reference uses an anchor that is not there, or an `$id` that is not known",
    "SL207": "references go in a circle",
    "SL208": "a reference stands where OpenAPI has none",
    "SL209": "a document reaches too many files",
    "SL210": "a path in a reference is not well formed",
    "SL211": "a reference leads to another kind of object than is expected there",
}
VALIDATE_CODES: Final[dict[str, str]] = {
    "SL301": "the version of OpenAPI is missing or not one that is read here",
    "SL302": "the document does not have the shape that OpenAPI asks for",
    "SL303": "a key that OpenAPI does not have at this place",
    "SL304": "a required key is missing",
    "SL305": "a schema is not well formed",
    "SL306": "a default does not fit its schema",
    "SL307": "an operationId is used twice",
    "SL308": "a parameter stands twice",
    "SL309": "a path parameter is not declared",
    "SL310": "a declared path parameter is not in the path",
    "SL311": "two paths differ in the names of their parameters alone (a warning)",
    "SL312": "a tag is declared twice",
    "SL313": "a required property is not among the properties (a warning)",
    "SL314": "the braces of a path do not enclose names, each once",
    "SL315": "a part of OpenAPI 3.2 that is not carried over (a warning where a client can do without)",
    "SL316": "a security requirement that names no scheme (a warning, where a document is mended)",
    "SL321": "an `x-specloom-` extension that does not exist",
    "SL322": "an `x-specloom-` extension at a place where it has no meaning",
    "SL323": "an `x-specloom-` extension without the right shape",
    "SL399": "the validator failed on the document",
}
CODES: Final[dict[str, str]] = {**LOAD_CODES, **RESOLVE_CODES, **VALIDATE_CODES}
