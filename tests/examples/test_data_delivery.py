"""The data delivery, run to its end in memory on real files and a real database."""

from __future__ import annotations

import hashlib
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from tests.examples.deliveries import CUSTOMERS, ORDERS
from wfepy_core import TaskState

BAD_ORDERS = "id,customer,amount,day\n10,1,lots,2026-11-01\n11,2,0.30,2.11.2026\n"


def deliver(folder, **files):
    for name, text in files.items():
        (folder / "inbox" / f"{name}.csv").write_text(text, encoding="utf-8")


def rows(folder, table):
    with closing(sqlite3.connect(folder / "data.sqlite")) as database:
        return database.execute(f"SELECT * FROM {table} ORDER BY delivery, id").fetchall()  # noqa: S608  a constant


@pytest.fixture
def context(tmp_path):
    return {"folder": str(tmp_path), "delivery": "november", "opened_at": datetime(2026, 11, 1, tzinfo=UTC)}


def test_good_files_are_loaded_reported_on_and_signed_off(start, context, tmp_path):
    runner = start("data_delivery/workflow.py", context)
    runner.run()
    assert runner.state == [("wait_for_files", TaskState.WAITING)]
    deliver(tmp_path, customers=CUSTOMERS)
    runner.run()
    assert runner.state == [("wait_for_files", TaskState.WAITING)]
    deliver(tmp_path, orders=ORDERS)
    runner.run()
    assert runner.state == [("wait_for_signoff", TaskState.WAITING)]
    report = (tmp_path / "november" / "report.md").read_text(encoding="utf-8")
    assert "| customers.csv | 2 |" in report
    assert "| orders.csv | 3 |" in report
    assert "Sum of all orders: 19.80" in report
    assert context["total"] == Decimal("19.80")
    assert rows(tmp_path, "customers") == [
        ("november", 1, "Ada", "2024-02-29"),
        ("november", 2, "Grace", "2025-01-01"),
    ]
    assert rows(tmp_path, "orders")[0] == ("november", 10, 1, "12.50", "2026-11-01")
    (tmp_path / "november" / "signoff.txt").write_text("Ada: yes\n", encoding="utf-8")
    runner.run()
    assert runner.finished
    assert (tmp_path / "november" / "report.md").read_text(
        encoding="utf-8"
    ) == f"{report}\nSigned off by Ada.\n"


def test_the_report_and_the_checksums_can_be_made_side_by_side_in_threads(start, context, tmp_path):
    runner = start("data_delivery/workflow.py", context)
    with ThreadPoolExecutor(2) as threads:
        runner.run(executor=threads)
        deliver(tmp_path, customers=CUSTOMERS, orders=ORDERS)
        (tmp_path / "november" / "signoff.txt").write_text("Ada: yes\n", encoding="utf-8")
        runner.run(executor=threads)
    assert runner.finished
    assert runner.context["rows"] == {"customers.csv": 2, "orders.csv": 3}
    digest = hashlib.sha256(ORDERS.encode()).digest()
    assert runner.context["checksums"]["orders.csv"] == digest


def test_a_bad_file_goes_to_quarantine_with_its_reason_and_a_new_one_is_waited_for(start, context, tmp_path):
    runner = start("data_delivery/workflow.py", context)
    runner.run()
    deliver(tmp_path, customers=CUSTOMERS, orders=BAD_ORDERS)
    runner.run()
    assert runner.state == [("wait_for_files", TaskState.WAITING)]
    bad, reason = sorted((tmp_path / "november" / "quarantine").iterdir())
    assert bad.read_text(encoding="utf-8") == BAD_ORDERS
    assert reason.name == f"{bad.stem}.reason.txt"
    assert reason.read_text(encoding="utf-8").splitlines() == [
        "orders.csv was refused:",
        "row 2: amount 'lots' is not an amount",
        "row 3: day '2.11.2026' is not a date",
    ]
    assert not (tmp_path / "data.sqlite").exists()
    deliver(tmp_path, orders=ORDERS)
    (tmp_path / "november" / "signoff.txt").write_text("Ada: yes\n", encoding="utf-8")
    runner.run()
    assert runner.finished
    assert len(rows(tmp_path, "orders")) == 3
    assert "- orders.csv: row 2: amount 'lots'" in (tmp_path / "november" / "report.md").read_text(
        encoding="utf-8"
    )


def test_the_wait_says_which_file_is_missing_and_why_the_last_one_was_refused(
    context, tmp_path, load_example
):
    module = load_example("data_delivery/workflow.py")
    module.open_delivery(context)
    assert "customers.csv and orders.csv not in" in module.wait_for_files(context).reason
    deliver(tmp_path, customers=CUSTOMERS)
    context["quarantined"] = (("orders.csv", "row 1: old"), ("orders.csv", "row 7: new"))
    reason = module.wait_for_files(context).reason
    assert reason.startswith("orders.csv not in")
    assert reason.endswith("orders.csv was refused: row 7: new")


@pytest.mark.parametrize(
    ("orders", "problem"),
    [
        (b"", "row 1: the header must be id,customer,amount,day, not empty"),
        (
            b"id;customer;amount;day\n",
            "row 1: the header must be id,customer,amount,day, not id;customer;amount;day",
        ),
        (b"id,customer,amount,day\n1,1,2\n", "row 2: 3 values instead of 4"),
        (b"id,customer,amount,day\n1,1,2,2026-01-01\n\n", "row 3: 0 values instead of 4"),
        (b"id,customer,amount,day\none,1,2,2026-01-01\n", "row 2: id 'one' is not a whole number"),
        (b"id,customer,amount,day\n99999999999999999999,1,2,2026-01-01\n", "is not a whole number"),
        (b"id,customer,amount,day\n1,1,NaN,2026-01-01\n", "row 2: amount 'NaN' is not an amount"),
        (b"id,customer,amount,day\n1,1,2,20260101\n", "row 2: day '20260101' is not a date"),
        (b"id,customer,amount,day\n1,1,2,2026-02-30\n", "row 2: day '2026-02-30' is not a date"),
        (b"id,customer,amount,day\n1,1,2,2026-01-01\n1,1,3,2026-01-01\n", "row 3: id 1 is in row 2 already"),
        (b'id,customer,amount,day\n1,1,2,"2026-01-01\n', "unexpected end of data"),
        (b"id,customer,amount,day\n1,1,2,\xff\n", "codec can't decode byte 0xff"),
        (b"id,customer,amount,day\n1,3,2,2026-01-01\n", "row 2: customer 3 is not in customers.csv"),
    ],
)
def test_a_file_is_refused_with_the_row_that_is_wrong(context, tmp_path, orders, problem, load_example):
    module = load_example("data_delivery/workflow.py")
    module.open_delivery(context)
    (tmp_path / "november" / "accepted" / "customers.csv").write_text(CUSTOMERS, encoding="utf-8")
    (tmp_path / "november" / "accepted" / "orders.csv").write_bytes(orders)
    module.check_files(context)
    assert list(context["problems"]) == ["orders.csv"]
    assert problem in context["problems"]["orders.csv"][0]


def test_only_the_first_problems_of_a_file_are_told(context, tmp_path, load_example):
    module = load_example("data_delivery/workflow.py")
    module.open_delivery(context)
    (tmp_path / "november" / "accepted" / "customers.csv").write_text(
        "id,name,since\n" + "x,,y\n" * 1000, encoding="utf-8"
    )
    (tmp_path / "november" / "accepted" / "orders.csv").write_text(ORDERS, encoding="utf-8")
    module.check_files(context)
    assert len(context["problems"]["customers.csv"]) == 21
    assert context["problems"]["customers.csv"][-1] == "and more"


def test_a_byte_order_mark_and_windows_line_ends_are_no_problem(context, tmp_path, load_example):
    module = load_example("data_delivery/workflow.py")
    module.open_delivery(context)
    windows = ("\ufeff" + CUSTOMERS).replace("\n", "\r\n").encode()
    (tmp_path / "november" / "accepted" / "customers.csv").write_bytes(windows)
    (tmp_path / "november" / "accepted" / "orders.csv").write_text(ORDERS, encoding="utf-8")
    module.check_files(context)
    assert context["problems"] == {}


def test_a_load_that_breaks_in_the_middle_leaves_the_database_as_it_was(context, tmp_path, load_example):
    module = load_example("data_delivery/workflow.py")
    module.open_delivery(context)
    (tmp_path / "november" / "accepted" / "customers.csv").write_text(CUSTOMERS, encoding="utf-8")
    (tmp_path / "november" / "accepted" / "orders.csv").write_text(ORDERS, encoding="utf-8")
    module.load_into_database(context)
    before = rows(tmp_path, "customers"), rows(tmp_path, "orders")
    (tmp_path / "november" / "accepted" / "orders.csv").write_text("not the header\n", encoding="utf-8")
    with pytest.raises(ValueError, match="row 1"):
        module.load_into_database(context)
    assert (rows(tmp_path, "customers"), rows(tmp_path, "orders")) == before


def test_a_delivery_that_was_signed_before_is_not_opened_again(start, context, tmp_path):
    (tmp_path / "november").mkdir()
    (tmp_path / "november" / "signoff.txt").write_text("Ada: yes\n", encoding="utf-8")
    with pytest.raises(FileExistsError, match="choose another name"):
        start("data_delivery/workflow.py", context).run()


def test_another_delivery_leaves_the_rows_of_the_first_one_alone(start, context, tmp_path):
    for delivery in ("november", "december"):
        runner = start("data_delivery/workflow.py", {**context, "delivery": delivery})
        runner.run()
        deliver(tmp_path, customers=CUSTOMERS, orders=ORDERS)
        (tmp_path / delivery / "signoff.txt").write_text("Ada: yes\n", encoding="utf-8")
        runner.run()
        assert runner.finished
    assert {delivery for delivery, *_ in rows(tmp_path, "orders")} == {"november", "december"}
    assert len(rows(tmp_path, "orders")) == 6


def test_a_refused_delivery_is_taken_out_of_the_database(start, context, tmp_path):
    runner = start("data_delivery/workflow.py", context)
    runner.run()
    deliver(tmp_path, customers=CUSTOMERS, orders=ORDERS)
    (tmp_path / "november" / "signoff.txt").write_text("Grace Hopper : No\n", encoding="utf-8")
    runner.run()
    assert runner.finished
    assert rows(tmp_path, "customers") == rows(tmp_path, "orders") == []
    assert "Refused by Grace Hopper; all rows were taken out" in (
        tmp_path / "november" / "report.md"
    ).read_text(encoding="utf-8")


@pytest.mark.parametrize("text", ["", "yes\n", "Ada: perhaps\n", ": yes\n"])
def test_a_signoff_that_cannot_be_understood_is_waited_over_and_quoted(context, tmp_path, text, load_example):
    module = load_example("data_delivery/workflow.py")
    (tmp_path / "november").mkdir()
    (tmp_path / "november" / "signoff.txt").write_text(text, encoding="utf-8")
    waiting = module.wait_for_signoff(context)
    assert not waiting
    assert repr(text.strip()) in waiting.reason


@pytest.mark.parametrize("answer", ["yes", "no"])
def test_a_crash_in_every_single_task_leaves_every_row_and_file_once(
    start, context, tmp_path, answer, crashing
):
    worlds = []
    for runner_type, name in ((None, "smooth"), (crashing, "crashed")):
        folder = tmp_path / name
        settings = {**context, "folder": str(folder), "loaded_at": datetime(2026, 11, 3, tzinfo=UTC)}
        runner = start("data_delivery/workflow.py", settings, *filter(None, [runner_type]))
        runner.run()
        deliver(folder, customers=CUSTOMERS, orders=BAD_ORDERS)
        runner.run()
        deliver(folder, orders=ORDERS)
        (folder / "november" / "signoff.txt").write_text(f"Ada: {answer}\n", encoding="utf-8")
        runner.run()
        assert runner.finished
        texts = {
            file.relative_to(folder): file.read_text(encoding="utf-8")
            for file in folder.rglob("*")
            if file.is_file() and file.suffix != ".sqlite"
        }
        worlds.append((texts, rows(folder, "customers"), rows(folder, "orders"), settings["quarantined"]))
    assert worlds[1] == worlds[0]
