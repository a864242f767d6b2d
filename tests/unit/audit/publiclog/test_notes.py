import base64

import metamorphic_log
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiemtin.audit.exceptions import NoteError
from kiemtin.audit.publiclog.notes import open_note, public_key, read_key, read_note, sign

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
ORIGIN = "kiemtin.example/log"
ROOT = bytes(32)
NOTE = sign(KEY, origin=ORIGIN, size=7, root=ROOT)
VKEY = public_key(KEY, origin=ORIGIN)


def test_a_head_is_written_as_the_standard_has_it():
    body, _, signatures = NOTE.partition("\n\n")
    assert body == f"{ORIGIN}\n7\n{base64.b64encode(ROOT).decode()}"
    assert signatures.startswith(f"— {ORIGIN} ")
    head = open_note(NOTE, read_key(VKEY))
    assert (head.origin, head.size, head.root_hash) == (ORIGIN, 7, ROOT)


def test_another_library_accepts_the_head_and_not_a_changed_one():
    head = metamorphic_log.checkpoint_verify(NOTE, [VKEY])
    assert (head.origin, head.size) == (ORIGIN, 7)
    with pytest.raises(metamorphic_log.VerifyError):
        metamorphic_log.checkpoint_verify(NOTE.replace("\n7\n", "\n8\n"), [VKEY])


@pytest.mark.parametrize("is_first", [False, True])
def test_a_head_that_a_witness_signed_too_is_opened(is_first):
    # C2SP tlog-cosignature: four bytes that name the key, eight of the time, the signature.
    witness = f"— witness.example/w1 {base64.b64encode(bytes(range(76))).decode()}\n"
    note = NOTE.replace("\n\n", f"\n\n{witness}") if is_first else NOTE + witness
    assert open_note(note, read_key(VKEY)).size == 7


@pytest.mark.parametrize(
    "note",
    [
        NOTE.replace("\n7\n", "\n8\n"),
        NOTE.replace(ORIGIN + "\n", "x.example/log\n"),
        sign(Ed25519PrivateKey.from_private_bytes(bytes(32)), origin=ORIGIN, size=7, root=ROOT),
    ],
)
def test_a_head_that_the_key_did_not_sign_is_not_opened(note):
    assert read_note(note)
    with pytest.raises(NoteError):
        open_note(note, read_key(VKEY))


@pytest.mark.parametrize(
    "note",
    [
        "",
        "\n\n\n\n",
        NOTE.replace("\n7\n", "\n+7\n"),
        NOTE.replace("\n7\n", "\n07\n"),
        NOTE.replace("\n7\n", "\n-7\n"),
        NOTE.replace("AAAA=", "AA=="),
        NOTE.replace("\n\n", "\nextra\n\n"),
        NOTE.replace("\n", "\r\n"),
        NOTE.replace("\n\n", "\n\u2028\n"),
        NOTE + "\n",
        NOTE[:-1],
        NOTE.partition("—")[0],
        NOTE + "— x y\n",
        NOTE + "— x " + "A" * 70_000 + "\n",
    ],
)
def test_what_is_not_written_as_a_head_is_not_read(note):
    with pytest.raises(NoteError):
        read_note(note)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "a+b+c",
        VKEY + "\n",
        VKEY.replace("kiemtin", "kiemtan"),
        f"{ORIGIN}+00000000+{VKEY.rpartition('+')[2]}",
        VKEY[:-4],
        f"{ORIGIN}+{'0' * 8}+{base64.b64encode(b'').decode()}",
        VKEY.replace(ORIGIN, ""),
    ],
)
def test_what_is_no_key_is_not_read(text):
    with pytest.raises(NoteError):
        read_key(text)
