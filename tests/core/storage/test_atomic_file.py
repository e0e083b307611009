"""Replacing a file: what it keeps, whom it refuses, and what it says then."""

from __future__ import annotations

import errno
import os
import stat
from typing import TYPE_CHECKING

import pytest

from wfepy_core.errors import StateFileError
from wfepy_core.storage.atomic_file import remove_leftovers, replace_file

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "release.wfstate"


def names(folder: Path) -> list[str]:
    return sorted(os.listdir(folder))


def test_a_new_file_needs_no_backup_and_gets_the_usual_permissions(path: Path) -> None:
    (path.parent / "other").write_bytes(b"")
    replace_file(str(path), [b"one ", b"two"])
    assert path.read_bytes() == b"one two"
    assert path.stat().st_mode == (path.parent / "other").stat().st_mode
    assert names(path.parent) == ["other", "release.wfstate"]


def test_the_previous_version_is_kept_and_only_that_one(path: Path) -> None:
    for text in (b"1", b"2", b"3"):
        replace_file(str(path), text)
    assert path.read_bytes() == b"3"
    assert path.with_suffix(".wfstate.bak").read_bytes() == b"2"
    assert names(path.parent) == ["release.wfstate", "release.wfstate.bak"]


def test_without_a_backup_only_the_file_is_left(path: Path) -> None:
    replace_file(str(path), b"1", backup=None)
    replace_file(str(path), b"2", backup=None)
    assert path.read_bytes() == b"2"
    assert names(path.parent) == ["release.wfstate"]


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o666])
def test_permissions_stay_as_they_were_whatever_the_umask(path: Path, mode: int) -> None:
    path.write_bytes(b"old")
    path.chmod(mode)
    replace_file(str(path), b"new")
    assert stat.S_IMODE(path.stat().st_mode) == mode
    assert stat.S_IMODE(path.with_suffix(".wfstate.bak").stat().st_mode) == mode


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_root_saves_for_the_owner_of_the_file(path: Path) -> None:
    path.write_bytes(b"old")
    os.chown(path, 1234, 2345)
    replace_file(str(path), b"new")
    assert (path.stat().st_uid, path.stat().st_gid) == (1234, 2345)


def test_the_target_of_a_link_is_replaced_and_the_link_kept(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    target, link = tmp_path / "real" / "a.wfstate", tmp_path / "link.wfstate"
    target.write_bytes(b"old")
    link.symlink_to("real/a.wfstate")
    replace_file(str(link), b"new")
    assert os.readlink(link) == "real/a.wfstate"
    assert target.read_bytes() == b"new"
    assert names(tmp_path / "real") == ["a.wfstate", "a.wfstate.bak"]


def test_a_hard_link_to_the_old_version_keeps_the_old_version(path: Path) -> None:
    replace_file(str(path), b"old")
    os.link(path, path.parent / "snapshot")
    replace_file(str(path), b"new")
    assert (path.parent / "snapshot").read_bytes() == b"old"


def test_a_backup_that_is_the_file_itself_stays_the_previous_version(path: Path) -> None:
    # A kill between backup and rename leaves this.
    path.write_bytes(b"old")
    os.link(path, f"{path}.bak")
    replace_file(str(path), b"new")
    assert (path.read_bytes(), path.with_suffix(".wfstate.bak").read_bytes()) == (b"new", b"old")
    assert names(path.parent) == ["release.wfstate", "release.wfstate.bak"]


@pytest.mark.parametrize("code", [errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK])
def test_where_hard_links_are_refused_the_backup_is_a_copy(
    path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    path.write_bytes(b"old")
    path.chmod(0o600)
    monkeypatch.setattr(os, "link", refuse)
    replace_file(str(path), b"new")
    kept = path.with_suffix(".wfstate.bak")
    assert (path.read_bytes(), kept.read_bytes()) == (b"new", b"old")
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert names(path.parent) == ["release.wfstate", "release.wfstate.bak"]


def test_short_writes_are_continued(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: write(descriptor, bytes(data)[:1000]))
    content = os.urandom(10_500)
    replace_file(str(path), content)
    assert path.read_bytes() == content


def test_a_folder_a_pipe_and_a_dangling_link_are_refused_by_name(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to("nowhere")
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "file").write_bytes(b"")
    reasons = {
        "pipe": "it is a device or a pipe",
        "folder": "a folder has this name",
        "link": "is a link to .*nowhere, which does not exist",
        "loop": "its links lead in a circle",
        "file/a": "a part of its path is a file",
        "missing/a": "the folder .*missing does not exist",
        "n" * 250: "its name is too long",
    }
    before = names(tmp_path)
    for name, reason in reasons.items():
        with pytest.raises(StateFileError, match=reason) as caught:
            replace_file(str(tmp_path / name), b"new")
        assert name in str(caught.value)
    assert names(tmp_path) == before


def test_a_backup_name_taken_by_a_folder_stops_the_save_without_litter(path: Path) -> None:
    path.write_bytes(b"old")
    path.with_suffix(".wfstate.bak").mkdir()
    with pytest.raises(StateFileError, match="the old version is unchanged"):
        replace_file(str(path), b"new")
    assert path.read_bytes() == b"old"
    assert names(path.parent) == ["release.wfstate", "release.wfstate.bak"]


@pytest.mark.skipif(os.geteuid() == 0, reason="permissions do not bind root; the fault tests refuse it there")
def test_a_read_only_file_is_not_replaced(path: Path) -> None:
    path.write_bytes(b"old")
    path.chmod(0o444)
    with pytest.raises(StateFileError, match="permission is denied"):
        replace_file(str(path), b"new")
    assert path.read_bytes() == b"old"


def test_leftovers_are_told_from_the_files_of_others(path: Path) -> None:
    mine = ".release.wfstate.812-0a1b2c3d.tmp"
    others = [
        ".release.wfstate.bak.812-0a1b2c3d.tmp",
        ".release.wfstate.tmp",
        ".release.wfstate.notes-x.tmp",
        ".other.wfstate.812-0a1b2c3d.tmp",
        "release.wfstate.812-0a1b2c3d.tmp",
    ]
    for name in [mine, *others]:
        (path.parent / name).write_bytes(b"")
    remove_leftovers(str(path))
    assert names(path.parent) == sorted(others)
