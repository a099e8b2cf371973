"""specloom turns OpenAPI documents that people maintain by hand into Python clients."""

__version__ = "0.1.0"
