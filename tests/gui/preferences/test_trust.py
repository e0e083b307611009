"""Nothing runs code that the user did not agree to, as it is now."""

from __future__ import annotations

import subprocess
import sys
from functools import partial

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QMessageBox

from tests.cron_environment import cron_environment
from tests.gui.dialogs import wait_for_count
from wfepy_gui.preferences.interpreters import PROBE, Interpreters, SearchPaths
from wfepy_gui.preferences.settings import Settings
from wfepy_gui.preferences.trust import CodeFile, find_code_files
from wfepy_gui.views.dialogs.confirmation import TrustDialog
from wfepy_gui.window.command_ids import Command
from wfepy_gui.workers.trust_gate import TrustGate

WAITS = """
@task()
@start_point()
@end_point()
def only(context):
    return False
"""
WAIT_MS = 20_000


@pytest.fixture
def module(tmp_path):
    path = tmp_path / "flow.py"
    path.write_text("first = 1", encoding="utf-8")
    return path


@pytest.fixture
def asked():
    return []


@pytest.fixture
def gate(qtbot, tmp_path, asked, pool):  # noqa: ARG001  it answers in an event loop
    made = TrustGate(Settings(str(tmp_path / "settings.ini")), pool, asked.append)
    made.failed.connect(asked.append)
    yield made
    made.stop()
    made.deleteLater()


@pytest.fixture
def ran():
    """What could run, each time that something did."""
    return []


@pytest.fixture
def await_answer(qtbot, asked, ran):
    """Does something, and waits until it has run something or was asked about."""

    def await_answer(action, *arguments, **more):
        before = len(asked) + len(ran)
        action(*arguments, **more)
        qtbot.waitUntil(lambda: len(asked) + len(ran) > before)

    return await_answer


@pytest.fixture
def run(tmp_path, module, gate, ran, await_answer):
    """Lets something run a module; returns what it could run, each time it did so far."""

    def run(spelled=module.name, folder=tmp_path, search_path=(), **more):
        find_code = partial(find_code_files, [spelled], folder, list(search_path))
        await_answer(gate.run, gate, find_code, ran.append, **more)
        return ran

    return run


@pytest.fixture
def agree(await_answer):
    """Answers a question, and waits for what comes of it."""

    def agree(question, *folder):
        await_answer(question.agree, *folder)

    return agree


def names_of(question):
    return [file.name for file in question.files]


def test_it_asks_once_for_the_same_code(run, asked, module, agree):
    ran = run(purpose="A check runs")
    assert ran == []
    assert asked[0].purpose == "A check runs"
    assert names_of(asked[0]) == [str(module)]

    agree(asked[0])
    run()

    assert len(ran) == 2
    assert len(asked) == 1


def test_code_that_changes_while_the_question_stands_open_is_asked_about_again(run, asked, module, agree):
    ran = run()
    module.write_text("second = 2", encoding="utf-8")

    agree(asked[0])

    assert ran == []
    assert len(asked) == 2
    assert asked[1].files != asked[0].files
    assert [question.again for question in asked] == [False, True]


def test_who_wanted_to_run_it_hears_of_a_refusal(run, asked):
    refusals = []
    ran = run(on_refused=partial(refusals.append, "no"))

    asked[0].refuse()

    assert (ran, refusals) == ([], ["no"])
    run()
    assert len(asked) == 2


def test_what_the_module_imports_is_asked_about_and_so_is_its_change_alone(
    run, asked, module, tmp_path, agree
):
    module.write_text("import helper\n", encoding="utf-8")
    helper = tmp_path / "helper.py"
    helper.write_text("", encoding="utf-8")
    run()
    assert names_of(asked[0]) == [str(module), str(helper)]
    assert asked[0].changed == frozenset()
    agree(asked[0])

    helper.write_text("changed = True\n", encoding="utf-8")
    ran = run()

    assert len(ran) == 1
    assert names_of(asked[1]) == [str(helper)]
    assert asked[1].changed == {str(helper)}
    agree(asked[1])
    assert len(ran) == 2


def test_a_dotted_name_that_was_agreed_to_lets_nobody_else_s_module_of_that_name_run(
    run, asked, tmp_path, agree
):
    for folder in ("mine", "stranger"):
        (tmp_path / folder / "flows").mkdir(parents=True)
        (tmp_path / folder / "flows" / "__init__.py").write_text("")
        (tmp_path / folder / "flows" / "release.py").write_text("")
    run("flows.release", tmp_path / "mine")
    agree(asked[0])
    assert len(run("flows.release", tmp_path / "mine")) == 2

    run("flows.release", tmp_path / "stranger")

    # Of the same content even: its place is another.
    folder = tmp_path / "stranger" / "flows"
    assert names_of(asked[1]) == [str(folder / "release.py"), str(folder / "__init__.py")]


def test_a_dotted_name_is_looked_for_where_the_python_that_runs_it_looks(run, asked, tmp_path):
    for folder in ("environment", "beside"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "flows.py").write_text("")

    run("flows", tmp_path / "beside", [str(tmp_path / "environment")])

    assert names_of(asked[0]) == [str(tmp_path / "environment" / "flows.py")]


def test_what_cannot_be_found_is_asked_about_each_time(run, asked, agree):
    run("no_such.flows")
    assert asked[0].files == (CodeFile("no_such.flows", ""),)
    agree(asked[0])

    ran = run("no_such.flows")

    assert len(ran) == 1
    assert len(asked) == 2


def test_of_a_file_that_is_not_there_nothing_is_asked(run, asked):
    assert len(run("nowhere.py")) == 1
    assert asked == []


def test_the_release_behind_a_link_is_another_code(run, asked, tmp_path, agree):
    for release in ("r1", "r2"):
        (tmp_path / release).mkdir()
        (tmp_path / release / "flow.py").write_text("")
    (tmp_path / "current").symlink_to("r1")
    run("current/flow.py")
    assert names_of(asked[0]) == [str(tmp_path / "r1" / "flow.py")]
    agree(asked[0])

    (tmp_path / "current").unlink()
    (tmp_path / "current").symlink_to("r2")
    ran = run("current/flow.py")

    assert len(ran) == 1
    assert names_of(asked[1]) == [str(tmp_path / "r2" / "flow.py")]


def test_a_folder_can_be_trusted_as_a_whole(run, asked, module, tmp_path, agree):
    run()
    agree(asked[0], str(tmp_path))
    module.write_text("third = 3", encoding="utf-8")

    assert len(run()) == 2
    beyond = tmp_path.parent / f"{tmp_path.name}-beyond.py"
    beyond.write_text("")
    run(str(beyond))
    assert names_of(asked[1]) == [str(beyond)]
    beyond.unlink()


def test_agreements_of_former_versions_are_asked_for_once_more(run, asked, tmp_path):
    run()
    store = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    store.setValue("trust/modules", [asked[0].files[0].key, "unseen flows.release"])
    store.sync()

    run()

    assert len(asked) == 2


def test_agreements_can_be_taken_back(run, asked, tmp_path, agree):
    run()
    agree(asked[0], str(tmp_path))

    assert Settings(str(tmp_path / "settings.ini")).forget_trust() == 2

    store = Settings(str(tmp_path / "settings.ini"))
    assert not store.trusts_folder(str(tmp_path / "flow.py"))
    assert not store.trusts([asked[0].files[0].key])


def test_a_chosen_python_says_where_it_looks(tmp_path):
    printed = subprocess.run(
        [sys.executable, "-P", "-c", PROBE],
        env=cron_environment(),
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    known = Interpreters(Settings(str(tmp_path / "settings.ini")), ("own",))
    known.choose(tmp_path, sys.executable)
    assert known.search_paths.find(["flows"], tmp_path) == ()

    known.remember_probe(sys.executable, printed)

    found = known.search_paths.find(["flows"], tmp_path)
    assert any(place.endswith("site-packages") for place in found)
    assert SearchPaths({}, {}).find(["flows"], tmp_path) is None


@pytest.mark.parametrize("whole", [False, True])
def test_the_question_names_the_files_and_offers_their_folder(qtbot, whole):
    files = tuple(CodeFile(f"/flows/{number}.py", "ab" * 32, "/flows") for number in range(20))
    dialog = TrustDialog(files, changed=frozenset({"/flows/1.py"}))
    qtbot.addWidget(dialog)
    dialog.open()

    assert "/flows/0.py\n/flows/1.py (changed)\n" in dialog.text()
    assert "and 8 more" in dialog.text()
    assert "/flows/19.py\nSHA-256 abab" in dialog.detailedText()
    dialog.checkBox().setChecked(whole)
    (run,) = [
        button
        for button in dialog.buttons()
        if dialog.buttonRole(button) is QMessageBox.ButtonRole.AcceptRole
    ]
    with qtbot.waitSignal(dialog.agreed) as told:
        run.click()
    assert told.args == ["/flows" if whole else ""]


def test_a_question_about_what_changed_while_it_stood_open_does_not_look_like_the_one_before(qtbot):
    files = (CodeFile("/flows/a.py", "ab" * 32, "/flows"),)
    first, second = TrustDialog(files), TrustDialog(files, again=True)
    qtbot.addWidget(first)
    qtbot.addWidget(second)
    assert "while you were asked" not in first.informativeText()
    assert "other code while you were asked" in second.informativeText()


def test_a_name_cannot_look_like_two_or_hide_what_it_is(qtbot):
    dialog = TrustDialog((CodeFile("/flows/bad.py\n/flows/safe.py", "ab" * 32, "/R&D\n"),))
    qtbot.addWidget(dialog)

    assert dialog.text().splitlines()[1:] == [repr("/flows/bad.py\n/flows/safe.py")]
    assert "\n" not in dialog.checkBox().text()
    assert "/R&&D" in dialog.checkBox().text()


def test_the_command_that_forgets_makes_the_next_pass_ask(qtbot, make_instance, open_instance, desktop):
    asked = []
    desktop.trust_gate.ask = asked.append
    open_instance(make_instance(WAITS), trusted=False)
    desktop.session.advance()
    wait_for_count(qtbot, asked, 1)
    with qtbot.waitSignal(desktop.session.pass_ended, timeout=WAIT_MS):
        asked[0].agree()

    desktop.window.actions_table[Command.FORGET_TRUST].trigger()
    desktop.session.advance()

    wait_for_count(qtbot, asked, 2)
    assert not desktop.session.is_busy
