"""Proof that an entry is in the log, as a text that can be checked without this site (C2SP tlog-proof)."""

from __future__ import annotations

import base64

from kiemtin.audit.models import LogHead
from kiemtin.audit.publiclog.stored import stored_tree


def inclusion_path(index: int, head: LogHead) -> list[str]:
    """Return the hashes from an entry's neighbour up to below the root (RFC 9162, 2.1.3), each in base64."""
    proof = stored_tree(head.size).get_inclusion_proof(index, head.size)
    return [base64.b64encode(one).decode("ascii") for one in proof.node_hashes]


def proof_text(index: int, head: LogHead) -> str:
    """Return the proof of an entry under a head."""
    lines = ["c2sp.org/tlog-proof@v1", f"index {index}", *inclusion_path(index, head), "", head.note]
    return "\n".join(lines)
