"""A partner delivers two CSV files; they are checked, loaded into SQLite, reported on and signed off.

Everything lives in one folder, named by the context key `folder`:

    inbox/                   the partner puts `customers.csv` and `orders.csv` here
                             (as `NAME.part` while it is written, then renamed)
    data.sqlite              the database, with all deliveries
    DELIVERY/accepted/       files taken from the inbox; nobody but this workflow writes there
    DELIVERY/quarantine/     files that failed the checks, each beside a `.reason.txt`
    DELIVERY/report.md       what was loaded
    DELIVERY/signoff.txt     `NAME: yes` or `NAME: no`, written by whoever read the report

Context: `folder` (required), `delivery` (a name that no delivery had before, default: today's date).
"""

import csv
import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from wfepy_core import Waiting, end_point, followed_by, join_point, start_point, task

# For each file: the columns in order, each with the kind of value it holds. The first one is the key.
COLUMNS = {
    "customers.csv": (("id", "a whole number"), ("name", "some text"), ("since", "a date")),
    "orders.csv": (
        ("id", "a whole number"),
        ("customer", "a whole number"),
        ("amount", "an amount"),
        ("day", "a date"),
    ),
}
MOST_PROBLEMS = 20  # per file: a wrong separator would otherwise name every row

CREATE_TABLES = """
CREATE TABLE IF NOT EXISTS customers
    (delivery TEXT, id INTEGER, name TEXT, since TEXT, PRIMARY KEY (delivery, id));
CREATE TABLE IF NOT EXISTS orders
    (delivery TEXT, id INTEGER, customer INTEGER, amount TEXT, day TEXT, PRIMARY KEY (delivery, id));
"""
DELETE_ROWS = ("DELETE FROM customers WHERE delivery = ?", "DELETE FROM orders WHERE delivery = ?")
INSERT_ROWS = {
    "customers.csv": "INSERT INTO customers VALUES (?, ?, ?, ?)",
    "orders.csv": "INSERT INTO orders VALUES (?, ?, ?, ?, ?)",
}


def all_files_valid(context: dict[str, Any]) -> bool:
    """The last check found no problem in any file."""
    return not context["problems"]


def some_file_is_bad(context: dict[str, Any]) -> bool:
    """The last check found at least one file with a problem."""
    return bool(context["problems"])


def signed_off(context: dict[str, Any]) -> bool:
    """Somebody read the report and said yes."""
    return bool(context["signed_off"]["yes"])


def refused(context: dict[str, Any]) -> bool:
    """Somebody read the report and said no."""
    return not context["signed_off"]["yes"]


@task(labels=["partner"], safe_to_repeat=True)
@start_point()
@followed_by("wait_for_files")
def open_delivery(context: dict[str, Any]) -> bool:
    """Make the folders and note when the delivery was opened.

    Folders that exist and values that were noted stay as they are, so it is safe to repeat. A delivery
    that was signed before is refused: its signature must not count for other files.
    """
    context.setdefault("opened_at", datetime.now(UTC))
    context.setdefault("delivery", context["opened_at"].date().isoformat())
    own = own_folder(context)
    for folder in (Path(context["folder"], "inbox"), own / "accepted", own / "quarantine"):
        folder.mkdir(parents=True, exist_ok=True)
    if (own / "signoff.txt").exists():
        raise FileExistsError(f"{own} was signed before: choose another name for the context key `delivery`")
    context["quarantined"] = ()
    return True


@task(labels=["partner"], safe_to_repeat=True)
@followed_by("check_files")
def wait_for_files(context: dict[str, Any]) -> bool | Waiting:
    """Take the files from the inbox as they arrive, and wait until none is missing.

    A file moves to `accepted/` in one step, where the partner cannot change it any more between the check
    and the load. A file that has moved already is not looked for again, so it is safe to repeat.
    """
    inbox = Path(context["folder"], "inbox")
    missing = []
    for name in COLUMNS:
        arrived, accepted = inbox / name, accepted_file(context, name)
        if not accepted.exists() and arrived.exists():
            arrived.replace(accepted)
        if not accepted.exists():
            missing.append(name)
    if not missing:
        return True
    reason = f"{' and '.join(missing)} not in {inbox} yet"
    bad = [
        f"{name} was refused: {why}" for name, why in dict(context["quarantined"]).items() if name in missing
    ]
    return Waiting("; ".join([reason, *bad]))


@task(labels=["checks"], safe_to_repeat=True)
@followed_by("load_into_database", all_files_valid)
@followed_by("quarantine_bad_files", some_file_is_bad)
def check_files(context: dict[str, Any]) -> bool:
    """Check headers, values and keys of every file, and that each order belongs to a known customer.

    The problems found, each with its row number, go to the context key `problems`. It only reads, and the
    same files give the same problems: safe to repeat.
    """
    problems = {name: file_problems(accepted_file(context, name)) for name in COLUMNS}
    if not any(problems.values()):
        problems["orders.csv"] = unknown_customers(*(accepted_file(context, name) for name in COLUMNS))
    context["problems"] = {name: found for name, found in problems.items() if found}
    return True


@task(labels=["checks"], safe_to_repeat=True)
@followed_by("wait_for_files")
def quarantine_bad_files(context: dict[str, Any]) -> bool:
    """Move each bad file to `quarantine/`, beside a file that says what is wrong with it.

    The new name carries a part of the file's checksum, the reason is written before the file moves, and a
    file that has moved already is passed over: after a crash it picks up where it stopped.
    """
    quarantine = own_folder(context) / "quarantine"
    for name, found in context["problems"].items():
        accepted = accepted_file(context, name)
        if not accepted.exists():
            continue
        kept = quarantine / f"{accepted.stem}-{sha256_of(accepted)[:8]}{accepted.suffix}"
        write_whole(kept.with_suffix(".reason.txt"), "\n".join([f"{name} was refused:", *found, ""]))
        accepted.replace(kept)
    context["quarantined"] += tuple((name, found[0]) for name, found in context["problems"].items())
    return True


@task(labels=["database"], safe_to_repeat=True)
@followed_by("write_report")
@followed_by("note_checksums")
def load_into_database(context: dict[str, Any]) -> bool:
    """Load the files into SQLite, all of them or nothing.

    One transaction first deletes what this delivery had loaded before: after a crash at any moment,
    repeating it leaves exactly the rows of the files, each once.
    """
    with closing(sqlite3.connect(Path(context["folder"], "data.sqlite"))) as database:
        database.executescript(CREATE_TABLES)
        with database:
            for statement in DELETE_ROWS:
                database.execute(statement, [context["delivery"]])
            for name, statement in INSERT_ROWS.items():
                rows = read_rows(accepted_file(context, name))
                database.executemany(statement, ((context["delivery"], *row) for _, row in rows))
    context.setdefault("loaded_at", datetime.now(UTC))
    return True


@task(labels=["paper"], safe_to_repeat=True)
@followed_by("wait_for_signoff")
def write_report(context: dict[str, Any]) -> bool:
    """Write `report.md`: the rows and the sum that the database now holds for this delivery.

    It reads the database, not the files, so it reports what was really loaded. The report is replaced as a
    whole and holds no time of its own: repeating it writes the same bytes.
    """
    with closing(sqlite3.connect(Path(context["folder"], "data.sqlite"))) as database:
        delivery = [context["delivery"]]
        customers = database.execute(
            "SELECT count(*) FROM customers WHERE delivery = ?", delivery
        ).fetchone()[0]
        amounts = database.execute("SELECT amount FROM orders WHERE delivery = ?", delivery).fetchall()
    context["total"] = sum((Decimal(amount) for (amount,) in amounts), Decimal(0))
    context["rows"] = {"customers.csv": customers, "orders.csv": len(amounts)}
    refusals = [f"- {name}: {why}" for name, why in context["quarantined"]] or ["- none"]
    lines = [
        f"# Delivery {context['delivery']}",
        "",
        f"Loaded {context['loaded_at']:%Y-%m-%d %H:%M %Z}.",
        "",
        "| file | rows |",
        "|---|---|",
        *(f"| {name} | {rows} |" for name, rows in context["rows"].items()),
        "",
        f"Sum of all orders: {context['total']}",
        "",
        "Files refused before:",
        "",
        *refusals,
        "",
    ]
    write_whole(own_folder(context) / "report.md", "\n".join(lines))
    return True


@task(labels=["paper"], safe_to_repeat=True)
@followed_by("wait_for_signoff")
def note_checksums(context: dict[str, Any]) -> bool:
    """Note the SHA-256 of every loaded file, as proof of what was loaded. It only reads: safe to repeat."""
    files = {name: accepted_file(context, name) for name in COLUMNS}
    context["checksums"] = {name: bytes.fromhex(sha256_of(file)) for name, file in files.items()}
    return True


@task(labels=["people"], safe_to_repeat=True)
@join_point()
@followed_by("close_delivery", signed_off)
@followed_by("withdraw_delivery", refused)
def wait_for_signoff(context: dict[str, Any]) -> bool | Waiting:
    """Wait for `signoff.txt`: its first line is `NAME: yes` or `NAME: no`. It only reads: safe to repeat."""
    file = own_folder(context) / "signoff.txt"
    if not file.exists():
        return Waiting(
            f"nobody has signed {file} yet: read report.md, then write `NAME: yes` or `NAME: no` there"
        )
    line = file.read_text(encoding="utf-8", errors="replace").partition("\n")[0]
    who, _, answer = (part.strip() for part in line.rpartition(":"))
    if not who or answer.lower() not in {"yes", "no"}:
        return Waiting(f"{file} starts with {line!r}: write `NAME: yes` or `NAME: no`")
    context["signed_off"] = {"by": who, "yes": answer.lower() == "yes", "at": datetime.now(UTC)}
    return True


@task(labels=["paper"], safe_to_repeat=True)
@end_point()
def close_delivery(context: dict[str, Any]) -> bool:
    """Add the sign-off to the report. A report that has it already is left alone: safe to repeat."""
    add_to_report(context, f"Signed off by {context['signed_off']['by']}.")
    return True


@task(labels=["database"], safe_to_repeat=True)
@end_point()
def withdraw_delivery(context: dict[str, Any]) -> bool:
    """Take the refused delivery out of the database, and say so in the report.

    Rows that are gone cannot be deleted twice, and a report that says so is left alone: safe to repeat.
    """
    with closing(sqlite3.connect(Path(context["folder"], "data.sqlite"))) as database, database:
        for statement in DELETE_ROWS:
            database.execute(statement, [context["delivery"]])
    add_to_report(context, f"Refused by {context['signed_off']['by']}; all rows were taken out again.")
    return True


def own_folder(context: dict[str, Any]) -> Path:
    """The folder of this delivery."""
    return Path(context["folder"], context["delivery"])


def accepted_file(context: dict[str, Any], name: str) -> Path:
    """Where a file lies that was taken from the inbox."""
    return own_folder(context) / "accepted" / name


def file_problems(file: Path) -> list[str]:
    """What is wrong with a file, one sentence each with its row number; empty for a good one."""
    problems: list[str] = []
    seen: dict[int, int] = {}
    try:
        for row_number, row in read_rows(file):
            problems.extend(f"row {row_number}: {value}" for value in row if isinstance(value, ValueError))
            if isinstance(row[0], int) and seen.setdefault(row[0], row_number) != row_number:
                problems.append(f"row {row_number}: id {row[0]} is in row {seen[row[0]]} already")
            if len(problems) > MOST_PROBLEMS:
                return [*problems[:MOST_PROBLEMS], "and more"]
    except (ValueError, csv.Error) as error:
        problems.append(str(error))
    return problems


def unknown_customers(customers_file: Path, orders_file: Path) -> list[str]:
    """Problems of the orders whose customer is not in `customers.csv`; both files must be valid."""
    known = {row[0] for _, row in read_rows(customers_file)}
    orders = read_rows(orders_file)
    found = [
        f"row {number}: customer {row[1]} is not in customers.csv"
        for number, row in orders
        if row[1] not in known
    ]
    return found if len(found) <= MOST_PROBLEMS else [*found[:MOST_PROBLEMS], "and more"]


def read_rows(file: Path) -> Iterator[tuple[int, list[Any]]]:
    """The rows below the header, each as (row number, values); the header is row 1.

    A value that is not of its column's kind, and a row that is too short or too long, is given as a
    `ValueError` that says so.

    Raises:
        ValueError: the header or the encoding (UTF-8) is wrong.
        csv.Error: the quotes are wrong.
    """
    columns = COLUMNS[file.name]
    header = [name for name, _ in columns]
    with file.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.reader(lines, strict=True)
        found = next(reader, None)
        if found != header:
            raise ValueError(
                f"row 1: the header must be {','.join(header)}, not {','.join(found or ['empty'])}"
            )
        for row_number, row in enumerate(reader, start=2):
            if len(row) == len(columns):
                yield row_number, [value_of(text, *column) for text, column in zip(row, columns, strict=True)]
            else:
                yield row_number, [ValueError(f"{len(row)} values instead of {len(columns)}")]


def value_of(text: str, column: str, kind: str) -> int | str | ValueError:
    """What to store for the text of one cell, or a `ValueError` that names column, text and kind."""
    try:
        if kind == "a whole number" and text.isascii() and text.isdecimal() and int(text) < 2**63:
            return int(text)
        if kind == "some text" and text.strip():
            return text
        if kind == "an amount" and Decimal(text).is_finite():
            return str(Decimal(text))
        if kind == "a date" and date.fromisoformat(text).isoformat() == text:
            return text
    except (ValueError, InvalidOperation):
        pass
    return ValueError(f"{column} {text!r} is not {kind}")


def sha256_of(file: Path) -> str:
    """The checksum of a file's content, in hexadecimal."""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def write_whole(file: Path, text: str) -> None:
    """Write a file so that a reader sees the old content or the new one, never a part."""
    part = file.with_name(file.name + ".part")
    part.write_text(text, encoding="utf-8")
    part.replace(file)


def add_to_report(context: dict[str, Any], line: str) -> None:
    """Add a last line to the report, unless it ends with it already."""
    report = own_folder(context) / "report.md"
    text = report.read_text(encoding="utf-8")
    if not text.endswith(f"{line}\n"):
        write_whole(report, f"{text}\n{line}\n")
