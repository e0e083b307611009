"""What is said of a cluster that is none: one sentence, in seconds."""

from __future__ import annotations

import contextlib
import importlib.util
import socket
import threading

import pytest

from wfepy_core.cli import main
from wfepy_core.cli.output import ExitCode
from wfepy_core.errors import WfepyError
from wfepy_core.passes import foreign_workers
from wfepy_core.passes.foreign_workers import Cluster

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("distributed") is None, reason="needs the extra `cluster`"
)


@contextlib.contextmanager
def server(answer):
    """The address of a server that says `answer` to whoever comes, and then nothing more."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        over = threading.Event()

        def serve():
            with contextlib.suppress(OSError):
                connection, _ = listening.accept()
                with connection:
                    connection.sendall(answer)
                    over.wait()

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield f"tcp://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            over.set()
            thread.join()


def test_an_empty_address_is_a_mistake_and_nothing_is_advanced(tmp_path, capsys):
    assert main(["advance", str(tmp_path), "--cluster", ""]) == ExitCode.USAGE
    assert "--cluster names no scheduler" in capsys.readouterr().err


@pytest.mark.parametrize(
    "address", ["tls://127.0.0.1:1", "ucx://127.0.0.1:1", "inproc://1", "http://127.0.0.1:1"]
)
def test_other_ways_to_a_scheduler_are_refused_by_name(address):
    with pytest.raises(WfepyError, match=f"a cluster at {address.split(':', 1)[0]}:// cannot be used"):
        Cluster(address)


@pytest.mark.parametrize("address", ["nonsense", "tcp://", "::::", "tcp://host:", "tcp://:8786"])
def test_what_is_no_address_is_told(address):
    with pytest.raises(WfepyError, match="is no address of a scheduler"):
        Cluster(address)


@pytest.mark.parametrize("address", ["tcp://nowhere.invalid:1", "tcp://127.0.0.1:99999", "tcp://127.0.0.1:1"])
def test_where_nobody_answers_that_is_told(address):
    with pytest.raises(WfepyError, match="no Dask scheduler answers at"):
        Cluster(address)


def test_a_computer_that_answers_nobody_is_told_as_such(monkeypatch):
    monkeypatch.setattr(foreign_workers, "_CONNECT_SECONDS", 0.2)
    with socket.socket() as listening, contextlib.ExitStack() as others:
        listening.bind(("127.0.0.1", 0))
        listening.listen(0)
        for _ in range(4):  # nobody takes them in, and there is no room for more
            other = others.enter_context(socket.socket())
            other.setblocking(False)
            other.connect_ex(listening.getsockname())
        with pytest.raises(WfepyError, match="no Dask scheduler answers at"):
            Cluster(f"tcp://127.0.0.1:{listening.getsockname()[1]}")


@pytest.mark.parametrize(
    "answer", [b"", b"\x00" * 64, b"\xff" * 4096, b"HTTP/1.1 400 Bad Request\r\n\r\n", b"SSH"]
)
def test_a_server_that_is_silent_or_talks_rubbish_is_no_scheduler(answer, monkeypatch):
    monkeypatch.setattr(foreign_workers, "_CONNECT_SECONDS", 0.2)

    with (
        server(answer) as address,
        pytest.raises(WfepyError, match=r"what answers at .* is no Dask scheduler"),
    ):
        Cluster(address)
