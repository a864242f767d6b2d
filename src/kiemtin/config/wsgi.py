"""The web application (PEP 3333)."""

from __future__ import annotations

import multiprocessing
import os
import threading

from django.core.wsgi import get_wsgi_application

from kiemtin.database.patience import wait_at_most

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kiemtin.config.settings")
_pages = get_wsgi_application()
wait_at_most(10.0)

from kiemtin.config.admission.layer import Admission  # noqa: E402  (Django is set up only now)

application = Admission(_pages)


def _warm_up() -> None:
    """Load the pages, the index and the encoder before the first asker comes; where that fails, they see why."""
    from django.db import connection  # noqa: PLC0415  (Django is set up only now)
    from django.urls import get_resolver  # noqa: PLC0415

    from kiemtin.matching.live import live_library  # noqa: PLC0415

    try:
        _ = get_resolver().url_patterns  # with them all that they need, the rules of masking too
        live_library().search("kiểm tin", limit=1)
    except Exception:  # noqa: S110  (whatever it is, it comes again when somebody asks)
        pass
    finally:
        connection.close()


threading.Thread(target=_warm_up, name="warm-up", daemon=True).start()


def _end_with_server(server: multiprocessing.process.BaseProcess) -> None:
    """Wait until the process that started this one is gone, however it went; nobody would end this one then."""
    server.join()
    os._exit(0)


_server = multiprocessing.parent_process()  # of `kiemtin serve`; None below another server
if _server is not None:
    threading.Thread(target=_end_with_server, args=(_server,), name="end-with-server", daemon=True).start()
