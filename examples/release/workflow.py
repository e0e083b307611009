"""A release: archive a folder, wait for two sign-offs until a deadline, then publish or roll back.

Everything lives in one folder, named by the context key `folder`:

    build/                           the archive and its checksum
    signoffs/VERSION/quality.txt     `NAME: yes` or `NAME: no`, one file for each approver
    signoffs/VERSION/product.txt
    published/VERSION/               what was published
    rolled-back-VERSION.md           why it was not

The archive depends on the names and bytes of the source files and on nothing else: no times, no owners,
no order of a directory. Building it again gives the same bytes, which is what makes every step repeatable.

Context: `source` (the folder to release) and `folder` (both required), `version` (required, text),
`hours_to_sign` (default 72), or `deadline` (a datetime, or its ISO text, with a zone).
"""

import gzip
import hashlib
import os
import shutil
import tarfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from wfepy_core import Waiting, end_point, followed_by, join_point, start_point, task

APPROVERS = ("product", "quality")


def both_said_yes(context: dict[str, Any]) -> bool:
    """Product and quality both signed in time."""
    return all(context[approver][0] == "yes" for approver in APPROVERS)


def refused_or_too_late(context: dict[str, Any]) -> bool:
    """Product or quality said no, or did not sign before the deadline."""
    return not both_said_yes(context)


def published_archive_is_intact(context: dict[str, Any]) -> bool:
    """The published copy has the checksum of the archive that was signed."""
    return bool(context["published_checksum"] == context["checksum"])


def published_archive_is_damaged(context: dict[str, Any]) -> bool:
    """The published copy is not the archive that was signed."""
    return not published_archive_is_intact(context)


@task(labels=["build"], safe_to_repeat=True)
@start_point()
@followed_by("build_archive")
def open_release(context: dict[str, Any]) -> bool:
    """Make the folders and fix the deadline of the sign-offs.

    Folders that exist and a deadline that was fixed before stay as they are, so it is safe to repeat.
    """
    folder = Path(context["folder"])
    for needed in (folder / "build", folder / "published", signoff_folder(context)):
        needed.mkdir(parents=True, exist_ok=True)
    if "deadline" not in context:
        context["deadline"] = datetime.now(UTC) + timedelta(hours=context.get("hours_to_sign", 72))
    elif isinstance(context["deadline"], str):
        context["deadline"] = datetime.fromisoformat(context["deadline"])
    return True


@task(labels=["build"], safe_to_repeat=True)
@followed_by("write_checksum")
def build_archive(context: dict[str, Any]) -> bool:
    """Pack the source folder into `build/release-VERSION.tar.gz`.

    It is written under another name and then renamed, and the same sources give the same bytes: repeating
    it after a crash replaces the archive by its equal.
    """
    source = Path(context["source"])
    if not source.is_dir():
        raise FileNotFoundError(f"there is no folder {source}: correct the context key `source`, then retry")
    files = sorted(file for file in source.rglob("*") if file.is_file() and not file.is_symlink())
    if not files:
        raise FileNotFoundError(f"the folder {source} holds no files to release")
    archive = Path(context["folder"], "build", f"release-{context['version']}.tar.gz")
    part = archive.with_name(f"{archive.name}.part")
    write_archive(part, source, files)
    part.replace(archive)
    context["archive"] = str(archive)
    context["packed"] = {file.relative_to(source).as_posix() for file in files}
    return True


@task(labels=["build"], safe_to_repeat=True)
@followed_by("sign_product")
@followed_by("sign_quality")
def write_checksum(context: dict[str, Any]) -> bool:
    """Write the archive's SHA-256 beside it, as `sha256sum` does. Computed from it: safe to repeat."""
    archive = Path(context["archive"])
    context["checksum"] = sha256_of(archive)
    checksum_file(archive).write_text(f"{context['checksum']}  {archive.name}\n", encoding="utf-8")
    return True


@task(labels=["people"], safe_to_repeat=True)
@followed_by("decide")
def sign_product(context: dict[str, Any]) -> bool | Waiting:
    """Wait for `signoffs/VERSION/product.txt` (`NAME: yes` or `NAME: no`) until the deadline.

    A refusal by quality ends the wait too: nothing is left to decide. It only reads: safe to repeat.
    """
    return wait_for_signoff(context, "product")


@task(labels=["people"], safe_to_repeat=True)
@followed_by("decide")
def sign_quality(context: dict[str, Any]) -> bool | Waiting:
    """Wait for `signoffs/VERSION/quality.txt` (`NAME: yes` or `NAME: no`) until the deadline.

    A refusal by product ends the wait too: nothing is left to decide. It only reads: safe to repeat.
    """
    return wait_for_signoff(context, "quality")


@task(labels=["people"], safe_to_repeat=True)
@join_point()
@followed_by("publish", both_said_yes)
@followed_by("roll_back", refused_or_too_late)
def decide(context: dict[str, Any]) -> bool:
    """Sum up both answers in one sentence. Computed from them: safe to repeat."""
    answers = [f"{approver}: {context[approver][0]} ({context[approver][1]})" for approver in APPROVERS]
    context["decision"] = "; ".join(answers)
    return True


@task(labels=["publish"], safe_to_repeat=True)
@followed_by("verify_published")
def publish(context: dict[str, Any]) -> bool:
    """Publish archive and checksum to `published/VERSION`, both or nothing.

    They are copied beside it, and one rename makes them public. If they are public already it does nothing,
    so it is safe to repeat. A version that was published with another content is never touched.
    """
    archive, checksum = Path(context["archive"]), checksum_file(Path(context["archive"]))
    public = published_folder(context)
    if not public.exists():
        part = public.with_name(f".{public.name}.part")
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir()
        shutil.copyfile(archive, part / archive.name)
        shutil.copyfile(checksum, part / checksum.name)
        part.rename(public)
    elif (public / checksum.name).read_bytes() != checksum.read_bytes():
        raise FileExistsError(
            f"{public} holds another release: nothing was published, choose another version"
        )
    return True


@task(labels=["publish"], safe_to_repeat=True)
@followed_by("announce", published_archive_is_intact)
@followed_by("roll_back", published_archive_is_damaged)
def verify_published(context: dict[str, Any]) -> bool:
    """Read the published archive back and compute its checksum. It only reads: safe to repeat."""
    context["published_checksum"] = sha256_of(published_folder(context) / Path(context["archive"]).name)
    return True


@task(labels=["publish"], safe_to_repeat=True)
@end_point()
def announce(context: dict[str, Any]) -> bool:
    """Write the version into `published/LATEST`. Writing the same version again changes nothing."""
    latest = Path(context["folder"], "published", "LATEST")
    part = latest.with_name("LATEST.part")
    part.write_text(f"{context['version']}\n", encoding="utf-8")
    part.replace(latest)
    return True


@task(labels=["publish"], safe_to_repeat=True)
@join_point()
@end_point()
def roll_back(context: dict[str, Any]) -> bool:
    """Remove what was built, signed and published for this version, and write down why.

    The signatures go because they are for this archive, not for the next one of that version. What is gone
    already is passed over and the same words are written again, so it is safe to repeat.
    """
    archive = Path(context["archive"])
    why = context["decision"]
    if "published_checksum" in context:
        if published_folder(context).exists():
            shutil.rmtree(published_folder(context))
        why = f"The published archive was damaged. {why}"
    archive.unlink(missing_ok=True)
    checksum_file(archive).unlink(missing_ok=True)
    shutil.rmtree(signoff_folder(context), ignore_errors=True)
    notice = f"# Release {context['version']} was rolled back\n\n{why}\n"
    Path(context["folder"], f"rolled-back-{context['version']}.md").write_text(notice, encoding="utf-8")
    return True


def wait_for_signoff(context: dict[str, Any], approver: str) -> bool | Waiting:
    """Put `(answer, who or why)` under the approver's name into the context, or wait.

    Passes may come late, so a sign-off is in time if its file was written in time.
    """
    deadline = context["deadline"]
    answers = {name: read_signoff(context, name) for name in APPROVERS}
    answer, words = answers[approver]
    refusals = [name for name, (given, _) in answers.items() if given == "no"]
    if answer:
        context[approver] = (answer, words)
    elif refusals:
        context[approver] = ("not needed", f"{refusals[0]} refused")
    elif datetime.now(UTC) >= deadline:
        context[approver] = ("none", f"the deadline {deadline:%Y-%m-%d %H:%M %Z} has passed")
    else:
        return Waiting(f"{approver} can sign until {deadline:%Y-%m-%d %H:%M %Z}: {words}", until=deadline)
    return True


def read_signoff(context: dict[str, Any], approver: str) -> tuple[str, str]:
    """`("yes" or "no", who)` from a sign-off that was written in time, else `("", what to do)`."""
    file = signoff_folder(context) / f"{approver}.txt"
    if not file.exists():
        return "", f"write `NAME: yes` or `NAME: no` to {file}"
    line = file.read_text(encoding="utf-8", errors="replace").partition("\n")[0]
    who, _, answer = (part.strip() for part in line.rpartition(":"))
    written = datetime.fromtimestamp(file.stat().st_mtime, UTC)
    if not who or answer.lower() not in {"yes", "no"} or written > context["deadline"]:
        return "", f"{file} starts with {line!r}, write `NAME: yes` or `NAME: no` before the deadline"
    return answer.lower(), who


def write_archive(target: Path, source: Path, files: list[Path]) -> None:
    """Write a gzipped tar of the files, named relative to the source, without times and owners."""
    with (
        target.open("wb") as raw,
        gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as archive,
    ):
        for file in files:
            member = tarfile.TarInfo(file.relative_to(source).as_posix())
            member.size = file.stat().st_size
            member.mode = 0o755 if os.access(file, os.X_OK) else 0o644
            with file.open("rb") as content:
                archive.addfile(member, content)


def signoff_folder(context: dict[str, Any]) -> Path:
    """Where the signatures for this version are."""
    return Path(context["folder"], "signoffs", str(context["version"]))


def published_folder(context: dict[str, Any]) -> Path:
    """Where this version is published."""
    return Path(context["folder"], "published", str(context["version"]))


def checksum_file(archive: Path) -> Path:
    """The file beside an archive that holds its checksum."""
    return archive.with_name(f"{archive.name}.sha256")


def sha256_of(file: Path) -> str:
    """The checksum of a file's content, in hexadecimal."""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
