"""Views -> text: the only module that knows Jinja and black."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from specloom.shipped import templates_folder

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specloom.python import Page

FORMATTED_LINES = 100
"""Longest file that black is run over in a build; templates emit what black prints, and tests hold them to it."""

FORMATTED_FILES = 150
"""Most files that black is run over in a build: in a larger package it is run over none."""

LINE_LENGTH = 120


def render(pages: Mapping[str, Page], current: Mapping[str, str]) -> dict[str, str]:
    """Render pages.

    Args:
        pages: Template and view by path.
        current: Text that is known to be formatted, by path: where a page comes out as it, black has nothing to do.
    """
    texts = {path: render_page(page) for path, page in pages.items()}
    short = [path for path, text in texts.items() if _is_for_black(path, text)]
    if len(short) > FORMATTED_FILES:
        return texts
    return texts | {path: _formatted(texts[path]) for path in short if texts[path] != current.get(path)}


def _is_for_black(path: str, text: str) -> bool:
    return path.endswith(".py") and text.count("\n") <= FORMATTED_LINES


def render_page(page: Page) -> str:
    """Print a page as its template has it: the text that black is to leave alone."""
    text = _environment().get_template(page.template).render(view=page.view)
    return text if text.endswith("\n") else f"{text}\n"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(templates_folder()),
        undefined=StrictUndefined,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_text,
    )
    environment.globals.clear()
    return environment


def _text(value: object) -> str:
    """Let nothing but text through: a view that holds anything else was not finished."""
    if isinstance(value, StrictUndefined):
        str(value)  # raises, and names what the view does not have
    if not isinstance(value, str):
        raise TypeError(f"a template prints text, not {type(value).__name__}")
    return value


def _formatted(text: str) -> str:
    import black
    from black.mode import TargetVersion
    from black.parsing import InvalidInput

    mode = black.Mode(line_length=LINE_LENGTH, target_versions={TargetVersion.PY311})
    try:
        return black.format_str(text, mode=mode)
    except InvalidInput:
        return text  # no Python: the guard says so, with the place
