"""`kiemtin serve`: the whole product as one process to start."""

from __future__ import annotations

import os
import socket
import sys

import click
from django.conf import settings
from django.db import connections
from django.utils.translation import gettext as _

from kiemtin.config import memory
from kiemtin.config.commands.index import catch_up
from kiemtin.config.errors import CommandError, opened
from kiemtin.media.pictures import availability


@click.command("serve", help=_("Serve the site and the desk, and do the work behind them."))
@click.option("--host", default="127.0.0.1", show_default=True, help=_("Address to listen on."))
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help=_("Port to listen on."))
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True, help=_("Web processes."))
@click.option("--no-worker", is_flag=True, help=_("Leave the work behind the pages to `kiemtin worker`."))
@click.option("--no-encoder", is_flag=True, help=_("Match by words only, without vectors."))
def serve_command(*, host: str, port: int, workers: int, no_worker: bool, no_encoder: bool) -> None:
    """Migrate, bring the index up, serve until interrupted."""
    _check_free(host, port)
    opened()
    catch_up(use_encoder=not no_encoder)
    address = _set_environment(host, port, no_encoder)
    click.echo(_("Kiểm Tin is at %(address)s (stop with Ctrl+C).") % {"address": address})
    click.echo(_("The desk is at %(address)s/desk/.") % {"address": address})
    if not settings.KIEMTIN_SENDS_MAIL:
        click.echo(_("No mail server is set (KIEMTIN_MAIL): replies by mail wait until there is one."))
    if not (reader := availability()):
        said = _("Text in pictures cannot be read: %(missing)s is missing. This brings it: %(command)s")
        click.echo(said % {"missing": ", ".join(reader.missing), "command": reader.command})
    _become_server(host, port, workers, with_worker=not no_worker)


def _become_server(host: str, port: int, workers: int, *, with_worker: bool) -> None:
    """Go on as `kiemtin.config.server`: what this process has loaded must not be copied into web processes."""
    connections.close_all()
    sys.stdout.flush()
    sys.stderr.flush()
    arguments = [host, str(port), str(workers), *(["--with-worker"] if with_worker else [])]
    os.execv(sys.executable, [sys.executable, "-m", "kiemtin.config.server", *arguments])  # noqa: S606  (ourselves)


def _check_free(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            message = _("%(host)s:%(port)d cannot be used (%(reason)s). Choose another: kiemtin serve --port 8001")
            raise CommandError(message % {"host": host, "port": port, "reason": error.strerror}) from error


def _set_environment(host: str, port: int, no_encoder: bool) -> str:
    """Tell the processes that are started from here; returns the public address."""
    os.environ["KIEMTIN_DATA"] = str(settings.KIEMTIN_DATA)
    if settings.KIEMTIN_INDEX:
        os.environ["KIEMTIN_INDEX"] = str(settings.KIEMTIN_INDEX)
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # the web processes are the threads
    memory.is_told()
    if no_encoder:
        os.environ["KIEMTIN_ENCODER"] = "none"
    if not os.environ.get("KIEMTIN_ADDRESS"):
        # Browsers refuse passkeys at a bare number.
        shown = "localhost" if host in ("127.0.0.1", "0.0.0.0", "::1", "::") else host  # noqa: S104  (only compared)
        os.environ["KIEMTIN_ADDRESS"] = f"http://{f'[{shown}]' if ':' in shown else shown}:{port}"
    return os.environ["KIEMTIN_ADDRESS"]
