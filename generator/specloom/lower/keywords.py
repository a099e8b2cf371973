"""Which schema keywords mean what to the lowering."""

from __future__ import annotations

CARRIED = frozenset(
    {
        "$ref", "$id", "$schema", "$anchor", "$comment", "$defs", "definitions", "title", "description", "default",
        "example", "examples", "deprecated", "readOnly", "writeOnly", "type", "format", "enum", "const", "nullable",
        "allOf", "oneOf", "anyOf", "discriminator", "properties", "required", "additionalProperties",
        "patternProperties", "minProperties", "maxProperties", "items", "prefixItems", "minItems", "maxItems",
        "uniqueItems", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength",
        "maxLength", "pattern", "contentMediaType", "contentEncoding", "contentSchema", "xml", "externalDocs",
    }
)  # fmt: skip
"""Keywords with a place in the API model, or without any meaning for a client."""

ASSERTIONS = frozenset(
    {
        "not", "if", "then", "else", "dependentRequired", "dependentSchemas", "dependencies", "contains",
        "minContains", "maxContains", "propertyNames", "unevaluatedProperties", "unevaluatedItems",
    }
)  # fmt: skip
"""Keywords that only narrow: kept as documentation, for no type can say them."""

EVALUATING = frozenset({"$ref", "$dynamicRef", "allOf", "anyOf", "oneOf", "not", "if", "contains", "dependentSchemas"})
"""Keywords beside which elements of an array may count as evaluated that `prefixItems` does not name."""

DYNAMIC = frozenset({"$dynamicRef", "$dynamicAnchor", "$recursiveRef", "$recursiveAnchor"})
"""Keywords by which a schema leads back to one that it stands in."""

KNOWN = CARRIED | DYNAMIC | ASSERTIONS
"""Keywords that mean something here, or that are known to mean nothing."""

SHAPE = frozenset(
    {
        "type", "format", "enum", "const", "nullable", "allOf", "oneOf", "anyOf", "properties", "required",
        "additionalProperties", "patternProperties", "minProperties", "maxProperties", "items", "prefixItems",
        "minItems", "maxItems", "uniqueItems", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum",
        "multipleOf", "minLength", "maxLength", "pattern", "contentMediaType", "contentEncoding", "contentSchema",
    }
)  # fmt: skip
"""Keywords that say what a value may be, as opposed to what is said about it."""

IMPLIED_TYPES = {
    "properties": "object",
    "additionalProperties": "object",
    "patternProperties": "object",
    "required": "object",
    "minProperties": "object",
    "maxProperties": "object",
    "items": "array",
    "prefixItems": "array",
    "minItems": "array",
    "maxItems": "array",
    "minLength": "string",
    "maxLength": "string",
    "pattern": "string",
    "contentMediaType": "string",
    "contentSchema": "string",
    "minimum": "number",
    "maximum": "number",
    "multipleOf": "number",
}
"""The type that a document means where it writes one of these keywords and leaves the type out."""

JSON_TYPES = frozenset({"string", "integer", "number", "boolean", "object", "array", "null"})
