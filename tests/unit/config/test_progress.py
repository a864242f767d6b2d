from kiemtin.config.progress import Bar


def test_where_there_is_no_terminal_it_writes_a_line_now_and_then(capsys):
    with Bar("checks.json", in_bytes=True) as bar:
        for done in range(0, 100_001, 100):
            bar.moved(done, 100_000)
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 21
    assert lines[0] == "checks.json: 0 bytes / 100.0 kB"
    assert lines[-1] == "checks.json: 100.0 kB / 100.0 kB"


def test_a_note_says_more(capsys):
    with Bar("x") as bar:
        bar.moved(1, 2, "500 rows")
    assert capsys.readouterr().err == "x: 1 / 2, 500 rows\n"


def test_pieces_are_counted_as_they_are(capsys):
    with Bar("Index") as bar:
        bar.moved(1_500, 3_000)
    assert capsys.readouterr().err == "Index: 1500 / 3000\n"


def test_nothing_to_do_is_done(capsys):
    with Bar("Index") as bar:
        bar.moved(0, 0)
    assert capsys.readouterr().err == "Index: 0 / 0\n"


def test_a_line_in_between_is_no_markup(capsys):
    with Bar("x") as bar:
        bar.say("[red]file[/red]:3: it is bad")
    assert capsys.readouterr().err == "[red]file[/red]:3: it is bad\n"
