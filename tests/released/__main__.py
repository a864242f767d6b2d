"""`python -m tests.released make VERSION` writes data of this version; `… load VERSION` makes a data folder of them.

The data folder is that of KIEMTIN_DATA; for `make` it is one that is deleted afterwards.
"""

import os
import sys
import tempfile
from pathlib import Path

from kiemtin.config.cli import prepare

HERE = Path(__file__).parent


def main():
    what, version = sys.argv[1:]
    folder = HERE / version
    if what == "load":
        prepare([])
        from tests.released.rows import load

        load(folder)
        return
    with tempfile.TemporaryDirectory() as data:
        os.environ |= {"KIEMTIN_DATA": data, "KIEMTIN_ENCODER": "none", "KIEMTIN_ADDRESS": "https://kiemtin.example"}
        os.environ.pop("DATABASE_URL", None)
        prepare([])
        import kiemtin
        from tests.released.filling import fill
        from tests.released.rows import dump

        if kiemtin.__version__ != version:
            sys.exit(f"this is version {kiemtin.__version__}")
        (folder / "data").mkdir(parents=True)
        fill(folder / "known.json")
        dump(folder)


if __name__ == "__main__":
    main()
