"""Diagnostics in every format: what they look like, and that nothing hostile comes through."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from specloom.diagnostics import Diagnostic, Severity
from specloom.location import Location
from specloom.report import FORMATS, RuleText, Style, write
from specloom.report.escape import one_line
from specloom.report.terminal import SourceLines, harmless, style_for

if TYPE_CHECKING:
    from pathlib import Path

ERROR = Diagnostic(
    code="SL541",
    message="the example does not fit",
    location=Location("spec/jobs.yaml", 3, 7, "/a/b"),
    hint="correct it",
)
WARNING = Diagnostic(
    code="SL502", message="no summary", location=Location("spec/jobs.yaml", 9, 1), severity=Severity.WARNING
)
HOSTILE = "x\x1b[31m\u202e\n::error::y\r\x00\u2028\ud800%0A,:"


def hostile() -> Diagnostic:
    """A diagnostic in which every text is hostile."""
    return Diagnostic(code="SL101", message=HOSTILE, location=Location(HOSTILE, 1, 1, HOSTILE), hint=HOSTILE)


# -- text -------------------------------------------------------------------------------------------------------------


def test_text_is_one_line_a_diagnostic_with_its_hint_below() -> None:
    """Warnings are marked; the last line counts."""
    assert write([ERROR, WARNING], "text") == (
        "spec/jobs.yaml:3:7: SL541 the example does not fit\n"
        "    hint: correct it\n"
        "spec/jobs.yaml:9:1: SL502 no summary (warning)\n"
        "1 error, 1 warning\n"
    )


def test_text_says_so_when_there_is_nothing() -> None:
    """Silence could be a crash; a summary that is not wanted is left out."""
    assert write([], "text") == "nothing to report\n"
    assert write([], "text", summary=False) == ""


def test_a_frame_shows_the_line_with_a_caret() -> None:
    """The caret stands under the column."""
    text = write([ERROR], "text", style=Style(frames=True), line_of=lambda place: "      id: '12'")

    assert text.splitlines()[1:4] == ["    3 |       id: '12'", "      |       ^", "    hint: correct it"]


@pytest.mark.parametrize(
    ("line", "column", "frame", "caret"),
    [
        ("\tid: 1", 2, "    3 |     id: 1", "      |     ^"),
        ("名前: 1", 3, "    3 | 名前: 1", "      |     ^"),
        ("a\x1bb: 1", 3, "    3 | a\\x1bb: 1", "      |      ^"),
        ("ab", 3, "    3 | ab", "      |   ^"),
    ],
    ids=["a tab is four columns", "wide characters take two", "an escape takes four", "the end of the line"],
)
def test_the_caret_stands_under_the_column(line: str, column: int, frame: str, caret: str) -> None:
    """Columns of the file and of the terminal differ; the caret follows the latter."""
    one = Diagnostic(code="SL1", message="m", location=Location("f", 3, column))
    text = write([one], "text", style=Style(frames=True), line_of=lambda place: line, summary=False)

    assert text.splitlines()[1:] == [frame, caret]


def test_a_long_line_is_cut_around_its_place() -> None:
    """A document on one line still has frames that fit the terminal."""
    one = Diagnostic(code="SL1", message="m", location=Location("f", 1, 5001))
    line = "a" * 5000 + "HERE" + "b" * 5000
    text = write([one], "text", style=Style(frames=True, width=80), line_of=lambda place: line, summary=False)
    _, frame, caret = text.splitlines()

    assert max(len(frame), len(caret)) <= 80
    assert frame[caret.index("^") :].startswith("HERE")


@pytest.mark.parametrize("line", ["", "   ", "short"])
def test_a_line_that_cannot_hold_the_place_has_no_frame(line: str) -> None:
    """The file may have changed, or be gone."""
    text = write([ERROR], "text", style=Style(frames=True), line_of=lambda place: line[:5])

    assert "|" not in text


def test_colours_are_the_only_escapes() -> None:
    """With colours the text is the same but for the sequences that switch them."""
    plain = write([ERROR, WARNING, hostile()], "text")
    coloured = write([ERROR, WARNING, hostile()], "text", style=Style(color=True))

    assert coloured != plain
    assert re.sub(r"\x1b\[\d+m", "", coloured) == plain


# -- machines ---------------------------------------------------------------------------------------------------------


def test_json_has_all_of_a_diagnostic() -> None:
    """Every field has a key, and errors and warnings are counted."""
    shown = json.loads(write([ERROR, WARNING], "json"))

    assert shown["diagnostics"][0] == {
        "code": "SL541",
        "severity": "error",
        "message": "the example does not fit",
        "hint": "correct it",
        "file": "spec/jobs.yaml",
        "line": 3,
        "column": 7,
        "pointer": "/a/b",
    }
    assert (shown["errors"], shown["warnings"]) == (1, 1)


def test_github_gets_one_command_a_diagnostic() -> None:
    """The hint is a second line of the annotation."""
    assert write([ERROR, WARNING], "github") == (
        "::error file=spec/jobs.yaml,line=3,col=7,title=specloom SL541::"
        "SL541 the example does not fit%0Ahint: correct it\n"
        "::warning file=spec/jobs.yaml,line=9,col=1,title=specloom SL502::SL502 no summary\n"
    )


def test_github_properties_are_escaped() -> None:
    """A colon or a comma in the name of a file ends no property; a percent sign begins no escape."""
    one = Diagnostic(code="SL101", message="100%0A", location=Location("a:b,c%.yaml"))

    assert write([one], "github") == (
        "::error file=a%3Ab%2Cc%25.yaml,line=1,col=1,title=specloom SL101::SL101 100%250A\n"
    )


def test_sarif_names_rules_places_and_levels() -> None:
    """Results point into the table of rules, and locations are relative to the root of the sources."""
    rules = {
        "SL502": RuleText(name="missing-summary", summary="No summary", help="Why", severity=Severity.WARNING),
        "SL501": RuleText(name="missing-operation-id", summary="No id"),
    }
    log = json.loads(write([ERROR, WARNING], "sarif", rules=rules))
    (run,) = log["runs"]
    error, warning = run["results"]

    assert log["version"] == "2.1.0"
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["SL501", "SL502", "SL541"]
    assert run["tool"]["driver"]["rules"][1] == {
        "id": "SL502",
        "name": "MissingSummary",
        "shortDescription": {"text": "No summary"},
        "defaultConfiguration": {"level": "warning"},
        "help": {"text": "Why", "markdown": "Why"},
    }
    assert (error["ruleId"], error["ruleIndex"], error["level"]) == ("SL541", 2, "error")
    assert error["message"] == {"text": "the example does not fit\nhint: correct it"}
    assert error["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "spec/jobs.yaml", "uriBaseId": "%SRCROOT%"},
                "region": {"startLine": 3, "startColumn": 7},
            },
            "logicalLocations": [{"fullyQualifiedName": "/a/b"}],
        }
    ]
    assert warning["ruleIndex"] == 1


@pytest.mark.parametrize(
    ("file", "uri"),
    [
        ("spec/my jobs#1.yaml", {"uri": "spec/my%20jobs%231.yaml", "uriBaseId": "%SRCROOT%"}),
        ("/specs/ä.yaml", {"uri": "file:///specs/%C3%A4.yaml"}),
    ],
)
def test_sarif_locations_are_addresses(file: str, uri: dict[str, str]) -> None:
    """What is not plain in a path is escaped, and an absolute path is an address of its own."""
    one = Diagnostic(code="SL101", message="m", location=Location(file))
    (run,) = json.loads(write([one], "sarif"))["runs"]

    assert run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"] == uri


def test_a_finding_keeps_its_fingerprint_when_lines_move() -> None:
    """A code host knows a finding again by what it says; two that say the same are counted apart."""
    moved = Diagnostic(
        code=ERROR.code, message=ERROR.message, location=Location("spec/jobs.yaml", 30, 7, "/a/b"), hint=ERROR.hint
    )
    (run,) = json.loads(write([ERROR, moved, WARNING], "sarif"))["runs"]
    first, second, other = (one["partialFingerprints"]["specloom/v1"] for one in run["results"])

    assert first.endswith(":1")
    assert second == first[:-1] + "2"
    assert other[:32] != first[:32]


# -- hostile text -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("format_name", FORMATS)
def test_no_format_lets_hostile_text_act(format_name: str) -> None:
    """Whatever a document says, no terminal, log or workflow does anything but show it."""
    text = write([hostile()], format_name, style=Style(frames=True), line_of=lambda place: HOSTILE)

    assert all(char.isprintable() or char == "\n" for char in text)
    assert not any(line.startswith("::error::") for line in text.splitlines())
    text.encode()


def test_escapes_show_what_was_there() -> None:
    """Escapes are those of Python, so that people can read them; other text stays as it is."""
    assert one_line("a\tb\n\x1b\u202e\U000e0001\xa0ü") == "a\\tb\\n\\x1b\\u202e\\U000e0001 ü"


def test_no_line_of_a_text_report_is_a_workflow_command() -> None:
    """GitHub reads the logs of every step: neither a file name nor a message may command it."""
    one = Diagnostic(code="SL101", message="##[add-mask]e", location=Location("::error::x.yaml"))

    assert write([one], "text", summary=False) == "./::error::x.yaml:1:1: SL101 #\\x23[add-mask]e\n"


def test_a_diff_keeps_its_lines_and_tabs() -> None:
    """On a terminal only what acts is escaped."""
    assert harmless("+\ta\n-b\n") == "+\ta\n-b\n"
    assert harmless("+\x1b[2J\n") == "+\\x1b[2J\n"


# -- terminal ---------------------------------------------------------------------------------------------------------


class Stream:
    """A stream that is a terminal or not."""

    def __init__(self, terminal: bool) -> None:
        self.terminal = terminal

    def isatty(self) -> bool:
        """Whether it is one."""
        return self.terminal


@pytest.mark.parametrize(
    ("terminal", "environment", "frames", "color"),
    [
        (False, {}, False, False),
        (True, {}, True, True),
        (True, {"NO_COLOR": "1"}, True, False),
        (True, {"NO_COLOR": ""}, True, True),
        (True, {"TERM": "dumb"}, True, False),
    ],
)
def test_only_a_terminal_gets_frames_and_colours(
    terminal: bool, environment: dict[str, str], frames: bool, color: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Colours can be refused; frames come with every terminal."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    style = style_for(Stream(terminal))

    assert (style.frames, style.color) == (frames, color)


def test_source_lines_are_counted_as_the_loader_counts_them(tmp_path: Path) -> None:
    """All three line ends count, a byte order mark does not, and a file that is gone has no lines."""
    file = tmp_path / "a.yaml"
    file.write_bytes(b"\xef\xbb\xbfone\r\ntwo\rthree\x0cmore\nfour")
    lines = SourceLines()

    assert [lines(Location(file.as_posix(), number)) for number in range(1, 6)] == [
        "one",
        "two",
        "three\x0cmore",
        "four",
        "",
    ]
    assert lines(Location((tmp_path / "none.yaml").as_posix())) == ""
