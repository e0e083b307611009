"""Output of any length takes little room, and both its ends are there."""

from __future__ import annotations

from wfepy_gui.workers.bounded_output import BoundedOutput


def test_bounded_output_keeps_both_ends():
    output = BoundedOutput(head=4, tail=6)
    for piece in (b"abcdef", b"ghijkl", b"mnopqrst"):
        output.add(piece)

    assert output.text().startswith("abcd")
    assert output.text().endswith("opqrst")
    assert output.total == 20
    short = BoundedOutput()
    short.add(b"all of it")
    assert short.text() == short.tail_text(100) == "all of it"
