import shutil
from contextlib import contextmanager

import pytest
from django.core.management import call_command
from django.db import connection

from kiemtin.checks.models import FactCheck
from kiemtin.matching.ask import Searched
from kiemtin.matching.finding import of_external_review, of_fact_check
from kiemtin.questions.actions.ask import ask
from kiemtin.retrieval import Answer, Band, Guard, Match
from tests import databases
from tests.publishing import desk_of


@pytest.fixture
def desk(data, db):
    """The desk that takes in questions."""
    return desk_of()


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory, django_db_setup, django_db_blocker):
    """A folder whose database has all tables and nothing in them."""
    folder = tmp_path_factory.mktemp("database")
    databases.made(folder)
    with django_db_blocker.unblock(), _database(folder):
        call_command("migrate", verbosity=0, interactive=False)
    return folder


@pytest.fixture
def on_disk(data, empty_database, django_db_blocker):
    """A database as in earnest: several connections write to it, each in its turn."""
    if not databases.SERVER:
        shutil.copy(databases.name_of(empty_database), databases.name_of(data))
    with django_db_blocker.unblock(), _database(data):
        yield data


@contextmanager
def _database(folder):
    """Put that of a folder in the place of the tests' database, which stays open meanwhile."""
    name, kept = connection.settings_dict["NAME"], connection.connection
    connection.settings_dict["NAME"], connection.connection = databases.name_of(folder), None
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"], connection.connection = name, kept


class FakeLibrary:
    """Says what a test wants, and remembers what it was asked."""

    def __init__(self):
        self.answer, self.mark, self.asked = Answer(Band.NONE), 1, []

    def search(self, message, *, limit):
        self.asked.append(message)
        return Searched(self.answer, self.mark)

    def says(self, band, *rows, probability=0.9, guards=()):
        """Say this from now on, of fact-checks and external reviews."""
        findings = [of_fact_check(row) if isinstance(row, FactCheck) else of_external_review(row) for row in rows]
        chances = probability if isinstance(probability, list) else [probability] * len(rows)
        matches = tuple(
            Match(finding.key, finding.work or finding.key, 1.0, chance)
            for finding, chance in zip(findings, chances, strict=True)
        )
        self.answer, self.mark = Answer(Band(band), matches, tuple(map(Guard, guards))), self.mark + 1


@pytest.fixture
def library(data, db):
    return FakeLibrary()


@pytest.fixture
def asking(library):
    """Ask, each time as somebody else unless it is said as whom."""
    count = iter(range(10_000))

    def put(text="Ăn tỏi mỗi ngày thì khỏi cúm phải không mọi người", asker=None, language="en"):
        who = f"asker-{next(count)}" if asker is None else asker
        return ask(text=text, channel="web", language=language, asker=who, library=library)

    return put
