"""What a restoration does inside a data folder, in a process whose settings name that folder."""

from __future__ import annotations

import argparse
import os
import sys

import click

from kiemtin.config.cli import prepare


def main() -> None:
    """Bring the database to this version's form; then, in its final place, note the restoration and make the index."""
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=("migrate", "settle"))
    parser.add_argument("--made", default="")
    given = parser.parse_args()
    prepare([])
    from kiemtin.config.errors import opened  # noqa: PLC0415  (Django is set up only now)

    try:
        opened(keeps_copy=False)  # the backup is the copy
        if given.what == "settle":
            _settle(given.made)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)


def _settle(made: str) -> None:
    from kiemtin.audit.record import record  # noqa: PLC0415
    from kiemtin.config.commands.index import bring_up  # noqa: PLC0415

    record(by="command-line", verb="backup.restored", object_type="backup", desk="", detail={"made": made})
    bring_up(use_encoder=os.environ.get("KIEMTIN_ENCODER") != "none", anew=True)


if __name__ == "__main__":
    main()
