"""What tasks printed as plain text: it does nothing to whoever looks at it."""

from __future__ import annotations

import pytest

from wfepy_core.storage.output_lines import OutputLine
from wfepy_gui.text.output_text import line_texts, plain_text


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        ("naïve\tcafé 日本", "naïve\tcafé 日本"),
        ("10 %\r50 %\r100 %\r", "100 %"),
        ("\x1b[1;31mred\x1b[0m and \x1b[38;5;12mblue\x1b[m", "red and blue"),
        ("50 %\x1b[K", "50 %"),
        ("\x1b]0;title\x07", "\\x1b]0;title\\x07"),
        ("gpj.\u202eexe", "gpj.\\u202eexe"),
        ("one\u2029two\x0bthree", "one\\u2029two\\x0bthree"),
        ("<b>bold</b> &amp;", "<b>bold</b> &amp;"),
    ],
)
def test_a_line_is_shown_as_a_terminal_leaves_it_and_controls_are_spelled_out(printed, shown):
    assert plain_text(printed) == shown


def test_lines_tell_time_and_task_and_the_error_stream_by_a_word():
    lines = [
        OutputLine(1_000_000, "build", "out", "fine"),
        OutputLine(2_000_000, "build", "err", "bad"),
        OutputLine(0, "", "raw", "10 %"),
    ]
    assert list(line_texts(lines, lambda at: f"T{at // 1_000_000}")) == [
        "T1       build: fine",
        "T2  err  build: bad",
        "—        -: 10 %",
    ]
