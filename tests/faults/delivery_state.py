"""The instance at which passes, restores and segments are struck, and the calls that change its files."""

from pathlib import Path

NAME = "delivery.wfstate"
MODULE = str(Path(__file__).with_name("delivery.py"))
CALLS = ["create", "open", "write", "fsync", "fdatasync", "rename", "link", "truncate", "ftruncate"]
