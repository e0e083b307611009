"""What Qt and Graphviz need from the operating system, and how to get it on Debian.

`python3 .ci/system_libraries.py [--screen]` installs what is missing when it may, or says the line to run;
with `--check` it only says it.
"""

from __future__ import annotations

import ctypes
import importlib
import importlib.util
import os
import shutil
import subprocess
import sys

# Debian package -> the library a program loads from it. Loading is the honest question: it is answered
# alike on every distribution, whatever the package is called there.
OFFSCREEN = {
    "libglib2.0-0": "libgthread-2.0.so.0",
    "libgl1": "libGL.so.1",
    "libegl1": "libEGL.so.1",
    "libdbus-1-3": "libdbus-1.so.3",
    "libfontconfig1": "libfontconfig.so.1",  # brings the DejaVu fonts: without fonts, text vanishes silently
    "libxkbcommon0": "libxkbcommon.so.0",
    "libbrotli1": "libbrotlidec.so.1",
    "libx11-6": "libX11.so.6",
    "libxrender1": "libXrender.so.1",  # for the Graphviz inside pygraphviz
    "libgssapi-krb5-2": "libgssapi_krb5.so.2",  # for QtNetwork
}
SCREEN = {
    "libxcb-cursor0": "libxcb-cursor.so.0",
    "libxcb-icccm4": "libxcb-icccm.so.4",
    "libxcb-image0": "libxcb-image.so.0",
    "libxcb-keysyms1": "libxcb-keysyms.so.1",
    "libxcb-randr0": "libxcb-randr.so.0",
    "libxcb-render-util0": "libxcb-render-util.so.0",
    "libxcb-shape0": "libxcb-shape.so.0",
    "libxcb-xkb1": "libxcb-xkb.so.1",
    "libxcb-sync1": "libxcb-sync.so.1",
    "libxcb-xfixes0": "libxcb-xfixes.so.0",
    "libxcb-shm0": "libxcb-shm.so.0",
    "libxcb-util1": "libxcb-util.so.1",
    "libxkbcommon-x11-0": "libxkbcommon-x11.so.0",
    "libx11-xcb1": "libX11-xcb.so.1",
    "libwayland-client0": "libwayland-client.so.0",
    "libwayland-cursor0": "libwayland-cursor.so.0",
    "libwayland-egl1": "libwayland-egl.so.1",
}
# Debian package -> a program of it that tests run where it is there.
TEST_PROGRAMS = {"graphviz": "dot", "desktop-file-utils": "desktop-file-validate", "git": "git"}
OLDEST_PYTHON = (3, 11)
# Another installation may hold apt's lock for a while.
APT = ["apt-get", "-o", "DPkg::Lock::Timeout=300", "-o", "Acquire::Retries=3", "-o", "Dpkg::Use-Pty=0"]


def ensure(*, screen: bool) -> None:
    """Installs what is missing as root on Debian; elsewhere says what to run.

    Args:
        screen: Whether windows are to be shown on a real display as well.

    Raises:
        SystemExit: Python is too old or cannot make virtual environments, which nothing can go on without.
    """
    if sys.version_info < OLDEST_PYTHON:
        sys.exit(f"This is Python {sys.version.split()[0]}; run `make PYTHON=python3.11 ...`, or a newer one")
    packages = missing(screen=screen)
    if not packages:
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"installing system libraries: {' '.join(packages)}", flush=True)
        if _apt(["update", "-qq"]) and _apt(["install", "-y", "-qq", "--no-install-recommends", *packages]):
            packages = missing(screen=screen)
    if packages:
        print(line_to_run(packages), flush=True)
    if "python3-venv" in packages:
        sys.exit("Python cannot make virtual environments without python3-venv: run the line above first")


def ensure_test_programs() -> None:
    """Installs, as root on Debian, the programs with which tests check more; the others do without."""
    packages = [package for package, program in TEST_PROGRAMS.items() if not shutil.which(program)]
    if packages and os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"installing programs for the tests: {' '.join(packages)}", flush=True)
        if _apt(["update", "-qq"]):
            _apt(["install", "-y", "-qq", "--no-install-recommends", *packages])


def line_to_run(packages: list[str]) -> str:
    """How to install packages, for a person."""
    return (
        "Some system packages are missing; on Debian and Ubuntu this line installs them:\n"
        f"    sudo apt-get install --no-install-recommends {' '.join(packages)}"
    )


def missing(*, screen: bool) -> list[str]:
    """Returns the Debian packages whose libraries this machine cannot load."""
    wanted = OFFSCREEN | SCREEN if screen else OFFSCREEN
    packages = [package for package, library in wanted.items() if not _loads(library)]
    importlib.invalidate_caches()  # apt may just have installed it
    if importlib.util.find_spec("ensurepip") is None:  # Debian splits it off
        packages.append("python3-venv")
    return packages


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _apt(arguments: list[str]) -> bool:
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run([*APT, *arguments], env=environment, stdin=subprocess.DEVNULL, check=False)
    return done.returncode == 0


def main(options: list[str]) -> int:
    """Installs what is missing, or with `--check` only says it; returns the exit code."""
    screen = "--screen" in options
    if "--check" not in options:
        ensure(screen=screen)
        return 0
    packages = missing(screen=screen)
    print(line_to_run(packages) if packages else "all system libraries are here")
    return 1 if packages else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
