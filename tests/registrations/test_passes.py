import json
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import assume, given
from hypothesis import strategies as st

from eventday.registrations import passes
from eventday.registrations.passes import ALPHABET, Kind, PassKey, Verdict

VECTORS = json.loads((Path(__file__).parent.parent / "cases" / "pass-vectors.json").read_text())
EVENT = UUID(VECTORS["event"])
KEYS = {key["key_id"]: PassKey(key["key_id"], UUID(key["event"]), bytes.fromhex(key["public_hex"])) for key in VECTORS["keys"]}
PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(VECTORS["keys"][0]["private_hex"]))
OWN_KEYS = {
    key["key_id"]: replace(KEYS[key["key_id"]], private=Ed25519PrivateKey.from_private_bytes(bytes.fromhex(key["private_hex"])))
    for key in VECTORS["keys"]
}
either_half = pytest.mark.parametrize("keys", [KEYS, OWN_KEYS], ids=["public", "private"])
CODES = st.binary(min_size=8, max_size=8)
TYPED = st.text(ALPHABET, min_size=8, max_size=8)


@either_half
@pytest.mark.parametrize("case", VECTORS["payloads"], ids=lambda case: case["name"])
def test_payloads_are_read_as_the_vectors_say(case, keys):
    read = passes.read(case["payload"], keys, EVENT)

    assert read.verdict == case["verdict"]
    if case["verdict"] == "valid":
        code = bytes.fromhex(read.code_hex)
        assert (read.kind, read.code_hex, passes.format_code(passes.typed_of(code))) == (case["kind"], case["pass_code_hex"], case["short_code"])
    if case["verdict"] == "other_event":
        assert str(read.event) == case["event"]


@pytest.mark.parametrize("case", VECTORS["typed"], ids=lambda case: repr(case["typed"]))
def test_typed_codes_are_read_as_the_vectors_say(case):
    assert passes.check(case["typed"]) == (case["code"][:-1] if case["ok"] else None)


@pytest.mark.parametrize("code", VECTORS["short_codes_valid"])
def test_a_code_is_printed_as_it_was_read(code):
    assert passes.format_code(passes.check(code)) == code


@either_half
@given(CODES, st.sampled_from(Kind))
def test_what_was_signed_is_valid(keys, code, kind):
    token = passes.token(PRIVATE, 7, EVENT, code, kind)

    assert passes.read(f"HTTPS://A.VN/T/{token}", keys, EVENT) == passes.PassRead(Verdict.VALID, code.hex(), kind, EVENT)


@either_half
@given(CODES, st.integers(0, 118), st.sampled_from(ALPHABET))
def test_no_changed_character_is_valid(keys, code, at, char):
    token = passes.token(PRIVATE, 7, EVENT, code)
    assume(token[at] != char)

    read = passes.read(token[:at] + char + token[at + 1 :], keys, EVENT)

    assert read.verdict is not Verdict.VALID
    assert read.code_hex is None


@given(st.text(max_size=300))
def test_any_text_gets_a_verdict(text):
    assert passes.read(text, KEYS, EVENT).code_hex is None


@given(TYPED, st.integers(0, 8), st.sampled_from(ALPHABET))
def test_every_wrong_character_is_noticed(typed, at, char):
    code = passes.format_code(typed).replace("-", "")
    assume(code[at] != char)

    assert passes.check(code[:at] + char + code[at + 1 :]) is None


@given(TYPED, st.integers(0, 8), st.integers(0, 8))
def test_every_swap_is_noticed(typed, one, other):
    code = list(passes.format_code(typed).replace("-", ""))
    assume(code[one] != code[other])
    code[one], code[other] = code[other], code[one]

    assert passes.check("".join(code)) is None


@given(TYPED)
def test_a_code_may_be_typed_as_it_is_misread(typed):
    code = passes.format_code(typed).lower().replace("0", "o").replace("1", "l").replace("-", " – ")

    assert passes.check(code) == typed
