"""Damaged and hostile files are refused quickly, and never do anything."""

import random
import struct

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.core.legacy_pickles import DATA, written
from wfepy_core.errors import LegacyImportError
from wfepy_core.storage import codec
from wfepy_core.storage.legacy import reader
from wfepy_core.storage.legacy.reader import LegacyState

PROTOCOLS = range(6)


def refusal(folder, content):
    with pytest.raises(LegacyImportError) as caught:
        reader.read(written(folder, content))
    assert caught.value.hint
    return caught.value


HEAD = b"\x80\x02}(X\x05\0\0\0state]X\x07\0\0\0context"
MANY = 50_000
LAUGHING_TUPLES = b")q\0" + b"".join(b"0h%ch%c\x86q%c" % (i, i, i + 1) for i in range(100))
LAUGHING_LISTS = b"]q\0" + b"".join(b"0](h%ch%ceq%c" % (i, i, i + 1) for i in range(100))
BIG_TEXT = b"X" + struct.pack("<I", 1 << 20) + b"a" * (1 << 20)
BIG_DECIMAL = b"X\x88\x13\0\0" + b"9" * 5000 + b"q\0cdecimal\nDecimal\nh\0\x85Rq\1"
DEEP_DEFAULTDICT = b"ccollections\ndefaultdict\nq\0)R" + b"\x8c\1ah\0)R" * MANY + b"s" * MANY
COLLIDING = b"".join(
    b"\x8a\x0a" + ((2**61 - 1) * (i + 1)).to_bytes(10, "little") + b"N" for i in range(20_000)
)
SET_FROM_LIST = b"](" + b"K\1" * 50_000 + b"eq\0(" + b"c__builtin__\nset\nh\0\x85R" * 50_000 + b"t"


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(b")" + b"\x85" * MANY, id="deep tuple"),
        pytest.param(b"]" * MANY + b"a" * (MANY - 1), id="deep list"),
        pytest.param(b"}" + b")" + b"\x85" * MANY + b"Ns", id="deep tuple as a dict key"),
        pytest.param(
            b"ccollections\ndefaultdict\nq\0)R" + b"\x8c\1ah\0)R" * MANY + b"s" * MANY, id="deep defaultdict"
        ),
        pytest.param(LAUGHING_TUPLES, id="shared tuples"),
        pytest.param(LAUGHING_LISTS, id="shared lists"),
        pytest.param(b"}" + LAUGHING_TUPLES + b"Ns", id="shared tuples as a dict key"),
        pytest.param(b"](" + BIG_TEXT + b"q\0" + b"h\0" * 1000 + b"e", id="shared text"),
        pytest.param(
            b"]("
            + BIG_TEXT
            + b"q\0c_codecs\nencode\nq\1X\6\0\0\0latin1q\2"
            + b"h\1h\0h\2\x86R" * 1000
            + b"e",
            id="bytes made of shared text",
        ),
        pytest.param(b"](" + BIG_DECIMAL + b"h\1" * MANY + b"e", id="shared decimal"),
        pytest.param(SET_FROM_LIST, id="sets made of a shared list"),
        pytest.param(b"}(" + COLLIDING + b"u", id="keys of one hash"),
        pytest.param(b"](" + b"N" * 400_000 + b"e", id="many instructions"),
        pytest.param(b"]q\0h\0a", id="list within itself"),
        pytest.param(b"Nr\xff\xff\xff\x7fj\xff\xff\xff\x7f0j\xfe\xff\xff\x7f", id="far memo"),
    ],
)
def test_a_hostile_file_is_refused(value, tmp_path):
    refusal(tmp_path, HEAD + value + b"u.")


def test_a_far_memo_index_costs_nothing(tmp_path):
    content = HEAD + b"Np2147483647\n0g2147483647\n" + b"u."
    assert reader.read(written(tmp_path, content)).context is None


fuzzed = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)


def read_or_refuse(folder, content):
    path = written(folder, content)
    try:
        return reader.read(path)
    except LegacyImportError as error:
        return error


@fuzzed
@given(st.binary(max_size=60), st.sampled_from((b"", HEAD)), st.sampled_from((b"", b"u.")))
def test_random_bytes_are_read_or_refused(tmp_path, content, head, tail):
    assert read_or_refuse(tmp_path, head + content + tail)


SAMPLES = [(DATA / f"protocol{protocol}.pickle") for protocol in PROTOCOLS]
OPCODES = (
    b"()0122FGIJKLMNPQRSTUVX]abcdeghijlopqrstu}"
    b"\x80\x81\x82\x85\x86\x87\x88\x89\x8a\x8c\x8f\x90\x91\x93\x94\x95"
)


@fuzzed
@given(st.sampled_from(SAMPLES), st.integers(0, 2**32), st.integers(1, 4))
def test_damaged_files_are_read_or_refused(tmp_path, sample, seed, changes):
    chance = random.Random(seed)  # noqa: S311  no secret
    content = bytearray(sample.read_bytes())
    for _ in range(changes):
        at = chance.randrange(len(content))
        match chance.randrange(4):
            case 0:
                content[at] = chance.randrange(256)
            case 1:
                content[at] = chance.choice(OPCODES)
            case 2:
                del content[at : at + chance.randrange(20)]
            case _:
                other = chance.randrange(len(content))
                content[at:at] = content[other : other + chance.randrange(40)]
    outcome = read_or_refuse(tmp_path, bytes(content))
    if isinstance(outcome, LegacyState):
        codec.encode(outcome.context)


@fuzzed
@given(st.sampled_from(SAMPLES), st.floats(0, 0.999))
def test_truncated_files_are_refused(tmp_path, sample, part):
    content = sample.read_bytes()
    refusal(tmp_path, content[: int(len(content) * part)])
