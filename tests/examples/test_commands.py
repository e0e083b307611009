"""The examples through the command, each pass in a process of its own, as cron would run them."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing

from tests.examples.deliveries import CUSTOMERS, ORDERS


def waiting_in(tasks):
    return {name for name, status in tasks.items() if status == "waiting"}


def test_a_data_delivery_lives_across_many_processes_until_it_is_signed_off(wfepy, tmp_path):
    state, folder = tmp_path / "november.wfstate", tmp_path / "november"
    wfepy.new(state, "data_delivery/workflow.py", {"folder": str(folder), "delivery": "november"})
    assert wfepy.statuses(state)[0] == "new"

    wfepy("advance", state)
    status, tasks = wfepy.statuses(state)
    assert (status, waiting_in(tasks)) == ("waiting", {"wait_for_files"})
    assert "customers.csv and orders.csv not in" in wfepy("why", state)

    (folder / "inbox" / "customers.csv").write_text(CUSTOMERS, encoding="utf-8")
    wfepy("advance", state)
    assert waiting_in(wfepy.statuses(state)[1]) == {"wait_for_files"}
    why = wfepy("why", state)
    assert "orders.csv not in" in why
    assert "customers.csv and" not in why

    (folder / "inbox" / "orders.csv").write_text(ORDERS.replace("7,", "seven,"), encoding="utf-8")
    wfepy("advance", state)
    status, tasks = wfepy.statuses(state)
    assert (status, waiting_in(tasks)) == ("waiting", {"wait_for_files"})
    assert tasks["quarantine_bad_files"] == "complete"
    assert "orders.csv was refused: row 4: amount 'seven' is not an amount" in wfepy("why", state)
    (reason,) = (folder / "november" / "quarantine").glob("orders-*.reason.txt")
    assert "row 4" in reason.read_text(encoding="utf-8")

    (folder / "inbox" / "orders.csv").write_text(ORDERS, encoding="utf-8")
    wfepy("advance", state)
    status, tasks = wfepy.statuses(state)
    assert (status, waiting_in(tasks)) == ("waiting", {"wait_for_signoff"})
    assert tasks["write_report"] == tasks["note_checksums"] == "complete"
    assert "nobody has signed" in wfepy("why", state)
    assert "| orders.csv | 3 |" in (folder / "november" / "report.md").read_text(encoding="utf-8")

    (folder / "november" / "signoff.txt").write_text("Ada: yes\n", encoding="utf-8")
    wfepy("advance", state)
    status, tasks = wfepy.statuses(state)
    assert status == "finished"
    assert tasks["close_delivery"] == "complete"
    assert tasks["withdraw_delivery"] == "skipped"
    with closing(sqlite3.connect(folder / "data.sqlite")) as database:
        assert database.execute("SELECT count(*) FROM orders").fetchone() == (3,)


def start_release(wfepy, tmp_path, **settings):
    """A release whose sources are there, after its first pass: state file and its folder."""
    state, folder, source = tmp_path / "release.wfstate", tmp_path / "area", tmp_path / "source"
    source.mkdir()
    (source / "readme.md").write_text("# Read me\n", encoding="utf-8")
    context = {"source": str(source), "folder": str(folder), "version": "1.4.0", **settings}
    wfepy.new(state, "release/workflow.py", context)
    wfepy("advance", state)
    return state, folder


def test_a_release_with_both_signatures_is_published(wfepy, tmp_path):
    state, folder = start_release(wfepy, tmp_path)
    assert waiting_in(wfepy.statuses(state)[1]) == {"sign_product", "sign_quality"}
    assert "product can sign until" in wfepy("why", state)
    (folder / "signoffs" / "1.4.0" / "product.txt").write_text("Grace: yes\n", encoding="utf-8")
    wfepy("advance", state)
    status, tasks = wfepy.statuses(state)
    assert (status, tasks["decide"]) == ("waiting", "blocked")
    (folder / "signoffs" / "1.4.0" / "quality.txt").write_text("Ada: yes\n", encoding="utf-8")
    wfepy("advance", state)
    status, tasks = wfepy.statuses(state)
    assert (status, tasks["announce"], tasks["roll_back"]) == ("finished", "complete", "skipped")
    assert (folder / "published" / "LATEST").read_text(encoding="utf-8") == "1.4.0\n"


def test_a_refused_release_is_rolled_back(wfepy, tmp_path):
    state, folder = start_release(wfepy, tmp_path)
    (folder / "signoffs" / "1.4.0" / "quality.txt").write_text("Ada: no\n", encoding="utf-8")
    wfepy("advance", state)
    status, tasks = wfepy.statuses(state)
    assert (status, tasks["roll_back"], tasks["publish"]) == ("finished", "complete", "skipped")
    assert "quality: no (Ada)" in (folder / "rolled-back-1.4.0.md").read_text(encoding="utf-8")
    assert not list((folder / "build").iterdir())


def test_a_release_that_nobody_signs_is_rolled_back_when_the_deadline_has_passed(wfepy, tmp_path):
    state, folder = start_release(wfepy, tmp_path, hours_to_sign=0)
    status, tasks = wfepy.statuses(state)
    assert (status, tasks["roll_back"], tasks["publish"]) == ("finished", "complete", "skipped")
    assert "the deadline" in (folder / "rolled-back-1.4.0.md").read_text(encoding="utf-8")


def test_beans_that_an_operator_sets_let_the_coffee_loop_go_on(wfepy, tmp_path):
    state = tmp_path / "cup.wfstate"
    wfepy.new(state, "coffee/good_cup.py", {"beans_grams": 40})
    wfepy("advance", state)
    assert waiting_in(wfepy.statuses(state)[1]) == {"brew"}
    assert "4 g of beans are too few for a cup" in wfepy("why", state)
    wfepy("context", "set", state, "beans_grams=250", "--reason", "bought some")
    wfepy("advance", state)
    assert wfepy.statuses(state)[0] == "finished"


def test_a_module_written_for_wfepy_runs_through_the_command_unchanged(wfepy, tmp_path):
    state = tmp_path / "legacy.wfstate"
    wfepy.new(state, "coffee/legacy_wfepy.py", {"sugar": 2})
    wfepy("advance", state)
    status, tasks = wfepy.statuses(state)
    assert (status, tasks["make_coffee"], tasks["drink_coffee"]) == ("waiting", "waiting", "blocked")
    wfepy("context", "set", state, "cup=true", "--reason", "there is one now")
    wfepy("advance", state)
    assert wfepy.statuses(state)[0] == "finished"


def test_the_gallery_shows_an_instance_in_every_state(wfepy, tmp_path, make_gallery):
    gallery = tmp_path / "gallery"
    make_gallery(gallery)
    rows = {
        row["path"].rsplit("/", 1)[-1].removesuffix(".wfstate"): row
        for row in json.loads(wfepy("status", gallery, "--json", "--tasks"))
    }
    assert {name: row["status"] for name, row in rows.items()} == {
        "cup-new": "new",
        "cup-finished": "finished",
        "cup-kettle-on": "waiting",
        "cup-loop": "waiting",
        "cup-oat-milk": "dead end",
        "roast-interrupted": "interrupted",
        "stocktake-300-tasks": "waiting",
        "delivery-waiting": "waiting",
        "delivery-quarantine": "waiting",
        "delivery-finished": "finished",
        "release-half-signed": "waiting",
        "release-failed": "failed",
        "release-rolled-back": "finished",
        "legacy-waiting": "waiting",
    }
    assert rows["cup-kettle-on"]["tasks"]["pour"] == "blocked"
    assert rows["cup-loop"]["tasks"]["brew"] == "waiting"
    assert rows["roast-interrupted"]["tasks"]["roast_beans"] == "interrupted"
    assert rows["release-failed"]["tasks"]["build_archive"] == "failed"
    assert "correct the context key `source`" in wfepy("why", gallery / "release-failed.wfstate")
    stocktake = rows["stocktake-300-tasks"]["tasks"]
    assert len(stocktake) == 300
    assert {"complete", "waiting", "blocked", "not reached", "skipped"} <= set(stocktake.values())


def test_the_instances_of_the_gallery_can_be_played_on(wfepy, tmp_path, make_gallery):
    gallery = tmp_path / "gallery"
    make_gallery(gallery)
    (gallery / "delivery-waiting" / "inbox" / "customers.csv").write_text(CUSTOMERS, encoding="utf-8")
    (gallery / "delivery-waiting" / "inbox" / "orders.csv").write_text(ORDERS, encoding="utf-8")
    state = gallery / "delivery-waiting.wfstate"
    wfepy("advance", state)
    assert waiting_in(wfepy.statuses(state)[1]) == {"wait_for_signoff"}
    wfepy("advance", gallery / "stocktake-300-tasks.wfstate")
    wfepy(
        "context", "set", gallery / "roast-interrupted.wfstate", "roast_seconds=0", "--reason", "in a hurry"
    )
    wfepy("advance", gallery / "roast-interrupted.wfstate")
    assert wfepy.statuses(gallery / "roast-interrupted.wfstate")[0] == "finished"
