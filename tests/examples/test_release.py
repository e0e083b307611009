"""The release, run to its end in memory on real folders."""

from __future__ import annotations

import hashlib
import os
import shutil
import tarfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from wfepy_core import Runner, TaskState

YESTERDAY = datetime.now(UTC) - timedelta(days=1)


def make_sources(folder):
    (folder / "docs").mkdir(parents=True)
    (folder / "tool.sh").write_text("#!/bin/sh\necho hello\n", encoding="utf-8")
    (folder / "tool.sh").chmod(0o755)
    (folder / "docs" / "manual.md").write_text("# Manual\n", encoding="utf-8")
    return folder


@pytest.fixture
def context(tmp_path):
    make_sources(tmp_path / "source")
    return {"source": str(tmp_path / "source"), "folder": str(tmp_path / "area"), "version": "1.4.0"}


def sign(context, **answers):
    for approver, text in answers.items():
        Path(context["folder"], "signoffs", context["version"], f"{approver}.txt").write_text(
            text, encoding="utf-8"
        )


def test_two_signatures_publish_the_archive_with_its_checksum(start, context, tmp_path):
    runner = start("release/workflow.py", context)
    runner.run()
    assert sorted(runner.state) == [("sign_product", TaskState.WAITING), ("sign_quality", TaskState.WAITING)]
    sign(context, quality="Ada: yes\n")
    runner.run()
    assert sorted(runner.state) == [("decide", TaskState.BLOCKED), ("sign_product", TaskState.WAITING)]
    assert not list((tmp_path / "area" / "published").iterdir())
    sign(context, product="Grace: yes\n")
    runner.run()
    assert runner.finished
    public = tmp_path / "area" / "published"
    archive = public / "1.4.0" / "release-1.4.0.tar.gz"
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    assert archive.with_name(f"{archive.name}.sha256").read_text() == f"{digest}  {archive.name}\n"
    assert (public / "LATEST").read_text() == "1.4.0\n"
    with tarfile.open(archive) as members:
        assert [(member.name, member.mode) for member in members] == [
            ("docs/manual.md", 0o644),
            ("tool.sh", 0o755),
        ]
        assert members.extractfile("docs/manual.md").read() == b"# Manual\n"
    assert context["packed"] == {"docs/manual.md", "tool.sh"}


def test_the_same_sources_give_the_same_archive_whenever_and_wherever_it_is_built(start, context, tmp_path):
    checksums = set()
    for name, age in (("source", 0), ("elsewhere", 10**6)):
        source = tmp_path / name
        if not source.exists():
            make_sources(source)
        for file in source.rglob("*"):
            os.utime(file, (age, age))
        runner = start("release/workflow.py", {**context, "source": str(source)})
        runner.run()
        checksums.add(runner.context["checksum"])
        assert Path(runner.context["archive"]).read_bytes()[4:8] == bytes(4), "gzip keeps a time there"
    assert len(checksums) == 1
    (source / "tool.sh").write_text("#!/bin/sh\n", encoding="utf-8")
    runner = start("release/workflow.py", {**context, "source": str(source)})
    runner.run()
    assert runner.context["checksum"] not in checksums


@pytest.mark.parametrize(("approver", "other"), [("product", "quality"), ("quality", "product")])
def test_one_refusal_rolls_back_at_once_and_says_who_refused(start, context, tmp_path, approver, other):
    runner = start("release/workflow.py", context)
    runner.run()
    sign(context, **{approver: "Ada: no\n"})
    runner.run()
    assert runner.finished
    assert not list((tmp_path / "area" / "build").iterdir())
    assert not list((tmp_path / "area" / "published").iterdir())
    notice = (tmp_path / "area" / "rolled-back-1.4.0.md").read_text(encoding="utf-8")
    assert f"{approver}: no (Ada)" in notice
    assert f"{other}: not needed ({approver} refused)" in notice


def test_a_refused_version_can_be_tried_again_with_new_signatures(start, context, tmp_path):
    for answer in ("no", "yes"):
        runner = start("release/workflow.py", dict(context))
        runner.run()
        assert not runner.finished
        sign(context, quality=f"Ada: {answer}\n", product=f"Grace: {answer}\n")
        runner.run()
        assert runner.finished
    assert (tmp_path / "area" / "published" / "LATEST").read_text() == "1.4.0\n"


def test_a_deadline_that_passes_rolls_back(start, context, tmp_path):
    runner = start("release/workflow.py", context)
    runner.run()
    sign(context, quality="Ada: yes\n")
    runner.run()
    assert not runner.finished
    context["deadline"] = YESTERDAY
    runner.run()
    assert runner.finished
    assert not list((tmp_path / "area" / "published").iterdir())
    notice = (tmp_path / "area" / "rolled-back-1.4.0.md").read_text(encoding="utf-8")
    assert "quality: yes (Ada)" in notice
    assert "product: none (the deadline" in notice


def test_a_signature_counts_if_it_was_written_in_time_though_the_pass_came_late(start, context):
    runner = start("release/workflow.py", {**context, "deadline": YESTERDAY.isoformat()})
    Path(context["folder"], "signoffs", "1.4.0").mkdir(parents=True)
    sign(context, quality="Ada: yes\n", product="Grace: yes\n")
    in_time = YESTERDAY.timestamp() - 3600
    for file in Path(context["folder"], "signoffs", "1.4.0").iterdir():
        os.utime(file, (in_time, in_time))
    runner.run()
    assert runner.finished
    assert Path(context["folder"], "published", "1.4.0").is_dir()


def test_a_signature_after_the_deadline_does_not_count(start, context):
    runner = start("release/workflow.py", {**context, "deadline": YESTERDAY})
    Path(context["folder"], "signoffs", "1.4.0").mkdir(parents=True)
    sign(context, quality="Ada: yes\n", product="Grace: yes\n")
    runner.run()
    assert runner.finished
    assert not Path(context["folder"], "published", "1.4.0").exists()
    assert Path(context["folder"], "rolled-back-1.4.0.md").exists()


def test_the_wait_names_the_deadline_and_the_file_to_write(context, load_example):
    module = load_example("release/workflow.py")
    context["deadline"] = datetime(2999, 12, 31, 12, 0, tzinfo=UTC)
    waiting = module.sign_product(context)
    assert waiting.until == context["deadline"]
    assert waiting.reason.startswith("product can sign until 2999-12-31 12:00 UTC: write `NAME: yes`")
    assert waiting.reason.endswith("product.txt")


def test_a_version_that_was_published_with_another_content_is_never_touched(start, context, tmp_path):
    old = tmp_path / "area" / "published" / "1.4.0"
    old.mkdir(parents=True)
    (old / "release-1.4.0.tar.gz.sha256").write_text("another\n", encoding="utf-8")
    runner = start("release/workflow.py", context)
    runner.run()
    sign(context, quality="Ada: yes\n", product="Grace: yes\n")
    with pytest.raises(FileExistsError, match="choose another version"):
        runner.run()
    assert (old / "release-1.4.0.tar.gz.sha256").read_text() == "another\n"
    shutil.rmtree(old)
    runner.run()
    assert runner.finished


def test_a_refusal_leaves_what_was_published_before_alone(start, context, tmp_path):
    old = tmp_path / "area" / "published" / "1.4.0" / "notes.md"
    old.parent.mkdir(parents=True)
    old.write_text("published last year\n", encoding="utf-8")
    runner = start("release/workflow.py", context)
    runner.run()
    sign(context, quality="Ada: no\n")
    runner.run()
    assert runner.finished
    assert old.read_text(encoding="utf-8") == "published last year\n"


class DamagingRunner(Runner):
    """Damages the published archive before it is verified."""

    def task_execute(self, task):
        """Run the task, after the damage if its turn has come."""
        if task.name == "verify_published":
            (archive,) = Path(self.context["folder"]).glob("published/*/*.gz")
            archive.write_bytes(b"rotten")
        return super().task_execute(task)


def test_a_damaged_copy_is_taken_back_from_the_public(start, context, tmp_path):
    runner = start("release/workflow.py", context, DamagingRunner)
    runner.run()
    sign(context, quality="Ada: yes\n", product="Grace: yes\n")
    runner.run()
    assert runner.finished
    assert not list((tmp_path / "area" / "published").iterdir())
    assert "archive was damaged" in (tmp_path / "area" / "rolled-back-1.4.0.md").read_text(encoding="utf-8")


def test_a_missing_source_folder_fails_with_what_to_correct_and_goes_on_when_it_is_there(
    start, context, tmp_path
):
    shutil.rmtree(tmp_path / "source")
    runner = start("release/workflow.py", context)
    with pytest.raises(FileNotFoundError, match="correct the context key `source`"):
        runner.run()
    make_sources(tmp_path / "source")
    runner.run()
    assert ("sign_product", TaskState.WAITING) in runner.state


@pytest.mark.parametrize("answer", ["yes", "no"])
def test_a_crash_in_every_single_task_leaves_the_same_folders(start, context, tmp_path, answer, crashing):
    worlds = []
    for runner_type, name in ((None, "smooth"), (crashing, "crashed")):
        settings = {**context, "folder": str(tmp_path / name)}
        runner = start("release/workflow.py", settings, *filter(None, [runner_type]))
        runner.run()
        sign(settings, quality="Ada: yes\n", product=f"Grace: {answer}\n")
        runner.run()
        assert runner.finished
        folder = tmp_path / name
        worlds.append(
            {file.relative_to(folder): file.read_bytes() for file in folder.rglob("*") if file.is_file()}
        )
    assert worlds[1] == worlds[0]
    assert worlds[0]
