"""One process of the fuzzer: a harness, what is instrumented for it, and libFuzzer's own options.

python -m fuzz.one NAME [options of libFuzzer] [folders of inputs]
"""

from __future__ import annotations

import logging
import os
import sys
import tempfile

import atheris

_PACKAGES = ("kiemtin", "fuzz")


def main(arguments: list[str]) -> None:
    """Fuzz until libFuzzer's options end it."""
    name, *options = arguments
    os.environ["KIEMTIN_DATA"] = tempfile.mkdtemp(prefix="kiemtin-fuzz-data-")
    os.environ.setdefault("KIEMTIN_ENCODER", "none")
    logging.disable(logging.CRITICAL)
    # Which libraries a harness wants is known only once it is loaded: so all of them are given, few are ever loaded.
    libraries = os.environ.get("KIEMTIN_FUZZ_LIBRARIES", "").split()
    with atheris.instrument_imports(include=[*_PACKAGES, *libraries]):
        from fuzz.registry import HARNESSES  # noqa: PLC0415

        harness = HARNESSES[name]
        if harness.site:
            from fuzz.site import build  # noqa: PLC0415

            build()
    for seed in harness.seeds():  # what is loaded at the first call is no time of an input
        harness.feed(seed.read_bytes())
    atheris.Setup([sys.argv[0], f"-max_len={harness.longest}", *options], harness.feed)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1:])
