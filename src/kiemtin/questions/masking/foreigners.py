"""Names of people from elsewhere, and of Vietnamese abroad, who put their family last: Emily Le, John Q. Sample."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kiemtin.questions.masking.banks import BANK
from kiemtin.questions.masking.callings import MINE
from kiemtin.questions.masking.famous import FAMOUS, FOREIGN
from kiemtin.questions.masking.kind import Kind
from kiemtin.questions.masking.names import is_family
from kiemtin.questions.masking.phrases import listed
from kiemtin.questions.masking.view import HIDDEN, Find, View, scan

_WORD = r"[a-z][a-z'\-]{1,14}"
_NAME = rf"(?P<name>{_WORD}(?: [a-z]\.?(?= ))?(?: {_WORD}){{1,2}})(?![a-z'])"
_PERSON = (
    r"man|woman|guy|girl|boy|lady|soldier|doctor|engineer|friend|agent|seller|buyer|recruiter|person|teacher|student|"
    r"colleague|someone|somebody|officer|lawyer|nurse|pilot|businessman|captain|general|widow"
)
_CALLED = re.compile(
    r"(?<![a-z])(?:"
    r"(?P<title>mr|mrs|ms|miss|mister|madam|sir)\.? |"
    rf"(?:(?:my|her|his|their|the|whose|with|full|real|account|beneficiary|payee|card ?holder|holder|recipient|"
    rf"receiver|"
    r"sender|customer|client|contact) name(?:'s| is)?|(?:this|it) is|i am|i'm|account holder|beneficiary|payee|"
    rf"card ?holder|holder|recipient|receiver|sender|(?:in|under) the name(?: of)?|(?:{_PERSON}) (?:named|called)|"
    rf"(?:{_PERSON})(?: is)?|posing as|pretend(?:ing|s) to be|(?:call|calls|calling) (?:him|her)self|lists me as|"
    rf"lists|c/o|"
    r"(?P<signed>regards|sincerely|yours(?: truly| faithfully)?|cheers|thanks)|signed(?: by)?|dear|contact|name|"
    r"chu (?:tai khoan|tk|the|stk)|ctk|ten(?: tk| tai khoan| la)?|nguoi (?:nhan|thu huong|gui)|ho (?:va )?ten|"
    r"(?:manager|director|consultant|driver|landlord|tenant|\" ?named|goes by)|(?:posted|shared|sent|written) by|"
    r"(?:email|message|letter|call|text|sms|mail) from|(?:transfer|sent?|wire|pay|"
    r"belongs?) to|met|married|dated|"
    rf"(?:my|our|his|her|their) (?:{MINE})(?: is)?|name on (?:(?:the|his|her|my) )?(?:account|card|ticket|"
    rf"contract)(?: is)?|"
    r"(?:nick|zalo|fb|facebook|face)(?: ten)?|(?:run|led|managed|owned) by|empfanger|titulaire|inhaber|pay|hi|hello|"
    r"employee|patient|victim|zalo ten)"
    rf"[ :,.\-]{{1,3}}\n?|{HIDDEN}(?:[ ,:;(\-|/)]|\.(?! )){{1,4}}(?:{BANK}(?:[ ,:;(\-|/)]){{1,4}})?\n?)"
    rf"{_NAME}"
)
_BEFORE_NUMBER = re.compile(
    rf"(?<![a-z'\-])(?P<name>{_WORD}(?: {_WORD}){{1,2}})(?:[ ,:;(\-|/]){{1,4}}"
    rf"(?:(?:sdt|dt|tel|phone|zalo|whatsapp|stk|tk|acct|account|at|on|email|cell|mobile)[ :.]{{1,3}})?{HIDDEN}"
)
_AGED = re.compile(rf"(?<![a-z'\-])(?P<name>{_WORD} {_WORD})(?=, \d{{1,2}},|,? \(?aged? \d|,? \d{{1,2}} years old)")
# What people do whom nobody knows, and where.
_DOES = re.compile(
    rf"(?<![a-z'\-])(?P<name>{_WORD} {_WORD})(?= (?:on|from) (?:linkedin|zalo|facebook|fb|telegram|tinder|whatsapp|"
    rf"instagram|"
    r"unicef|the (?:bank|embassy|company))(?![a-z])| (?:asked|told|called|texted|messaged|sent|offered|emailed|scammed|"
    r"interviewed|tricked|promised|owes|added|contacted|charged|proposed to) (?:me|us|my|our)(?![a-z]))"
)
_FAMILIES = frozenset(
    listed("nguyen, tran, le, pham, huynh, hoang, phan, vu, vo, dang, bui, do, ngo, dinh, trinh, luong, ly")
)
# First names of people who write from elsewhere, or are said to.
_FIRST_NAMES = frozenset(
    listed("""
    adam, alan, albert, alex, alexander, alice, alicia, allison, amanda, amber, amy, andrea, andrew, andy, angela, anna,
    anne, annie, anthony, antonio, ashley, austin, barbara, ben, benjamin, beth, betty, bill, billy, bob, brandon,
    brenda, brian, bruce, bryan, carl, carlos, carol, caroline, catherine, cathy, charles, charlie, charlotte, chloe,
    chris, christian, christina, christine, christopher, cindy, claire, clara, cynthia, daisy, dan, daniel, danny,
    david, deborah, debra, dennis, diana, diane, donald, donna, dorothy, douglas, dylan, ed, eddie, edward, elaine,
    elena, elizabeth, ella, ellen, emily, emma, eric, erica, ethan, eugene, eva, evelyn, fiona, frank, fred, gary,
    george, gerald, gloria, grace, greg, gregory, hannah, harold, harry, heather, helen, henry, howard, ian, irene,
    isabella, ivan, jack, jackie, jacob, jacqueline, james, jamie, jane, janet, janice, jason, jean, jeff, jeffrey,
    jennifer, jenny, jeremy, jerry, jessica, jim, jimmy, joan, joe, joel, john, johnny, jonathan, jordan, jose, joseph,
    joshua, joyce, juan, judith, judy, julia, julie, justin, karen, kate, katherine, kathleen, kathryn, kathy, katie,
    keith, kelly, ken, kenneth, kevin, kyle, larry, laura, lauren, lawrence, leo, leon, leonard, linda, lily, lisa, liz,
    logan, louis, louise, lucas, lucy, luke, madison, marcus, margaret, maria, marie, marilyn, mark, martha, martin,
    mary, mason, matt, matthew, megan, melissa, michael, michelle, mike, mohammed, monica, nancy, natalie, nathan,
    nicholas, nick, nicole, nina, noah, nora, oliver, olivia, oscar, pamela, patricia, patrick, paul, paula, peter,
    philip, phillip, rachel, ralph, randy, raymond, rebecca, richard, rick, robert, robin, roger, ron, ronald, rosa,
    rose, roy, russell, ruth, ryan, sally, sam, samantha, samuel, sandra, sara, sarah, scott, sean, sharon, shirley,
    simon, sofia, sophia, sophie, stella, stephanie, stephen, steve, steven, stuart, sue, susan, suzanne, sylvia, ted,
    teresa, terry, theresa, thomas, tiffany, tim, timothy, tina, todd, tom, tommy, tony, tracy, tyler, vanessa, vicky,
    victor, victoria, vincent, virginia, vivian, walter, wayne, wendy, william, willie, zachary, zoe, ahmed,
    ali, fatima,
    hans, jurgen, klaus, pierre, francois, giulia, marco, sergei, olga, natasha, dmitri, juan, maricel, somchai, siti,
    li, wei, wang, zhang, chen, park, choi, jung, kwon, yuki, hiroshi, kenji, takashi, jun, joy, ravi, priya,
    raj, amit, carmen, angel, nico, trevor,
    nigel, derek, satoshi, haruto, min-jun, ji-woo
    """)
)
_NO_PERSONS = frozenset(
    listed("""
    company, co, corp, corporation, inc, ltd, llc, jsc, group, holdings, bank, fund, foundation, trust, society, union,
    association, organization, organisation, committee, council, center, centre, school, university, college, hospital,
    clinic, hotel, resort, shop, store, market, supermarket, team, support, service, services, customer, customers, sir,
    madam, valued, friend, friends, parents, user, users, member, members, all, everyone, everybody, hiring, manager,
    winner, account, holder, client, clients, applicant, candidate, citizen, resident, residents, colleagues, admin,
    administrator, department, office, officer, agency, embassy, consulate, ministry, police, court, government,
    vietnam, viet, nam, america, american, vietnamese, chinese, english, red, cross, unicef, charity, relief, church,
    temple, pagoda, street, road, avenue, district, city, province, north, south, east, west, world, united, states,
    nations, international, global, online, digital, mobile, app, page, group, channel, news, times, post, street,
    visa, card, transfer, payment, delivery, express, airlines, airways, insurance, capital, invest, investment,
    crypto, trading, power, electricity, water, the, you, your, my, our, this, that, new, old, super, extra, us, we
    """)
)
_BARE = frozenset({"name", "contact", "dear", "pay", "hi", "hello"})
_TITLES = frozenset({"mr", "mrs", "ms", "miss"})
_MOST = 3  # words
_NEAR = 16  # characters
_NAME_BEFORE = re.compile(r"(?<!\w)(?P<family>[^\W\d_a-z]\w{1,6}) \Z")  # a name that began before


def foreigners(view: View) -> Iterator[Find]:
    """Find them after a word that calls them, or beside a number that has been found."""
    for pattern in (_CALLED, _BEFORE_NUMBER, _AGED, _DOES):
        for match in scan(pattern, view.plain, lambda match: _end(view, match) > 0):
            yield Find(match.start("name"), _end(view, match), Kind.NAME)


def _end(view: View, match: re.Match[str]) -> int:
    """Where the name ends; 0 if it is none."""
    start = match.start("name")
    before = _NAME_BEFORE.search(view.source[max(0, start - _NEAR) : start])
    if match.re is not _CALLED and before and is_family(before["family"]):
        return 0
    words = _capitalised(view, start, match.end("name"))
    end = start + len(" ".join(words))
    groups = match.groupdict()
    is_line = bool(groups.get("signed")) and view.plain[end : end + 1] in {"", "\n"}
    is_name = _is_name(words, view.source[start:end], is_titled=is_line or bool(groups.get("title")))
    return end if is_name and not _goes_on(view, end) else 0


def _capitalised(view: View, start: int, end: int) -> list[str]:
    """Give the words up to the first without a capital letter, folded."""
    words: list[str] = []
    place = start
    for word in view.plain[start:end].split(" "):
        if not view.source[place].isupper():
            break
        words.append(word)
        place += len(word) + 1
    if words and words[-1].endswith("'s"):
        words[-1] = words[-1].removesuffix("'s")
    return words


def _is_name(words: list[str], name: str, *, is_titled: bool) -> bool:
    if not 1 < len(words) <= _MOST or _NO_PERSONS.intersection(words) or words[-1] in FOREIGN:
        return False
    if len(words[-1].rstrip(".")) == 1 or "'" in words[0] or " ".join(words) in FAMOUS:
        return False
    is_first = words[0].partition("-")[0] in _FIRST_NAMES or words[0] in _FIRST_NAMES
    is_last = (
        not name.isupper()
        and words[-1] in _FAMILIES
        and is_family(name.rsplit(" ", maxsplit=1)[-1])
        and words[0] not in _FAMILIES
    )
    return is_titled or is_first or is_last


def _goes_on(view: View, end: int) -> bool:
    """Whether one more word with a capital letter follows: the name of a firm."""
    return view.plain[end : end + 1] == " " and view.source[end + 1 : end + 2].isupper()
