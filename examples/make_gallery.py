"""Make a folder of example instances in every state, to look at and to play with.

    python examples/make_gallery.py FOLDER

Every instance is made by the real commands (`wfepy new`, `wfepy advance`), each in a process of its own;
the interrupted one by killing such a process in the middle of a task. The example modules are copied
along, so that changing them changes nothing else.
"""

import json
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

EXAMPLES = Path(__file__).resolve().parent
MODULES = ("coffee", "data_delivery", "release")
SECONDS_TO_START = 60  # of the process to be killed; a slow machine needs one or two

CUSTOMERS = "id,name,since\n1,Ada Lovelace,2024-02-29\n2,Grace Hopper,2025-01-01\n3,Alan Turing,2025-06-23\n"
ORDERS = "id,customer,amount,day\n10,1,12.50,2026-11-01\n11,2,0.30,2026-11-02\n12,1,7.00,2026-11-02\n"
BAD_ORDERS = "id,customer,amount,day\n10,1,twelve,2026-11-01\n11,2,0.30,2.11.2026\n"

README = """# Gallery

Open this folder with `wfepy-gui .`, or look at it with `wfepy status .` and `wfepy why NAME.wfstate`.

| instance | state | to move it on |
|---|---|---|
| cup-new | no pass has run yet | advance it |
| cup-finished | finished | - |
| cup-kettle-on | three starts, the kettle is on, `pour` is blocked | advance it when the water boils |
| cup-loop | in the third lap of a loop, out of beans | set `beans_grams` to 250, advance |
| cup-oat-milk | dead end: no condition knows oat milk | - |
| roast-interrupted | its process was killed while it roasted | advance it; the roast takes 20 seconds |
| stocktake-300-tasks | 73 shops, some have not counted | add to `counts` and `recounts`, advance |
| delivery-waiting | waits for two CSV files | copy them from `sample-files` to its `inbox`, advance |
| delivery-quarantine | a bad file was refused | copy `orders.csv` to its `inbox`, advance |
| delivery-finished | finished | - |
| release-half-signed | one of two has signed | write the file that `wfepy why` names, advance |
| release-failed | its source folder is missing | correct `source`, advance |
| release-rolled-back | finished after a refusal | - |
| legacy-waiting | a module written for wfepy 0.1.1, waits for a cup | set `cup` to true, advance |

A value is set in the context editor or with `wfepy context set NAME.wfstate KEY=VALUE`. The modules are
in `modules`; `wfepy advance .` advances everything that can move.
"""


class Gallery:
    """A folder that fills with instances."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.samples = folder / "sample-files"

    def copy_modules(self) -> None:
        """Copy the example modules, and write the one with 300 tasks and the sample files."""
        for name in MODULES:
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(EXAMPLES / name, self.folder / "modules" / name, ignore=ignored)
        self.write("modules/stocktake.py", stocktake_module())
        self.write("sample-files/customers.csv", CUSTOMERS)
        self.write("sample-files/orders.csv", ORDERS)
        self.write("sample-files/bad-orders.csv", BAD_ORDERS)
        self.write("README.md", README)

    def write(self, name: str, text: str) -> None:
        """Write a text file, and its folders, into the gallery."""
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def new(self, name: str, module: str, **context: Any) -> None:
        """Start the instance NAME of `modules/MODULE`."""
        sys.stdout.write(f"{name}\n")
        module_file = str(self.folder / "modules" / module)
        context_file = f"{name}.context"
        self.write(context_file, json.dumps(context))
        self.command(
            "new", self.state(name), "--module", module_file, "--context", f"@{self.folder / context_file}"
        )
        (self.folder / context_file).unlink()

    def advance(self, name: str, *, fails: bool = False) -> None:
        """Run one pass over the instance NAME; one task of it may be expected to fail."""
        self.command("advance", self.state(name), expected=1 if fails else 0)

    def advance_and_kill(self, name: str, started: Path) -> None:
        """Run a pass and kill its process as soon as a task has written the file `started`."""
        child = subprocess.Popen(command_line("advance", self.state(name)), stdout=subprocess.DEVNULL)
        deadline = time.monotonic() + SECONDS_TO_START
        try:
            while not started.exists():
                if child.poll() is not None or time.monotonic() > deadline:
                    raise SystemExit(f"{name}: the pass ended before it could be killed")
                time.sleep(0.02)
        finally:
            child.kill()
            child.wait()

    def state(self, name: str) -> str:
        """The state file of the instance NAME."""
        return str(self.folder / f"{name}.wfstate")

    def command(self, *arguments: str, expected: int = 0) -> None:
        """Run `wfepy ARGUMENTS`, which must end with the expected exit code."""
        ended = subprocess.run(command_line(*arguments), capture_output=True, text=True, check=False)
        if ended.returncode != expected:
            shown = " ".join(arguments)
            raise SystemExit(f"wfepy {shown}: exit code {ended.returncode}\n{ended.stdout}{ended.stderr}")


def command_line(*arguments: str) -> list[str]:
    """`wfepy ARGUMENTS` as this Python runs it."""
    return [sys.executable, "-m", "wfepy_core", *arguments]


def make_coffee(gallery: Gallery) -> None:
    """Cups and a roast: new, finished, waiting beside a blocked join, looping, dead end, interrupted."""
    gallery.new("cup-new", "coffee/simple.py", beans_grams=20)
    gallery.new("cup-finished", "coffee/branches.py", cups=3)
    gallery.advance("cup-finished")
    gallery.new("cup-kettle-on", "coffee/several_starts.py", boil_seconds=15 * 60)
    gallery.advance("cup-kettle-on")
    gallery.new("cup-loop", "coffee/good_cup.py", beans_grams=40)
    gallery.advance("cup-loop")
    gallery.advance("cup-loop")
    gallery.new("cup-oat-milk", "coffee/conditional_foam.py", milk="oat")
    gallery.advance("cup-oat-milk")
    log = gallery.folder / "roast.log"
    gallery.new("roast-interrupted", "coffee/roast.py", log=str(log))
    gallery.advance_and_kill("roast-interrupted", started=log)
    gallery.new("legacy-waiting", "coffee/legacy_wfepy.py", sugar=2)
    gallery.advance("legacy-waiting")


def make_deliveries(gallery: Gallery) -> None:
    """Data deliveries: one waits for its files, one refused a bad file, one is finished."""
    for name in ("delivery-waiting", "delivery-quarantine", "delivery-finished"):
        gallery.new(name, "data_delivery/workflow.py", folder=str(gallery.folder / name), delivery="2026-11")
        gallery.advance(name)
    shutil.copy(gallery.samples / "customers.csv", gallery.folder / "delivery-quarantine" / "inbox")
    gallery.write("delivery-quarantine/inbox/orders.csv", BAD_ORDERS)
    gallery.advance("delivery-quarantine")
    for name in ("customers.csv", "orders.csv"):
        shutil.copy(gallery.samples / name, gallery.folder / "delivery-finished" / "inbox")
    gallery.advance("delivery-finished")
    gallery.write("delivery-finished/2026-11/signoff.txt", "Ada Lovelace: yes\n")
    gallery.advance("delivery-finished")


def make_releases(gallery: Gallery) -> None:
    """Releases: one waits for its second signature, one failed, one was rolled back."""
    source = str(gallery.samples)
    for name in ("release-half-signed", "release-rolled-back"):
        folder = str(gallery.folder / name)
        gallery.new(name, "release/workflow.py", source=source, folder=folder, version="1.4.0")
        gallery.advance(name)
    gallery.write("release-half-signed/signoffs/1.4.0/quality.txt", "Ada Lovelace: yes\n")
    gallery.advance("release-half-signed")
    gallery.write("release-rolled-back/signoffs/1.4.0/product.txt", "Grace Hopper: no\n")
    gallery.advance("release-rolled-back")
    missing = str(gallery.folder / "not-there")
    folder = str(gallery.folder / "release-failed")
    gallery.new("release-failed", "release/workflow.py", source=missing, folder=folder, version="1.5.0")
    gallery.advance("release-failed", fails=True)


def make_stocktake(gallery: Gallery) -> None:
    """An instance with 300 tasks: most shops have sent their counts, some of those must count again."""
    shops = shop_numbers()
    gallery.new(
        "stocktake-300-tasks",
        "stocktake.py",
        stock={shop: 100 + int(shop) for shop in shops},
        counts={shop: 100 + int(shop) - (int(shop) % 9 == 0) for shop in shops if int(shop) % 5},
        recounts={shop: 99 + int(shop) for shop in shops if int(shop) % 18 == 0},
    )
    gallery.advance("stocktake-300-tasks")


SHOPS, AREAS = 73, 6  # 73 shops with 4 tasks, 6 areas, a start and an end: 300 tasks

STOCKTAKE_HEAD = '''"""A stocktake in many shops: each counts, some count again, areas close, then the books.

Context: `stock`, `counts` and `recounts`, each `{shop: pieces}`.
"""

from typing import Any

from wfepy_core import Waiting, end_point, followed_by, join_point, start_point, task


@task(labels=["head office"])
@start_point()
SHOPS
def open_stocktake(context: dict[str, Any]) -> bool:
    """Ask every shop for its count. Keeps what was booked before: safe to repeat."""
    context.setdefault("booked", {})
    return True
'''

STOCKTAKE_SHOP = '''

def right_NN(context: dict[str, Any]) -> bool:
    """Shop NN counted what the books say."""
    return bool(context["counts"]["NN"] == context["stock"]["NN"])


def differs_NN(context: dict[str, Any]) -> bool:
    """Shop NN counted something else than the books say."""
    return not right_NN(context)


@task(labels=["shop NN"])
@followed_by("compare_NN")
def count_NN(context: dict[str, Any]) -> bool | Waiting:
    """Wait for the count of shop NN. It only reads: safe to repeat."""
    return "NN" in context["counts"] or Waiting("shop NN has not sent its count: add it to counts")


@task(labels=["head office"])
@followed_by("book_NN", right_NN)
@followed_by("recount_NN", differs_NN)
def compare_NN(context: dict[str, Any]) -> bool:
    """Compare the count of shop NN with the books. It only reads: safe to repeat."""
    return context["stock"]["NN"] >= 0


@task(labels=["shop NN"])
@followed_by("book_NN")
def recount_NN(context: dict[str, Any]) -> bool | Waiting:
    """Wait until shop NN has counted again. It only reads: safe to repeat."""
    return "NN" in context["recounts"] or Waiting("shop NN has to count again: add it to recounts")


@task(labels=["head office"])
@join_point()
@followed_by("close_area_AREA")
def book_NN(context: dict[str, Any]) -> bool:
    """Book the last count of shop NN. Booking the same number again changes nothing."""
    context["booked"]["NN"] = context["recounts"].get("NN", context["counts"]["NN"])
    return True
'''

STOCKTAKE_AREA = '''

@task(labels=["head office"])
@join_point()
@followed_by("close_books")
def close_area_AREA(context: dict[str, Any]) -> bool:
    """Close area AREA when all its shops are booked. It only reads: safe to repeat."""
    return bool(context["booked"])
'''

STOCKTAKE_END = '''

@task(labels=["head office"])
@join_point()
@end_point()
def close_books(context: dict[str, Any]) -> bool:
    """Sum up what was counted. Computed from what was booked: safe to repeat."""
    context["total"] = sum(context["booked"].values())
    return True
'''


def shop_numbers() -> list[str]:
    """The shops of the stocktake: 01, 02, ..."""
    return [f"{number:02}" for number in range(1, SHOPS + 1)]


def stocktake_module() -> str:
    """The source of a workflow with 300 tasks."""
    starts = "\n".join(f'@followed_by("count_{shop}")' for shop in shop_numbers())
    parts = [STOCKTAKE_HEAD.replace("SHOPS", starts)]
    for shop in shop_numbers():
        area = str(int(shop) % AREAS + 1)
        parts.append(STOCKTAKE_SHOP.replace("NN", shop).replace("AREA", area))
    parts.extend(STOCKTAKE_AREA.replace("AREA", str(area)) for area in range(1, AREAS + 1))
    return "".join([*parts, STOCKTAKE_END])


def main(arguments: list[str]) -> None:
    """Make the gallery in the folder given on the command line; it must be empty or not exist yet."""
    if len(arguments) != 1 or arguments[0].startswith("-"):
        raise SystemExit("usage: python make_gallery.py FOLDER")
    folder = Path(arguments[0]).resolve()
    if folder.exists() and any(folder.iterdir()):
        raise SystemExit(f"{folder} is not empty: name a new folder, nothing was changed")
    gallery = Gallery(folder)
    gallery.copy_modules()
    make_coffee(gallery)
    make_deliveries(gallery)
    make_releases(gallery)
    make_stocktake(gallery)
    sys.stdout.write(f"the gallery is in {folder}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
