"""The matching core: a message in, the published checks that answer it out. Pure Python and numpy; knows no Django.

from kiemtin.retrieval import Index, Matcher, Record, load_encoder

index = Index.in_memory(encoder=load_encoder())
index.add([Record(id="1", title="Ăn tôm cùng vitamin C sinh ra thạch tín")])
index.commit()
answer = Matcher(index).ask("nghe noi an tom uong vitamin C la chet, dung ko?")
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from kiemtin.retrieval import errors

if TYPE_CHECKING:
    from kiemtin.retrieval.dense import Encoder, load_encoder
    from kiemtin.retrieval.index import Index
    from kiemtin.retrieval.model import Model
    from kiemtin.retrieval.pipeline import AT_HAND, Matcher, Options
    from kiemtin.retrieval.records import Answer, Band, Guard, Match, Part, Record

__all__ = [
    "AT_HAND",
    "Answer",
    "Band",
    "Encoder",
    "Guard",
    "Index",
    "Match",
    "Matcher",
    "Model",
    "Options",
    "Part",
    "Record",
    "errors",
    "load_encoder",
]

_HOME = (
    dict.fromkeys(("Encoder", "load_encoder"), "dense")
    | {"Index": "index", "Model": "model"}
    | dict.fromkeys(("AT_HAND", "Matcher", "Options"), "pipeline")
    | dict.fromkeys(("Answer", "Band", "Guard", "Match", "Part", "Record"), "records")
)


def __getattr__(name: str) -> object:
    if name in _HOME:  # loaded when it is asked for: whoever wants an error alone does not pay for numpy
        return getattr(import_module(f"kiemtin.retrieval.{_HOME[name]}"), name)
    raise AttributeError(name)
