"""Pickles of wfepy: those that it wrote, and any as a file."""

from pathlib import Path

DATA = Path(__file__).parent / "data" / "legacy"


def written(folder, content):
    path = folder / "old.pickle"
    path.write_bytes(content)
    return str(path)
