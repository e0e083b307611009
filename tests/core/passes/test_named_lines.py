"""Lines of tasks in the log of a folder say whose they are."""

from __future__ import annotations

from wfepy_core.passes.named_lines import NamedLines


def test_letters_of_a_name_stay_and_what_would_forge_a_line_is_spelled_out():
    lines = NamedLines("Übung\n.wfstate", is_stamped=False)

    assert lines.take(b"one\ntw", "prüfen\x1b[2J").decode() == "Übung\\n.wfstate: prüfen\\x1b[2J: one\n"
    assert lines.take_rest("").decode() == "Übung\\n.wfstate: tw\n"
