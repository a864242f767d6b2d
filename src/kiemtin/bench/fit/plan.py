"""What the shipped numbers are learnt from. Test parts are never named here (a test holds that)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """Queries to learn from.

    Attributes
    ----------
    folder
        Name of the BEIR folder.
    split
        Its part; never `test`.
    bare
        Ask without diacritics.
    beside
        Another folder with the same queries, whose corpus is put beside the first as versions of the same works.
    limit
        At most so many queries; 0 means all.
    calibrate
        Whether bands are learnt from it too. Question answering over encyclopedias is no model for that.
    """

    folder: str
    split: str
    bare: bool = False
    beside: str = ""
    limit: int = 0
    calibrate: bool = False


PLAN = (
    Source("checkthat-2021-2a-en", "train", calibrate=True),
    Source("checkthat-2020-2-en", "train", calibrate=True),
    Source("checkthat-2020-2-en", "dev", calibrate=True),
    Source("xquad-vi", "dev"),
    Source("xquad-vi", "dev", bare=True),
    Source("xquad-vi-en", "dev"),
    Source("xquad-vi", "dev", beside="xquad-vi-en"),
    Source("vicov19qa-vi", "train", limit=800),
    Source("vicov19qa-vi", "train", limit=400, bare=True),
    Source("ntrex-en-vi", "dev", limit=300),
    Source("kiemtin-vi", "dev", calibrate=True),
    Source("kiemtin-vi", "dev", bare=True, calibrate=True),
    Source("kiemtin-vi", "dev", beside="kiemtin-vi-en", calibrate=True),
    Source("kiemtin-vi", "dev", beside="kiemtin-vi-en", bare=True, calibrate=True),
)
