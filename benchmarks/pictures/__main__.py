"""Read drawn screenshots of chats and match them; know copies of photographs: `python -m benchmarks.pictures`.

It needs tesseract (`scripts/setup-tesseract`) and two fonts of Debian: fonts-roboto-unhinted, fonts-noto-core.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from benchmarks.pictures import photos
from benchmarks.pictures.matching import map_at_5
from benchmarks.pictures.reading import ours, pictures_a_minute, plain, read_all
from benchmarks.pictures.report import markdown
from benchmarks.pictures.shots import KINDS, Shot, shots
from benchmarks.scale.__main__ import setup
from kiemtin.bench import beir
from kiemtin.bench.cache import CachedEncoder, EmbeddingCache, default_folder
from kiemtin.retrieval import load_encoder

DATA = Path("datasets/kiemtin-vi")


def measure(count: int, originals: int, unrelated: int, out: Path) -> dict[str, Any]:
    """Run everything, writing what is known after each part."""
    version = subprocess.run(["tesseract", "--version"], capture_output=True, text=True, check=True).stdout.split("\n")[
        0
    ]
    made = {**setup(), "command": "python -m benchmarks.pictures " + " ".join(sys.argv[1:]), "tesseract": version}
    result: dict[str, Any] = {"setup": made, "dataset": DATA.name, "split": "test"}
    dataset = beir.load(DATA, "test")
    drawn = list(shots([query for query in dataset.queries if dataset.relevant[query.id]][:count]))
    read, raw = read_all(drawn, ours), read_all(drawn, plain)
    result["reading"] = {"pictures": len(drawn), "ours": _figures(read), "tesseract": _figures(raw)}
    _write(result, out)
    result["minute"] = _minute(drawn)
    result["matching"] = _matching(dataset, drawn, read["texts"], raw["texts"])
    _write(result, out)
    result["photos"] = photos.measure(originals, unrelated, read=40)
    _write(result, out)
    return result


def measure_minute(count: int, out: Path) -> dict[str, Any]:
    """Measure only how many pictures are read in a minute, and put it beside the other figures."""
    result: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    dataset = beir.load(DATA, "test")
    drawn = list(shots([query for query in dataset.queries if dataset.relevant[query.id]][:count]))
    result["minute"] = _minute(drawn)
    _write(result, out)
    return result


def _minute(drawn: list[Shot]) -> dict[str, Any]:
    made = setup()
    found = pictures_a_minute(drawn[:60])
    return {
        "pictures_a_minute": found,
        "load_before": made["load_before"],
        "load_after": os.getloadavg(),
        **_when(made),
    }


def _when(made: dict[str, Any]) -> dict[str, Any]:
    return {name: made[name] for name in ("commit", "date")}


def _figures(read: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in read.items() if name != "texts"}


def _matching(dataset: beir.Dataset, drawn: list[Shot], read: dict[str, str], raw: dict[str, str]) -> dict[str, Any]:
    typed = {query.id: query.text for query in dataset.queries if query.id in read}
    shown = {shot.query: shot.text for shot in drawn}
    found: dict[str, Any] = {}
    with EmbeddingCache(default_folder()) as cache:
        encoder = CachedEncoder(load_encoder(), cache)
        for kind in ("all", *KINDS):
            ids = [shot.query for shot in drawn if kind in {"all", shot.kind}]
            ways = {"typed": typed, "bubbles": shown, "ours": read, "tesseract": raw}
            found[kind] = {
                way: map_at_5(dataset, {key: texts[key] for key in ids}, encoder) for way, texts in ways.items()
            }
    return found


def _write(result: dict[str, Any], out: Path) -> None:
    out.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def main() -> None:
    """Measure and write the raw figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pictures", description=__doc__)
    parser.add_argument(
        "--count", type=int, default=1000, help="at most so many screenshots: one for each answered message"
    )
    parser.add_argument("--originals", type=int, default=100, help="photographs that copies are made of")
    parser.add_argument("--unrelated", type=int, default=10_000, help="photographs that are no copies")
    parser.add_argument("--minute", action="store_true", help="measure only the pictures a minute again")
    parser.add_argument("--out", type=Path, default=Path("benchmarks/results/pictures.json"), help="raw figures")
    options = parser.parse_args()
    if options.minute:
        print(markdown(measure_minute(options.count, options.out)))
        return
    print(markdown(measure(options.count, options.originals, options.unrelated, options.out)))


if __name__ == "__main__":
    main()
