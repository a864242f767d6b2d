"""Let the leases of killed workers run out, as if the minutes had passed: `python -m benchmarks.kills.elapse`.

To be run while no worker is alive. Prints the Message-IDs of replies that were being handed over, and the number of the
last event, as JSON.
"""

from __future__ import annotations

import json


def main() -> None:
    """Let them run out."""
    import django  # noqa: PLC0415  (set up first)

    django.setup()
    from django.utils import timezone  # noqa: PLC0415

    from kiemtin.audit.models import Event  # noqa: PLC0415
    from kiemtin.checks.models import CitedSource, CopyRequest  # noqa: PLC0415
    from kiemtin.exchange.models import ReviewSource  # noqa: PLC0415
    from kiemtin.questions.enums import ReplyState  # noqa: PLC0415
    from kiemtin.questions.models import LinkPage, Message, Picture, Reply  # noqa: PLC0415

    now = timezone.now()
    sending = Reply.objects.filter(state=ReplyState.SENDING)
    found = list(sending.values_list("message_id", flat=True))
    for model in (Reply, CopyRequest, CitedSource, LinkPage, Picture, ReviewSource):
        model._default_manager.filter(lease__isnull=False).update(lease=now)
    ReviewSource.objects.update(due=now)
    Message.objects.filter(settled=False).update(due=now)
    last = Event.objects.order_by("-pk").values_list("pk", flat=True).first()
    print(json.dumps({"sending": found, "event": last or 0}))


if __name__ == "__main__":
    main()
