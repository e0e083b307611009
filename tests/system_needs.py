"""What some containers and bare roots do not give: asked for by the tests that cannot do without."""

import multiprocessing

import pytest


def require_semaphores():
    """Skip the test where processes can share no semaphore, as `multiprocessing` needs one for its pools."""
    try:
        multiprocessing.get_context("spawn").Lock()
    except OSError as error:
        pytest.skip(f"no semaphores here (/dev/shm): {error}")


def open_terminal():
    """Both ends of a new pseudo-terminal; skips the test where there are none."""
    pty = pytest.importorskip("pty", reason="needs pseudo-terminals")
    try:
        return pty.openpty()
    except OSError as error:
        return pytest.skip(f"no pseudo-terminals here (/dev/pts): {error}")
