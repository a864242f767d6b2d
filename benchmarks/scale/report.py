"""The figures as Markdown: set-up, our own figures by size, peers as ratios to ours."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Stages = dict[str, dict[str, Any]]

_SEARCHES = ("lexical", "dense", "near", "ask", "ask with vectors")

_OURS: tuple[tuple[str, Callable[[Stages], Any]], ...] = (
    ("lexical search p50 / p99, ms", lambda s: _pair(s["lexical"])),
    ("the same, words without pairs", lambda s: _pair(s["lexical"]["words_only"])),
    ("lexical: source first / in ten", lambda s: _found(s["lexical"])),
    ("vector search p50 / p99, ms", lambda s: _pair(s["dense"]["perturbed"])),
    ("recall@10: perturbed / real queries", lambda s: _recalls(s["dense"])),
    ("the same within 0.001 of the tenth's cosine", lambda s: _recalls(s["dense"], "nearly@10")),
    ("near copy p50 / p99, ms", lambda s: _pair(s["near"])),
    ("near copy first: cut / extended / number", lambda s: _shares(s["near"]["recall"])),
    ("whole answer, no encoder, p50 / p99, ms", lambda s: _pair(s["ask"]["queries"])),
    ("the same, messages of ten documents", lambda s: _pair(s["ask"]["long"])),
    ("whole answer, ready vectors, p50 / p99, ms", lambda s: _pair(s["ask with vectors"])),
    ("index on disk, MB", lambda s: s["build"]["disk_mb"]["all"]),
    ("of it lexical / near / dense / rest", lambda s: _disk(s["build"]["disk_mb"])),
    ("peak memory, search, MB (largest stage)", lambda s: max(s[n]["peak_mb"] for n in _SEARCHES if n in s)),
    ("build, s", lambda s: s["build"]["seconds"]),
    ("peak memory, build, MB", lambda s: s["build"]["peak_mb"]),
)


def _pair(of: dict[str, Any]) -> str:
    return f"{of['p50_ms']:.1f} / {of['p99_ms']:.1f}"


def _found(of: dict[str, Any]) -> str:
    return f"{of['found_at_1']:.3f} / {of['found_at_10']:.3f}"


def _recalls(of: dict[str, Any], name: str = "recall@10") -> str:
    return " / ".join(f"{of[kind][name]:.4f}" for kind in ("perturbed", "real"))


def _shares(of: dict[str, Any]) -> str:
    return " / ".join(f"{kind['found_at_1']:.3f}" for kind in of.values())


def _disk(of: dict[str, float]) -> str:
    return " / ".join(f"{of[part]:.0f}" for part in ("lexical", "near", "dense", "manifest"))


def _cell(figure: Callable[[Stages], Any], stages: Stages) -> str:
    try:
        value = figure(stages)
    except (KeyError, ValueError):
        return "–"
    return f"{value:,.0f}" if isinstance(value, float | int) else str(value)


def _table(head: list[str], rows: list[list[str]]) -> list[str]:
    return ["| " + " | ".join(row) + " |" for row in (head, ["---"] * len(head), *rows)]


def _ours(sizes: dict[str, Stages]) -> list[str]:
    rows = [[name, *(_cell(figure, stages) for stages in sizes.values())] for name, figure in _OURS]
    return _table(["ours", *(f"{int(size):,}" for size in sizes)], rows)


@dataclass(frozen=True)
class _Engine:
    """Build in seconds, latencies in milliseconds, disk in MB, and what was found, in words."""

    name: str
    build: float
    p50: float
    p99: float
    disk: float
    hits: str

    @property
    def figures(self) -> tuple[float, float, float, float]:
        return self.build, self.p50, self.p99, self.disk


def _engine(name: str, build: float, taken: dict[str, Any], disk: float, hits: str) -> _Engine:
    return _Engine(name, build, taken["p50_ms"], taken["p99_ms"], disk, hits)


def _lexical_engines(stages: Stages) -> list[_Engine]:
    build, mine = stages["build"], stages["lexical"]
    built = build["parts"]["lexical"] + build["parts"]["analysis"]
    out = [_engine("ours (lexical)", built, mine, build["disk_mb"]["lexical"], _found(mine))]
    for name in ("bm25s", "SQLite FTS5"):
        peer = stages.get(name, {"error": ""})
        if "error" not in peer:
            out.append(_engine(name, peer["build"]["seconds"], peer, peer["disk_mb"], _found(peer)))
    return out


def _dense_engines(stages: Stages) -> list[_Engine]:
    build, mine = stages["build"], stages["dense"]
    out = [
        _engine("ours (dense)", build["parts"]["dense"], mine["perturbed"], build["disk_mb"]["dense"], _recalls(mine))
    ]
    peer = stages.get("qdrant-edge", {"error": ""})
    for name in (name for name in peer if name.startswith("ef ")):
        taken = peer[name]["perturbed"]
        hits = _recalls(peer[name])
        out.append(_engine(f"qdrant-edge, {name}", peer["build"]["seconds"], taken, peer["disk_mb"], hits))
    return out


def _rows(size: str, engines: list[_Engine]) -> list[list[str]]:
    """One row an engine; behind each figure of a peer its ratio to ours, which comes first."""
    out = []
    for engine in engines:
        cells = [f"{value:,.1f}" for value in engine.figures]
        if engine is not engines[0]:
            ratios = [theirs / max(ours, 1e-9) for theirs, ours in zip(engine.figures, engines[0].figures, strict=True)]
            cells = [f"{cell} (×{ratio:.2f})" for cell, ratio in zip(cells, ratios, strict=True)]
        out.append([f"{int(size):,}", engine.name, *cells, engine.hits])
    return out


def _peers(sizes: dict[str, Stages]) -> list[str]:
    rows: list[list[str]] = []
    for engines in (_lexical_engines, _dense_engines):
        for size, stages in sizes.items():
            try:
                rows += _rows(size, engines(stages))
            except KeyError:
                continue
    return _table(["documents", "engine", "build, s", "p50, ms", "p99, ms", "disk, MB", "found / recall@10"], rows)


def markdown(result: dict[str, Any]) -> str:
    """Return set-up and tables."""
    setup, vectors = result["setup"], result["inputs"]
    lines = [
        f"{setup['cpu']}, {setup['cores']} cores, {setup['memory_gb']} GB, Python {setup['python']}; "
        f"commit {setup['commit']}; {setup['date']}",
        "",
        f"`{setup['command']}`",
        "",
        f"Texts are generated (seed {setup['seed']}). Vectors: {vectors.get('real_passages')} real e5 vectors "
        f"({vectors.get('from')}), the rest lie between neighbours of them with noise.",
        "",
        *_ours(result["sizes"]),
        "",
        "Peers, with the ratio to ours (above 1: ours is quicker or smaller). Lexical builds include the same text "
        "analysis; `found` is the share of messages whose source came first / among ten.",
        "",
        *_peers(result["sizes"]),
    ]
    return "\n".join(lines)
