import io
import logging

import pytest

from kiemtin.config.error_log import ErrorFormatter, keep_texts_out


def told(trip):
    """What a handler writes of an error."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(ErrorFormatter())
    logger = logging.Logger("here")
    logger.addHandler(handler)
    try:
        trip()
    except Exception:
        logger.exception("it failed: %s", "a page")
    return out.getvalue()


def trip():
    raise ValueError("0988 123 456")


def trip_after_another():
    try:
        trip()
    except ValueError as error:
        raise RuntimeError("gọi 0988 123 456") from error


def trip_on_the_way():
    try:
        trip()
    except ValueError:
        raise KeyError("0988 123 456")  # noqa: B904


@pytest.mark.parametrize(
    ("way", "kinds"),
    [
        (trip, ["builtins.ValueError"]),
        (trip_after_another, ["builtins.ValueError", "builtins.RuntimeError"]),
        (trip_on_the_way, ["builtins.ValueError", "builtins.KeyError"]),
    ],
)
def test_an_error_is_told_by_its_places_and_kinds(way, kinds):
    text = told(way)
    assert text.startswith("it failed: a page\nTraceback (most recent call last):\n")
    assert [line for line in text.splitlines() if line.startswith("builtins.")] == kinds
    assert "test_error_log.py" in text
    assert "in trip" in text
    assert [line for line in text.splitlines() if "0988 123 456" in line and "raise " not in line] == []


def test_no_error_is_nothing():
    assert ErrorFormatter().formatException((None, None, None)) == ""


def test_it_is_set_where_nobody_else_logs():
    keep_texts_out()
    assert isinstance(logging.lastResort.formatter, ErrorFormatter)
