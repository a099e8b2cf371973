"""Rendering: templates print finished text, or nothing at all."""

from __future__ import annotations

from dataclasses import replace

import pytest
from jinja2 import UndefinedError

from specloom import render as rendering
from specloom.python import Page
from specloom.python.views import ClassView, LineView, ModelsView
from specloom.render import render, render_page
from specloom.shipped import templates_folder

TEMPLATE = "service/models.py.jinja"
CLASS = ClassView(
    name="Job", base="Model", docstring='"""A job."""', config="", lines=(LineView(text="id: str", docstring=""),)
)
VIEW = ModelsView(
    header="# From a document.",
    docstring='"""Models."""',
    imports=("from __future__ import annotations",),
    classes=(CLASS,),
)
PRINTED = '''\
# From a document.
"""Models."""

from __future__ import annotations


class Job(Model):
    """A job."""

    id: str
'''


def test_a_page_is_its_view_in_its_template() -> None:
    """And what black would print."""
    assert render_page(Page(TEMPLATE, VIEW)) == PRINTED
    assert render({"models.py": Page(TEMPLATE, VIEW)}, {}) == {"models.py": PRINTED}


def test_a_name_that_a_view_does_not_have_is_an_error() -> None:
    """Not an empty text."""
    with pytest.raises(UndefinedError, match="header"):
        render_page(Page(TEMPLATE, LineView(text="", docstring="")))


@pytest.mark.parametrize("value", [1, None, True, ("a",)])
def test_what_is_no_text_is_not_printed(value: object) -> None:
    """A view that holds it was not finished."""
    unfinished = replace(CLASS, name=value)  # type: ignore[arg-type]

    with pytest.raises(TypeError, match="prints text"):
        render_page(Page(TEMPLATE, replace(VIEW, classes=(unfinished,))))


def test_text_of_a_view_is_not_read_as_template() -> None:
    """Whatever braces it holds."""
    said = replace(VIEW, header="# {{ view.docstring }} {% raw %} {# #}")

    assert render_page(Page(TEMPLATE, said)).startswith("# {{ view.docstring }} {% raw %} {# #}\n")


def test_new_text_is_formatted_and_known_text_is_left_alone() -> None:
    """Black costs more than everything else, so it runs on what is new, up to a length."""
    loose = replace(VIEW, imports=("import  json",))
    page = {"models.py": Page(TEMPLATE, loose)}
    raw = render_page(page["models.py"])

    assert "import json\n" in render(page, {})["models.py"]
    assert render(page, {"models.py": raw}) == {"models.py": raw}
    assert render({"models.txt": page["models.py"]}, {}) == {"models.txt": raw}


def test_a_long_file_is_printed_as_the_template_has_it() -> None:
    """The templates are held to what black prints elsewhere."""
    many = tuple(f"import  module{index}" for index in range(rendering.FORMATTED_LINES))
    page = Page(TEMPLATE, replace(VIEW, imports=many))

    assert render({"models.py": page}, {})["models.py"] == render_page(page)


def test_a_large_package_is_printed_as_the_templates_have_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Black over hundreds of short files would take longer than all else."""
    monkeypatch.setattr(rendering, "FORMATTED_FILES", 1)
    page = Page(TEMPLATE, replace(VIEW, imports=("import  json",)))

    assert "import json\n" in render({"a.py": page}, {})["a.py"]
    assert render({"a.py": page, "b.py": page}, {}) == dict.fromkeys(("a.py", "b.py"), render_page(page))


def test_every_template_names_its_view_first() -> None:
    """The line is a comment, and leaves nothing in the text."""
    templates = sorted(templates_folder().rglob("*.jinja*"))

    assert templates
    assert [one.name for one in templates if not one.read_text(encoding="utf-8").startswith("{# view: ")] == []
