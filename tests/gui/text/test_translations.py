"""Every text that a person sees can be translated: nothing is shown that did not pass a translator."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QPushButton

from tests.cron_environment import cron_environment
from tests.gui.dialogs import DIALOGS
from tests.gui.pages.page import open_dialogs
from tests.gui.shown import shown_in
from wfepy_core.explain.why import why
from wfepy_core.model.status import InstanceStatus, TaskStatus, TransitionStatus
from wfepy_core.storage.lock import StateLock
from wfepy_core.time_text import DAY, HOUR
from wfepy_gui.composition import Desktop, Options
from wfepy_gui.instance import file_probe
from wfepy_gui.instance.file_health import FileProblem
from wfepy_gui.models.context.value_types import ValueType
from wfepy_gui.models.explanations import intervention_plan, task_facts, why_rows
from wfepy_gui.notices import Level
from wfepy_gui.passes.pass_outcome import PassEnd
from wfepy_gui.preferences.timer_plan import Plan
from wfepy_gui.text.time_format import now
from wfepy_gui.text.translation import tr
from wfepy_gui.views.dialogs.about import versions
from wfepy_gui.views.dialogs.confirmation import Confirmation
from wfepy_gui.views.dialogs.new_instance_dialog import ImportDialog
from wfepy_gui.views.graph.export_part import ExportScope
from wfepy_gui.window.command_ids import Command
from wfepy_gui.window.panel_registry import PanelId
from wfepy_gui.workers.child_process import Stop

WAIT_MS = 20_000
ROOT = Path(__file__).parents[3]
TEMPLATE = ROOT / "resources" / "translations" / "wfepy_gui.ts"

WORK = """
@task(labels=["l1"])
@start_point()
@followed_by("b2", lambda context: context["k1"] > 3)
@followed_by("c3")
def a1(context):
    return True

@task()
@followed_by("d4")
def b2(context):
    return Waiting("r1") if context["k1"] < 9 else True

@task()
@followed_by("d4")
def c3(context):
    raise ValueError("x1")

@task()
@join_point()
@end_point()
def d4(context):
    return True
"""
CONTEXT = '{"k1": 5, "k2": "v2", "k3": {"$datetime": "2026-12-01T00:00:00+00:00"}, "k4": [1, 2]}'


class Marking(QTranslator):
    """Translates what the template for translators holds, and Qt's own texts, into itself between marks."""

    def __init__(self):
        super().__init__()
        contexts = ET.parse(TEMPLATE).iter("context")  # noqa: S314  ours
        self._known = {
            (each.find("name").text or "", text.text) for each in contexts for text in each.iter("source")
        }

    def translate(self, context, text, _disambiguation=None, _n=-1):
        return mark(text) if context.startswith("Q") or (context, text) in self._known else ""

    def isEmpty(self):  # noqa: N802  Qt
        return False


def mark(text):
    return f"«{text}»"


@pytest.fixture
def _core_says_so(monkeypatch):
    """Sentences of the core are English by decision: they are taken as they are."""

    def told(cause):
        return cause._replace(text=mark(cause.text), children=tuple(map(told, cause.children)))

    def marked_why(*given, **named):
        found = why(*given, **named)
        causes = tuple(map(told, found.causes))
        return found._replace(
            sentence=mark(found.sentence), causes=causes, never=tuple(map(mark, found.never))
        )

    def marked_consequences(*given):
        found = consequences_of(*given)
        return found._replace(sentence=mark(found.sentence), warnings=tuple(map(mark, found.warnings)))

    consequences_of = intervention_plan.consequences_of
    for module in (why_rows, task_facts):
        monkeypatch.setattr(module, "why", marked_why)
    monkeypatch.setattr(intervention_plan, "consequences_of", marked_consequences)


@pytest.fixture
def marked(qapp, qtbot, tmp_path, make_instance, _core_says_so):
    """The desktop in the marked language, with an instance open."""
    translator = Marking()
    QCoreApplication.installTranslator(translator)
    path = make_instance(WORK, context=CONTEXT)
    made = Desktop(qapp, Options((path,), settings=str(tmp_path / "settings.ini")))
    made.settings.trusts = lambda _keys: True
    qtbot.addWidget(made.window)
    with qtbot.waitSignal(made.window.panels.graph.get().picture_ready, timeout=WAIT_MS):
        made.start()
    yield made
    made.window.close_anyway()
    QCoreApplication.removeTranslator(translator)


def untranslated(root, *data):
    """Texts with a word outside the marks; `data` are names and paths that belong to nobody's language."""
    return sorted(
        {
            f"{type(widget).__name__}: {text}"
            for widget, text in shown_in(root, hidden=True)
            if words_in(text, data)
        }
    )


# What is the same in every language: words of the state file, of JSON, of Python, of time and keys.
SAME = re.compile(
    r"\b(?:[abcd]\d|[klrvx]\d|NEW|READY|WAITING|BLOCKED|FAILED|COMPLETE|wfepy(?:-desk)?|(?:work|old)(?:-2)?(?:\.py|\.wfstate)?|UTC|JSON"
    r"|ValueError|lambda|context|dict|list|int|float|true|false|null|True|False|None|min|Esc|Enter|Return|Tab|Space"
    r"|Ctrl|Shift|Alt|Del|Ins|Home|End|PgUp|PgDown|F\d+|Up|Down|Left|Right|Backspace|SVG|PDF|PNG|DOT|SHA)\b"
)

# Messages of the core's errors are English by decision, as those of the commands.
CORE_SAYS = ("does not exist", "check the path, or start an instance with `wfepy new`")


def words_in(text, data):
    """Whether a word is left outside the marks; a command is the same in every language."""
    if " -m wfepy_core " in text and "«" not in text:
        return False
    rest = re.sub(r"«[^«»]*(«[^»]*»[^«»]*)*»", "", text.replace("&", ""))
    for known in sorted(data, key=len, reverse=True):
        rest = rest.replace(known, "")
    return re.search(r"[A-Za-z]{2,}", SAME.sub("", rest)) is not None


def names(desktop):
    """Of people, machines, folders and times of this test."""
    session, window = desktop.session, desktop.window
    errors = [
        text
        for error in session.view.snapshot.records.errors.values()
        for text in (error.traceback, error.message)
    ]
    printed = [
        each.toPlainText()
        for panel in (window.panels.error.get(), window.panels.output.get())
        for each in panel.findChildren(QPlainTextEdit)
    ]
    commands = [
        session.command_line,
        *(each.text() for each in window.panels.preflight.get().findChildren(QLineEdit)),
    ]
    commands += [each.command.text() for each in window.findChildren(Confirmation)]
    saved = session.view.snapshot.saved
    people = saved.by, saved.host, str(session.folder), str(Path.home()), desktop.interpreters.own[0]
    programs = versions("").splitlines()[1:-1]
    sources = WORK.strip().split("\n\n")
    return *sources, *errors, *printed, *commands, *people, *programs, desktop.settings.path, *CORE_SAYS


def look(desktop, qtbot, *tasks):
    """Waits until no word of the window, in any panel, is left untranslated."""
    window = desktop.window

    def all_translated():
        found = set()
        for task in tasks or ("",):
            window.select_task(task)
            for panel in PanelId:
                window.show_dock(panel)
            desktop.pool.waitForDone()
            QCoreApplication.processEvents()
            found |= set(untranslated(window, *names(desktop)))
        assert not found, "\n".join(sorted(found))

    qtbot.waitUntil(all_translated, timeout=WAIT_MS)


def test_every_text_of_the_window_can_be_translated(marked, qtbot):
    look(marked, qtbot, "", "a1")
    actions = marked.window.actions_table.all()
    shown = {text for action in actions for text in (action.text(), action.statusTip())}
    assert [text for text in shown if not text.startswith("«")] == []
    assert all(dock.windowTitle().startswith("«") for dock in marked.window.docks.values())


@pytest.mark.parametrize("command", DIALOGS, ids=lambda command: command.name.lower())
def test_every_text_of_a_dialog_can_be_translated(marked, qtbot, wfepy, command):
    before = marked.session.view.snapshot.generation
    wfepy("advance", marked.session.path)  # there is something to go back to, and a task that failed
    qtbot.waitUntil(lambda: marked.session.view.snapshot.generation > before, timeout=WAIT_MS)
    marked.window.select_task("c3")
    marked.window.show_dock(PanelId.CONTEXT)
    action = marked.window.actions_table[command]
    qtbot.waitUntil(action.isEnabled, timeout=WAIT_MS)
    action.trigger()
    qtbot.waitUntil(lambda: len(open_dialogs(marked.window)) == 1, timeout=WAIT_MS)
    (dialog,) = open_dialogs(marked.window)
    assert untranslated(dialog, *names(marked)) == []
    dialog.reject()


def test_every_text_of_the_import_can_be_translated(marked):
    dialog = ImportDialog("old.pickle", marked.window)
    assert untranslated(dialog, "old.pickle", "wfstate") == []
    dialog.deleteLater()


def told(desktop):
    """The notices so far that are not translated; what the core said of an error is not ours."""
    texts = [f"{notice.summary} {notice.hint}" for notice in desktop.notices.history]
    return [text for text in texts if words_in(text, names(desktop))]


def advance(desktop, qtbot):
    with qtbot.waitSignal(desktop.session.pass_ended, timeout=WAIT_MS):
        desktop.window.actions_table[Command.ADVANCE].trigger()


def test_what_a_pass_tells_can_be_translated(marked, qtbot):
    marked.window.actions_table[Command.PREFLIGHT].trigger()
    look(marked, qtbot)
    advance(marked, qtbot)
    look(marked, qtbot, "", "a1", "b2", "c3", "d4")
    assert told(marked) == []


def test_what_edits_and_merges_tell_can_be_translated(marked, qtbot, wfepy):
    editing, path = marked.session.editing, marked.session.path
    editing.stage_context({**editing.preview.context, "k1": 9, "k2": "v3"}, mark("set"))
    look(marked, qtbot, "a1")
    with qtbot.waitSignal(editing.conflict, timeout=WAIT_MS):
        wfepy("context", "set", path, "k1=7", "k5=1")
    look(marked, qtbot)
    marked.window.actions_table[Command.REVIEW_MERGE].trigger()
    (dialog,) = open_dialogs(marked.window)
    assert untranslated(dialog, *names(marked)) == []
    dialog.choose(0, 2)
    next(each for each in dialog.findChildren(QPushButton) if "Merge" in each.text()).click()
    look(marked, qtbot)
    editing.discard()
    assert told(marked) == []


def test_what_is_the_matter_with_a_file_can_be_translated(marked, qtbot, monkeypatch):
    states, watcher = marked.health, marked.watcher
    path = Path(marked.session.path)

    def comes(trouble):
        watcher.probe_now()
        qtbot.waitUntil(lambda: states.state.problem is trouble, timeout=WAIT_MS)
        look(marked, qtbot)

    with StateLock(str(path), purpose="edit"):
        comes(FileProblem.LOCKED)
    path.rename(path.with_name("away"))
    comes(FileProblem.MISSING)
    path.with_name("away").rename(path)
    monkeypatch.setattr(file_probe, "read_only_reason", lambda _path: tr("the file is write-protected"))
    comes(FileProblem.READ_ONLY)
    assert told(marked) == []


def test_a_timer_can_be_translated(marked, qtbot):
    timer = marked.open_timer
    timer.start(Plan(2 * DAY + 3 * HOUR, until=now() + 5 * DAY))
    look(marked, qtbot)
    marked.timers.pause(marked.session.path, mark("for now"))
    look(marked, qtbot)


def test_every_notice_of_a_module_can_be_translated(marked, tmp_path):
    marked.open_paths((str(tmp_path / "nowhere.py"),))
    newest = marked.notices.history[-1]
    assert not words_in(f"{newest.summary} {newest.hint}", ("nowhere.py", str(tmp_path)))


def test_the_template_for_translators_holds_every_text():
    """`make translations` writes it anew."""
    script = ROOT / ".ci" / "translations.py"
    checked = subprocess.run(
        [sys.executable, script, "--check"],
        env=cron_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stderr


def test_every_word_of_an_enum_on_screen_can_be_translated():
    kinds = (
        PassEnd,
        Stop,
        FileProblem,
        Level,
        ValueType,
        ExportScope,
        TaskStatus,
        InstanceStatus,
        TransitionStatus,
    )
    words = {member.value for kind in kinds for member in kind if member.value}
    words |= {member.description for kind in kinds[-3:] for member in kind}
    known = {text.text for text in ET.parse(TEMPLATE).iter("source")}  # noqa: S314  ours
    assert words - known == set()
