"""The public log: what was published, corrected, withdrawn and declined, as a Merkle tree whose heads are signed.

Tree and proofs by RFC 9162 (section 2.1, the same tree as RFC 6962), heads by C2SP tlog-checkpoint, addresses by C2SP
tlog-tiles: https://c2sp.org. The library `tlog-scales` does the hashing, the proofs and the notes;
docs/adr/0016-public-log.md says why.
"""
