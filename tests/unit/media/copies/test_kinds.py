from kiemtin.media.copies.kinds import is_pdf


def test_a_pdf_begins_as_one():
    assert is_pdf(b"%PDF-1.7\n")
    assert not is_pdf(b"<html>%PDF-1.7")
    assert not is_pdf(b"")
