# ruff: noqa: E402  (Django is set up before its models are imported)
"""Work for the worker, made by the product's own actions: run as a program with the environment of a data folder.

    python -m tests.integration.behind ask COUNT         # questions that wait for a case, and pictures to be read
    python -m tests.integration.behind decline COUNT     # questions with an address, whose case is declined
    python -m tests.integration.behind elapse            # the leases of dead workers run out
    python -m tests.integration.behind tell

each prints how things stand, as JSON.
"""

import datetime as dt
import json
import os
import sys
from collections import Counter

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kiemtin.config.settings")
django.setup()

from django.utils import timezone

from benchmarks.kills.texts import picture
from kiemtin.accounts.enums import Role
from kiemtin.accounts.models import Desk
from kiemtin.audit.models import Event, Pulse
from kiemtin.config.database import open_database
from kiemtin.matching.live import live_library
from kiemtin.questions.actions.ask import ask as question
from kiemtin.questions.actions.decline import decline
from kiemtin.questions.actions.leave_address import leave_address
from kiemtin.questions.actions.take_picture import take_picture
from kiemtin.questions.models import Message, Picture, Reply
from kiemtin.staff.actions.add_person import add_person
from kiemtin.staff.actions.create_desk import create_desk
from tests.unit.questions.making import make_case, make_message, make_request


def the_desk():
    return Desk.objects.first() or create_desk(slug="ban-tin", name="Bàn Tin", by="test", is_intake=True)


def ask(count):
    the_desk()
    for number in range(count):
        text = f"Tin lạ thứ {number} về việc {number * 7} và {number * 13}"
        question(text=text, channel="web", language="vi", asker=f"asker-{number}", library=live_library())
    for number in range(3):
        take_picture(data=picture(number), language="vi")


def decline_all(count):
    desk = the_desk()
    editor = add_person(email="bien@example.org", name="Phạm Biên", desk=desk, role=Role.EDITOR, by="test")
    case = make_case(desk, messages=0)
    for number in range(count):
        request = make_request(make_message(case, requests=0), address=False)
        leave_address(request=request, address=f"hoi{number}@example.org")
    decline(case=case, by=editor, reason="Ngoài phạm vi của bàn tin.")


def elapse():
    Reply.objects.filter(lease__isnull=False).update(lease=timezone.now() - dt.timedelta(seconds=1))


def tell():
    moved = Event.objects.filter(verb__in=("case.opened", "case.joined"))
    return {
        "replies": Counter(Reply.objects.values_list("state", flat=True)),
        "ids": list(Reply.objects.order_by("pk").values_list("message_id", flat=True)),
        "unsettled": Message.objects.filter(settled=False).count(),
        "moved": Counter(event.detail["message"] for event in moved),
        "pictures": Counter(Picture.objects.values_list("state", flat=True)),
        "read_twice": Picture.objects.filter(attempts__gt=1).count(),
        "workers": Pulse.objects.count(),
    }


if __name__ == "__main__":
    open_database()
    deeds = {"ask": ask, "decline": decline_all, "elapse": elapse, "tell": lambda: None}
    deeds[sys.argv[1]](*map(int, sys.argv[2:]))
    sys.stdout.write(json.dumps(tell()))
