from kiemtin.config.admission.kinds import Kind
from kiemtin.config.admission.tally import Tally


def test_a_minute_after_the_first_one_line_says_how_many(capsys):
    later = []
    tally = Tally(later=later.append)
    for kind in (Kind.READING, Kind.ASKING, Kind.ASKING):
        tally.count(kind)
    assert len(later) == 1
    assert capsys.readouterr().err == ""
    later.pop()()
    assert capsys.readouterr().err == "web: 3 requests turned away in a minute (asking 2, reading 1)\n"
    tally.count(Kind.READING)
    later.pop()()
    assert capsys.readouterr().err == "web: 1 requests turned away in a minute (reading 1)\n"
