"""The guard: what was printed is what was planned, and nothing else.

A file is read as a syntax tree and compared with the outline that its view asks for; a text that breaks out of its
quotes, a template that prints what no view holds, a name that runs something: none of them is written.
"""

from specloom.guard.check import check_files

__all__ = ["check_files"]
