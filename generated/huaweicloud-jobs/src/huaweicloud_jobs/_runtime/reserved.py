"""Names that members of emitted classes must not have: data, so that the generator can hold a copy and compare it."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


MODEL_ATTRIBUTES = _words("""
    construct copy dict from_json from_orm json model_computed_fields model_config model_construct model_copy
    model_dump model_dump_json model_extra model_fields model_fields_set model_json_schema model_parametrized_name
    model_post_init model_rebuild model_validate model_validate_json model_validate_strings parse_file parse_obj
    parse_raw problems read_as schema schema_json to_dict to_json update_forward_refs validate
    """)
"""Attributes of `Model`: a field of such a name gets another; so does any name that begins with an underscore."""

ENUM_ATTRIBUTES = _words("""
    as_integer_ratio bit_count bit_length capitalize casefold center conjugate count denominator encode endswith
    expandtabs find format format_map from_bytes imag index is_integer is_known isalnum isalpha isascii isdecimal
    isdigit isidentifier islower isnumeric isprintable isspace istitle isupper join ljust lower lstrip maketrans mro
    name numerator partition real removeprefix removesuffix replace rfind rindex rjust rpartition rsplit rstrip split
    splitlines startswith strip swapcase title to_bytes translate upper value zfill
    """)
"""Attributes of `OpenEnum` and `OpenIntEnum`, on any supported Python."""

CALL_OPTIONS = _words("timeout extra_headers extra_query raise_failures strict deadline retries check")
"""Options of every call and client: no parameter of a method or constructor may be called so."""

CLIENT_OPTIONS = _words("on_request on_response")
"""Options of every client that calls do not have: no parameter of a constructor may be called so."""

CALL_ARGUMENTS = _words("self body options")
"""What emitted methods call their own arguments."""

CLIENT_ATTRIBUTES = _words("close aclose with_options with_raw_response")
"""Attributes of clients: no resource may be called so, nor begin with an underscore."""

CLIENT_ARGUMENTS = _words("self endpoint credentials transport options")
"""What emitted constructors call their own arguments."""

ERROR_ATTRIBUTES = _words("""
    add_note args attempts body clock_skew details headers inner_status is_authentication is_conflict is_invalid
    is_not_found is_permission is_quota is_throttled kinds model operation retry_after status text with_traceback
    """)
"""Attributes of `StatusError` that a declared error field must not have; `code message title request_id` are fields."""
