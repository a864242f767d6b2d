"""The manifest of an index on disk: what counts in its folder, replaced in one step."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kiemtin.retrieval.arrays import save_array
from kiemtin.retrieval.dense import Encoder
from kiemtin.retrieval.errors import IndexFormatError

VERSION = 2
"""Of the folder's format, the way words are cut included."""

LENGTHS = ("words", "folded", "bigrams", "title", "text")
FILE = "manifest.json"

Numbers = npt.NDArray[np.uint32]


@dataclass
class Manifest:
    """What counts in the folder."""

    version: int = VERSION
    encoder: str = ""
    dim: int = 0
    mark: int = 0
    generation: int = 0
    next_slot: int = 0
    rows: int = 0
    segments: list[str] = field(default_factory=list)
    records: int = 0
    lengths: dict[str, int] = field(default_factory=lambda: dict.fromkeys(LENGTHS, 0))


def new_manifest(encoder: Encoder | None) -> Manifest:
    """Return the manifest of an empty index."""
    return Manifest(encoder=encoder.name if encoder else "", dim=encoder.dim if encoder else 0)


def read_manifest(file: Path, encoder: Encoder | None) -> Manifest:
    """Read a manifest and check that it fits this program and `encoder` (None: any).

    Raises
    ------
    IndexFormatError
        It is damaged, of another version, or made with another encoder.
    """
    try:
        manifest = Manifest(**json.loads(file.read_text(encoding="utf-8")))
    except (ValueError, TypeError) as error:
        raise IndexFormatError(f"{file} is damaged: make the index anew", path=str(file)) from error
    if manifest.version != VERSION:
        raise IndexFormatError(f"the index has version {manifest.version}, not {VERSION}: make it anew")
    if encoder is not None and manifest.encoder != encoder.name:
        made = manifest.encoder or "no encoder"
        raise IndexFormatError(f"the index was made with {made}, not with {encoder.name}: make it anew", encoder=made)
    return manifest


def write_manifest(path: Path, manifest: Manifest, arrays: dict[str, Numbers]) -> None:
    """Make `arrays` and then the manifest durable in folder `path`; those of two commits ago are removed."""
    generation = manifest.generation
    for stem, values in arrays.items():
        save_array(path / f"{stem}-{generation}.npy", values)
    draft = path / f"{FILE}.new"
    with draft.open("w", encoding="utf-8") as file:
        json.dump(asdict(manifest), file)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path / FILE)
    _sync_folder(path)
    for stem in arrays:
        for old in path.glob(f"{stem}-*.npy"):
            if old.stem not in (f"{stem}-{generation}", f"{stem}-{generation - 1}"):
                old.unlink(missing_ok=True)


def read_array(path: Path | None, name: str, generation: int, new: Numbers) -> Numbers:
    """Return what the commit `generation` saved under `name`, `new` before the first.

    It is read-only, and read from the file as it is looked at.
    """
    if path is None or not generation:
        return new
    file = path / f"{name}-{generation}.npy"
    try:
        array: Numbers = np.asarray(np.load(file, mmap_mode="r"))
    except (OSError, ValueError, EOFError) as error:
        raise IndexFormatError(f"{file} is missing or damaged: make the index anew", path=str(file)) from error
    return array


def _sync_folder(path: Path) -> None:
    """Make a rename durable."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
