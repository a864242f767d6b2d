"""The tree against the vectors of RFC 6962's reference implementation, and against another library."""

import hashlib

import metamorphic_log
import pytest
from tlog_scales.tiles import leaf_hash

from kiemtin.audit.publiclog.tiles import Tile, bundle, full_tile_hash, tile_of
from kiemtin.audit.verifying.check_log import tree_of

# github.com/google/certificate-transparency, merkle_tree_test.cc
LEAVES = [
    bytes.fromhex(one)
    for one in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
INCLUSION = {
    (0, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (5, 8): [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 3): ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
}
CONSISTENCY = {
    (1, 8): INCLUSION[0, 8],
    (6, 8): [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 5): [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}


def tree(size):
    return tree_of([leaf_hash(leaf) for leaf in LEAVES[:size]])


@pytest.mark.parametrize("size", range(9))
def test_roots_are_those_of_the_vectors(size):
    assert tree(size).calculate_root_hash().hex() == ROOTS[size]


@pytest.mark.parametrize(("index", "size"), INCLUSION)
def test_inclusion_proofs_are_those_of_the_vectors(index, size):
    proof = tree(size).get_inclusion_proof(index, size)
    assert [one.hex() for one in proof.node_hashes] == INCLUSION[index, size]


@pytest.mark.parametrize(("old", "new"), CONSISTENCY)
def test_consistency_proofs_are_those_of_the_vectors(old, new):
    proof = tree(new).get_consistency_proof(old, new)
    assert [one.hex() for one in proof.node_hashes] == CONSISTENCY[old, new]
    proof.check(bytes.fromhex(ROOTS[old]), bytes.fromhex(ROOTS[new]))


def plain_root(hashes):
    """RFC 9162, 2.1.1, word for word."""
    if len(hashes) < 2:
        return hashes[0] if hashes else hashlib.sha256().digest()
    k = 1 << ((len(hashes) - 1).bit_length() - 1)
    return hashlib.sha256(b"\x01" + plain_root(hashes[:k]) + plain_root(hashes[k:])).digest()


@pytest.mark.parametrize("size", [1, 255, 256, 257, 511, 512, 70_000])
def test_a_large_tree_is_the_same_over_tiles_and_for_another_library(size):
    digests = [leaf_hash(str(number).encode()) for number in range(size)]
    large = tree_of(digests)
    root = large.calculate_root_hash()
    assert root == plain_root(digests)
    for index in {0, size // 2, size - 1}:
        path = large.get_inclusion_proof(index, size).node_hashes
        metamorphic_log.verify_inclusion(index, size, digests[index], path, root)
    for old in {1, size // 3, size - 1} - {0, size}:
        path = large.get_consistency_proof(old, size).node_hashes
        metamorphic_log.verify_consistency(old, size, path, plain_root(digests[:old]), root)


def test_names_of_tiles_are_those_of_the_standard():
    assert Tile(0, 1234067, 256).name == "0/x001/x234/067"
    assert Tile(-1, 0, 17).name == "entries/000.p/17"
    for tile in (Tile(0, 0, 256), Tile(2, 999, 1), Tile(63, 5, 255), Tile(-1, 1000, 3)):
        assert tile_of(tile.name) == tile


@pytest.mark.parametrize(
    "name",
    ["", "0", "0/0", "0/000.p/0", "0/000.p/256", "0/000.p/007", "00/000", "0/x000/001", "0/1000", "0/000/", "-1/000",
     "entries/000.p/", "../0/000", "0/٠٠٠", "100/000"],
)  # fmt: skip
def test_other_names_are_no_tiles(name):
    assert tile_of(name) is None


def test_a_size_has_the_tiles_that_the_standard_counts():
    # The example of C2SP tlog-tiles: 70,000 entries.
    assert Tile(0, 272, 256).is_in(70_000)
    assert not Tile(0, 273, 256).is_in(70_000)
    assert Tile(0, 273, 112).is_in(70_000)
    assert not Tile(0, 273, 113).is_in(70_000)
    assert Tile(1, 1, 17).is_in(70_000)
    assert Tile(2, 0, 1).is_in(70_000)
    assert not Tile(2, 0, 2).is_in(70_000)


def test_only_a_full_tile_has_a_hash():
    with pytest.raises(ValueError, match="256 hashes"):
        full_tile_hash([b""] * 255)


def test_a_bundle_holds_each_entry_after_its_length():
    assert bundle([b"ab", b"", b"c" * 300]) == b"\x00\x02ab\x00\x00\x01\x2c" + b"c" * 300
