import io

import pytest

from kiemtin.config.backup import script
from kiemtin.config.backup.errors import DamagedBackupError
from kiemtin.config.backup.script import parts, schema_of

SCRIPT = rb"""\restrict Ab3
SET statement_timeout = 0;
SET transaction_timeout = 0;
CREATE SCHEMA public;
CREATE TABLE public.message (id bigint, text text);
COPY public.message (id, text) FROM stdin;
1	COPY public.message (id, text) FROM stdin;
2	\\.
3	\\restrict Ab3
\.

COPY public.empty (id) FROM stdin;
\.

ALTER TABLE public.message ADD PRIMARY KEY (id);
\unrestrict Ab3
"""


def read(content):
    return [(part.statements, part.copy, b"".join(part.rows)) for part in parts(io.BytesIO(content))]


@pytest.mark.parametrize("size", [1, 1 << 16])
def test_statements_and_rows_come_in_their_order(monkeypatch, size):
    monkeypatch.setattr(script, "_PIECE", size)
    first, second, third = read(SCRIPT)
    assert first == (
        b"SET statement_timeout = 0;\nCREATE SCHEMA public;\nCREATE TABLE public.message (id bigint, text text);\n",
        b"COPY public.message (id, text) FROM stdin;\n",
        b"1\tCOPY public.message (id, text) FROM stdin;\n2\t\\\\.\n3\t\\\\restrict Ab3\n",
    )
    assert second == (b"\n", b"COPY public.empty (id) FROM stdin;\n", b"")
    assert third == (b"\nALTER TABLE public.message ADD PRIMARY KEY (id);\n", b"", b"")


def test_one_that_ends_among_rows_is_damaged():
    with pytest.raises(DamagedBackupError):
        read(SCRIPT[: SCRIPT.index(b"2\t")])


@pytest.mark.parametrize(
    ("statements", "name"),
    [
        (b"CREATE SCHEMA public;\nCREATE TABLE public.a ();\n", "public"),
        (b'CREATE SCHEMA "C\xe1\xbb\xa7a ""ta""";\n', 'Của "ta"'),
    ],
)
def test_the_schema_is_named(statements, name):
    assert schema_of(statements) == name


@pytest.mark.parametrize("statements", [b"", b"CREATE SCHEMA a;\nCREATE SCHEMA b;\n", b"-- CREATE SCHEMA a;\n"])
def test_without_one_schema_it_is_no_backup_of_ours(statements):
    with pytest.raises(DamagedBackupError):
        schema_of(statements)
