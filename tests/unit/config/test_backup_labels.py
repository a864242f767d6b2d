from pathlib import Path

import pytest
from django.utils.translation import override

from kiemtin.config.backup import errors
from kiemtin.config.backup.errors import (
    BackupError,
    DamagedBackupError,
    NewerBackupError,
    NoProgramError,
    OccupiedError,
    OldProgramError,
    OtherKindError,
    RightsError,
    ServerError,
)
from kiemtin.config.backup_labels import backup_sentence

DATA = Path("/srv/kiem%tin")
KINDS = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, BackupError)]


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind is not BackupError])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_each_error_has_a_sentence(kind, language):
    fields = {
        NewerBackupError: {"version": "9%d"},
        OccupiedError: {"names": ("a%s", "b")},
        OtherKindError: {"is_of_server": True},
        NoProgramError: {"name": "pg_dump", "needed": 16},
        OldProgramError: {"name": "pg_dump", "needed": 16},
    }.get(kind, {})
    with override(language):
        said = backup_sentence(kind("why", **fields), data=DATA)
    assert said
    assert "%(" not in said


def test_codes_differ():
    assert len({kind.code for kind in KINDS}) == len(KINDS)


def test_a_name_from_a_file_does_not_reach_the_terminal_as_it_is():
    said = backup_sentence(
        DamagedBackupError("it holds what no backup holds", name="\x1b[2Jx%s" + "a" * 500), data=DATA
    )
    assert "\x1b" not in said
    assert len(said) < 300


def test_where_and_what_is_there_is_named():
    said = backup_sentence(OccupiedError("…", names=("reply-key",)), data=DATA)
    assert "/srv/kiem%tin is not empty" in said
    assert said.endswith("(reply-key)")
    assert "9.1" in backup_sentence(NewerBackupError("…", version="9.1"), data=DATA)


def test_what_a_server_or_a_program_lacks_is_said_with_what_to_do():
    def said(error):
        return backup_sentence(error, data=DATA)

    assert "apt-get install postgresql-client-16" in said(OldProgramError("…", name="pg_dump", needed=16))
    assert said(NoProgramError("…", name="pg_restore")).endswith("apt-get install postgresql-client")
    assert "older than what wrote the backup" in said(OldProgramError("…", name="pg_restore"))
    assert "100% full" in said(ServerError("100% full"))
    refused = said(RightsError("permission denied", name="postgresql:///tin"))
    assert "postgresql:///tin" in refused
    assert "permission denied" in refused
