"""Command: fit everything and write the model file."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from kiemtin.bench.cache import CachedEncoder, EmbeddingCache, default_folder
from kiemtin.bench.fit.collect import Asked, collect, find
from kiemtin.bench.fit.estimate import fit_variant
from kiemtin.bench.fit.plan import PLAN
from kiemtin.retrieval import Model, load_encoder
from kiemtin.retrieval.features import ENCODER_SIGNALS, SIGNALS
from kiemtin.retrieval.index import encoded_text
from kiemtin.retrieval.model import VERSION
from kiemtin.retrieval.records import Record


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)  # noqa: T201  (a command speaks)


def _commit() -> str:
    done = subprocess.run(["git", "rev-parse", "--short=12", "HEAD"], capture_output=True, text=True, check=False)  # noqa: S607
    return done.stdout.strip() or "unknown"


def _centre(folders: list[Path], encoder: CachedEncoder) -> list[float]:
    """Mean of the encoder's space over the texts of all corpora in the plan."""
    total, count = np.zeros(encoder.dim), 0
    for name in dict.fromkeys(s.folder for s in PLAN):
        with (find(folders, name) / "corpus.jsonl").open(encoding="utf-8") as file:
            rows = [json.loads(line) for line in file]
        texts = [encoded_text(Record(r["_id"], r.get("title", ""), r["text"]))[0] for r in rows]
        vectors = encoder.passages(texts)
        total += vectors.mean(axis=0)
        count += 1
    return [round(float(x), 5) for x in total / count]


def main() -> None:
    """Fit from the weights that stand; they choose the text of a record to learn from, so another round may help."""
    parser = argparse.ArgumentParser(prog="python -m kiemtin.bench.fit", description=__doc__)
    parser.add_argument("data", nargs="+", type=Path, help="folders that hold the BEIR folders of the plan")
    parser.add_argument("--out", type=Path, required=True, help="where the model file goes")
    parser.add_argument("--rounds", type=int, default=1)
    arguments = parser.parse_args()
    with EmbeddingCache(default_folder()) as cache:
        encoder = CachedEncoder(load_encoder(), cache)
        centre = _centre(arguments.data, encoder)
        start = Model.load(arguments.out if arguments.out.exists() else None)
        model = Model(start.hybrid, start.lexical, {encoder.name: np.array(centre, np.float32)}, {})
        for turn in range(arguments.rounds):
            asked = [a for s in PLAN for a in collect(s, arguments.data, encoder, model, _tell)]
            lexical = [a for s in PLAN if not _across(s.folder) for a in collect(s, arguments.data, None, model, _tell)]
            document = _document(asked, lexical, encoder.name, centre)
            arguments.out.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
            model = Model.load(arguments.out)
            _tell(f"round {turn + 1} written to {arguments.out.name}")


def _across(folder: str) -> bool:
    """Whether a set asks across languages, where words alone are hopeless."""
    return folder.startswith("ntrex")


def _document(asked: list[Asked], lexical: list[Asked], name: str, centre: list[float]) -> dict[str, Any]:
    words_only = tuple(s for s in SIGNALS if s not in ENCODER_SIGNALS)
    return {
        "version": VERSION,
        "made": {
            "command": "make fit",
            "commit": _commit(),
            "date": datetime.now(UTC).date().isoformat(),
            "sets": [f"{s.folder}/{s.split}" + (" without diacritics" if s.bare else "") for s in PLAN],
        },
        "variants": {
            "hybrid": fit_variant(asked, SIGNALS, _tell),
            "lexical": fit_variant(lexical, words_only, _tell),
        },
        "centres": {name: centre},
    }


if __name__ == "__main__":
    main()
