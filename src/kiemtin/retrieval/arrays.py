"""Arrays on disk, in numpy's format."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt


def save_array(path: Path, values: npt.NDArray[Any]) -> None:
    """Make an array durable in a file, in the order of C.

    Not by `numpy.save`: on a full disk that leaves out the end of a small array and says nothing of it.

    Raises
    ------
    OSError
    """
    with path.open("wb") as file:
        np.lib.format.write_array_header_1_0(file, np.lib.format.header_data_from_array_1_0(values))
        file.write(values.tobytes())
        file.flush()
        os.fsync(file.fileno())
