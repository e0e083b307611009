"""A file that others replace, remove or write anew."""

from __future__ import annotations

from pathlib import Path

from wfepy_gui.instance.file_watcher import FileWatcher

WAIT_MS = 20_000


def test_a_replaced_file_and_one_that_comes_back_are_noticed(qtbot, pool, tmp_path):
    path, other = tmp_path / "a.wfstate", tmp_path / "new"
    path.write_text("1", encoding="utf-8")
    watcher = FileWatcher(pool)
    watcher.watch(str(path))

    with qtbot.waitSignal(watcher.changed, timeout=WAIT_MS):
        other.write_text("2", encoding="utf-8")
        other.replace(path)
    with qtbot.waitSignal(watcher.changed, timeout=WAIT_MS):
        path.unlink()
    with qtbot.waitSignal(watcher.changed, timeout=WAIT_MS):
        path.write_text("3", encoding="utf-8")
    with qtbot.waitSignal(watcher.changed, timeout=WAIT_MS):
        Path(f"{path}.journal").write_text("line\n", encoding="utf-8")
    watcher.stop()


def test_a_link_that_leads_nowhere_is_watched_until_it_leads_somewhere(qtbot, pool, tmp_path):
    link, other = tmp_path / "a.wfstate", tmp_path / "b.wfstate"
    link.symlink_to(link)
    watcher = FileWatcher(pool)

    with qtbot.waitSignal(watcher.probed, timeout=WAIT_MS) as told:
        watcher.watch(str(link))
    assert not told.args[0].exists

    with qtbot.waitSignal(watcher.changed, timeout=WAIT_MS):
        other.write_text("1", encoding="utf-8")
        link.unlink()
        link.symlink_to(other)
    with qtbot.waitSignal(watcher.changed, timeout=WAIT_MS):
        other.unlink()
    watcher.stop()
