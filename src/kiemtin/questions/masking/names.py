"""Full names of people, where a word before them or a number beside them leaves no doubt."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kiemtin.questions.masking.banks import BANK
from kiemtin.questions.masking.callings import (
    REACH,
    are_syllables,
    goes_on,
    is_aged,
    is_called,
    is_doing,
    is_in_a_field,
    is_joined,
    is_listed,
    is_of_a_place,
    is_public,
    is_signed,
    speaks_of_a_list,
)
from kiemtin.questions.masking.famous import FAMOUS
from kiemtin.questions.masking.kind import Kind
from kiemtin.questions.masking.phrases import listed
from kiemtin.questions.masking.view import HIDDEN, HIDDEN_NAME, Find, View

# With their tones: Trân trọng, Mắc bệnh and Quận Bình Tân are no people.
_FAMILIES = (
    "an âu bạch bùi cao châu chu chử cù cung đàm đặng danh đào đậu diệp đinh đỗ đoàn dương giang hà hồ hoàng hồng "
    "hứa huỳnh kha khổng khuất khương kiều kim la lại lâm lê liêu lò lỗ lương lưu lý lí mạc mai nghiêm ngô nguyễn "
    "nguyển ninh nông phạm phan phí phùng quách sơn tạ tăng thạch thái tiêu tô tôn tống trần triệu trịnh trương từ "
    "vi võ vũ vương lã doãn đồng giáp khúc lục nhữ thân thiều tòng giàng sùng thào"
)
# Other words too: families only with the middle name that most have.
_WITH_MIDDLE = frozenset(
    listed("""
    bế, điểu, hầu, vàng, mùa, chảo, phàn, tẩn, lù, lầu, hờ, quàng, cầm, đèo, ngân, hạng, cứ, lang, cấn, lường,
    nhâm, khiếu, sái, tào, đái, nguỵ, ngụy, nhiêu, tiết, hàn, mã, mông, ung, mẫn, doanh, viên, trà, chế, lều,
    hạp, nùng
    """)
)
_NO_FAMILY = frozenset(
    listed("siêu, đô, thành, bà, cô, chị, em, cháu, bé, cận, thiểu, yết, chỉ, nhất, thủ, phụ, thím, bác, dì, cụ, mẹ")
)
_SURE_MIDDLE = re.compile(r" (?:Văn|VĂN|A) (?=\w)")
_THI = re.compile(r" (?:Thị|THỊ) (?=\w)")
_TONED = frozenset(_FAMILIES.split(" "))
_TONELESS = frozenset(View(_FAMILIES).plain.split(" "))
# The others are common words too: after "anh" they need two more syllables.
_SURE = "bui dang dinh doan duong hoang huynh le luong nghiem ngo nguyen pham phan phung quach tran trinh truong vo vu"
_HARDLY_OTHERS = frozenset({"bui", "hoang", "huynh", "le", "ngo", "nguyen", "pham", "phan", "tran", "trinh"})
_SURE_FAMILIES = frozenset(_SURE.split(" "))
PLACE = re.compile(
    r"(?:ha (?:noi|nam|giang|tinh|dong|long|tay|lan)|ho (?:chi minh|tay)|lam dong|thai (?:binh|nguyen|lan)|"
    r"cao (?:bang|lanh)|ly son|chu lai|phan (?:thiet|rang)|vu han|la ma|mai (?:chau|linh)|do son|kim (?:son|lien)|"
    r"an (?:giang|do)|ninh (?:binh|thuan)|vi thanh|nghia lo|son (?:la|tay)|"
    r"ninh kieu|tu liem|thach that|hong kong|chu thap|tran to quoc|bach mai|truong sa|dinh cong)(?![a-z])"
)
_CAPITALS = "".join(char for char in map(chr, range(0x41, 0x1F00)) if char.isupper())
_CAPITALISED = re.compile(rf"[{_CAPITALS}]\w{{1,6}}+")
_WORD = re.compile("[a-z]+")
_MORE = re.compile(r"(?: [a-z]{1,7}(?![a-z0-9])){1,4}")

_LABEL = (
    r"(?:ho (?:va )?ten|(?<!mang )ten(?:\)| (?:ca nhan|chu|that(?: la)?|goi(?: la)?|toi|em|minh|tui|tao|con|chau|"
    r"nguoi ta|no|day du|that|khach hang|nguoi nhan|tai khoan|tk|vi|lai|thi)| tren (?:momo|zalo|vi|tk|app|the|fb|"
    r"face)|(?: [a-z]{1,7}){1,4}(?= ?:))?|chu (?:(?:tai khoan|tk|the|stk)(?: deu)?|so huu)|ctk|nguoi (?:"
    r"nhan|thu huong|gui|mua|lien he|ban|dang|lam don|to cao|khai|viet don|ky|chuyen|huong|yeu cau|vay|"
    r"bao lanh|dat|dai dien)(?: lai| la)?|quy khach|khach hang|benh nhan|"
    r"(?:tai khoan|s?tk|the(?: atm| ngan hang)?|sim|so|vi|don|hop dong) (?:mang|dung) ten|nguoi dung ten|kinh gui|"
    r"ben [ab](?=:)|"
    r"(?:don hang|s?tk|sdt|zalo|momo) cua|la ca nhan|(?:toi|em|minh|chau|tui|tao|(?:con|vo|chong|me|bo|ba|"
    r"chau) (?:toi|em|minh|tui|chi|anh|no|nha))(?= la )|i am|says (?:he|she) is|my name is|baby|sister|brother|"
    r"full name|name|account holder|holder|beneficiary|cardholder|ung vien|"
    r"(?:tu )?xung(?: (?:danh|ten|la))?) {0,2}[:=\-.]? {0,2}(?:la:? )?(?:anh |chi |ong |ba |em )?"
)
_GAP = r"(?:[ ,:;()\-|/]|\.(?! )){1,4}"
_AFTER_NUMBER = (
    rf"{HIDDEN}(?:{_GAP}(?:(?:(?:mo )?(?:tai|o)|cua|ben|thuoc|qua) )?(?:{BANK}(?: ?\([a-z ]{{2,12}}\))?{_GAP})?|"
    rf"\n{BANK} ?[\-:|,/(] ?)(?:cua )?(?:(?:ong|ba|anh|chi|em|gap|ten|a|c|e) )?"
)
_HELD = rf"{HIDDEN}[^\n{HIDDEN}]{{0,30}}(?<![a-z])(?:mang|dung|co) ten "
_BEFORE = re.compile(
    rf"(?:(?<![a-z0-9])(?P<label>{_LABEL})|(?P<number>{_AFTER_NUMBER}|{_HELD})|"
    rf"(?<![a-z0-9])(?P<form>anh|chi|em|chau|co|chu|be|ban|cau|di|tai xe|hs|hoc sinh|bn|thay|co giao|con|con trai|"
    rf"con gai|(?:vo|chong) (?:toi|em|minh|anh|tui)|lai xe|named|called|driver|phu huynh|chu (?:quan|shop|nha|tiem|"
    rf"hang)|nan nhan|hang xom|sinh vien|hoc vien|nhan vien|recruiter|neighbou?r|landlord|landlady|aunt|uncle|friend|"
    rf"cousin|(?:mr|mrs|ms|miss)\.?) )\Z"
)
_REACH = 40
_NEAR = 8
_HIGHLAND = frozenset({"ly", "giang", "sung", "vang", "ma", "thao", "lo", "mua", "hang", "cu", "trang"})
_NO_VOWEL = re.compile(r"[BCDGHKLMNPQRSTVX]{2,}")  # STK, VCB
# Beside such a number somebody is no public figure, if no title says so.
_PERSONAL = frozenset(
    {
        Kind.PHONE,
        Kind.ACCOUNT,
        Kind.ID_NUMBER,
        Kind.CARD,
        Kind.PASSPORT,
        Kind.PLATE,
        Kind.TAX_CODE,
        Kind.EMAIL,
        Kind.ADDRESS,
    }
)
_PERSONAL_NEAR = 120  # characters from the number to the name
_OFTEN_WORDS = frozenset({"trong", "cong", "thu", "bao", "the", "nhu", "gia", "dang", "tan", "hai", "anh", "hong"})
# Labels that tell the name of a school or a firm too.
_OF_OTHERS = re.compile(
    r"ten (?:[a-z]+ ){0,2}(?:truong|duong|pho|cau|cty|ty|vien|quan|phuong|xa|san|phim|sach|tau)|khach hang"
)
_PUPILS = frozenset({"hoc sinh", "sinh vien", "hs", "phu huynh", "hoc vien"})
_PAIR = 2  # syllables of a street's name as often as of a person's
# Without their tone some of these are other words: có, chủ, chú, ban.
_FORMS = frozenset({
    "anh", "chị", "chi", "em", "cháu", "cô", "chú", "bé", "bạn", "cậu", "dì", "tài xế", "tai xe", "hs", "học sinh",
    "hoc sinh", "bn", "thầy", "cô giáo", "con", "con trai", "con gái", "mr", "mrs", "ms", "miss", "named", "called",
    "driver", "phụ huynh", "phu huynh", "chủ quán", "chủ shop", "chu shop", "chủ nhà", "chu nha", "chủ tiệm",
    "chủ hàng", "nạn nhân", "nan nhan", "hàng xóm", "hang xom", "sinh viên", "sinh vien", "học viên", "hoc vien",
    "nhân viên", "nhan vien", "recruiter", "neighbour", "neighbor", "landlord", "landlady", "aunt", "uncle", "friend",
    "cousin", "vợ tôi", "vợ em", "vợ mình", "vợ anh", "vợ tui", "chồng tôi", "chồng em", "chồng mình", "chồng tui",
    "vo toi", "vo em", "vo minh", "chong toi", "chong em", "chong minh", "lái xe", "lai xe",
})  # fmt: skip
_CONTACT = (
    r"(?:(?:sdt|so dien thoai|dien thoai|dt|tel|phone|zalo|lh|stk|so tai khoan|tk|cccd|cmnd|email|mail|so|"
    r"id(?: (?:number|no|card))?|passport|ho chieu|mst)[ :.]{1,3})?"
)
# Nguyễn Văn Mẫu, SN 1990, CCCD …
_BORN = r"[ ,(\-]{1,3}(?:sn|sinh (?:nam|ngay)|ns|born)[ :.]{0,2}[\d/.\-\x01]{4,10}\)?"
_AFTER = re.compile(rf"(?:{_GAP}|{_BORN}[ .,;\-]{{0,2}}\n?[ \-]{{0,2}}){_CONTACT}{HIDDEN}")
# A name that is a line of its own, beside the line of a number.
_SIGNS = rf"[^\w\n{HIDDEN}]{{0,4}}"
_LINE_BEGINS = re.compile(rf"(?:\n|\A){_SIGNS}\Z")
_LINE_AFTER = re.compile(rf" ?\n{_SIGNS}(?:{_CONTACT}|{BANK} ?\n){_SIGNS}{HIDDEN}")
_LINE_BEFORE = re.compile(rf"{HIDDEN}[ .,]{{0,2}}\n(?:[ a-z:]{{0,16}}{BANK}[^\n{HIDDEN}]{{0,12}}\n)?\Z")
_SMALL = re.compile(
    rf"(?:chu (?:tai khoan|tk|the|stk)(?: deu)?|ctk|ho (?:va )?ten) {{0,2}}[:=\-.]? {{0,2}}(?:la:? )?"
    rf"(?P<name>(?:{'|'.join(sorted(_TONELESS))}) [a-z]{{1,7}} [a-z]{{1,7}}"
    rf"(?: [a-z]{{1,7}}(?= ?[,;:(/\n{HIDDEN}\-]|\Z))?)(?![a-z0-9])"
)
_SMALL_HOLDER = re.compile(
    rf"(?<![a-z0-9])(?P<name>(?:{_SURE.replace(' ', '|')}) [a-z]{{2,7}} [a-z]{{2,7}}) dung ten(?![a-z])"
)
# Most people's middle names: with one between, capitals are a holder's, as banks write them.
_MIDDLES = frozenset(
    listed("""
    van, thi, huu, duc, minh, ngoc, quoc, thanh, xuan, quang, hong, thu, kim, dinh, cong, manh, my, phuong, bich, tuan,
    trong, gia, bao, hoang, khanh, nhat, tan, thuy, tuyet, viet, phuoc, dang, the, nhu, hai, anh
    """)
)
_NO_PARTICLE = (
    r"(?!(?:nhe|nha|a|ak|voi|va|la|o|so|stk|sdt|tk|co|bi|nay|lua|gui|nhan|ck|ngan|ben|cho|roi|luon|dung|khong|ko|k|"
    r"qua|thi|ma|de|vao|vo|luc|hom|nhung|nen|chua|hay|no|em|da|dang|o|nha)"
    r"(?![a-z]))"
)
# Families that are hardly other words, with middle names that are none either.
_SMALL_NAME = (
    rf"(?:(?:(?<!ten )|(?!do thi))"
    rf"(?:{_SURE.replace(' ', '|')}|do|ho|ly|mai|cao|ta|luu|dao|lai|quach|to|ton) (?:van|thi)|"
    r"(?:nguyen|huynh|pham|trinh|hoang|ngo|vu|ng) "
    r"(?:duc|huu|ngoc|quoc|thanh|xuan|quang|hong|kim|dinh|thu|bich|thuy|tuyet|phuoc|viet|khanh|thi|van)|"
    r"(?:tran|le|bui) (?:duc|huu|ngoc|quoc|bich|thuy|tuyet|phuoc|viet|khanh)) [a-z]{2,7}"
)
_SMALL_NAMED = re.compile(
    rf"(?<![a-z0-9])(?:(?:ten|tn)(?: (?:tk|la|em|no|tren momo))?|(?:toi|minh|em|tui|chau) (?:la|"
    rf"ten)(?: la)?)[ :]{{1,2}}"
    rf"(?P<name>{_SMALL_NAME}(?: {_NO_PARTICLE}[a-z]{{1,7}})?)(?![a-z0-9])"
)
# Not đang thi, phân vân, đoạn văn, lương thì, which are spelt like the others without their tones.
_SMALL_CALLED = re.compile(
    r"(?<![a-z0-9])(?:cho|thang|con|anh|chi|em|chau|be|vo|chong|(?:nguoi|ng) (?:nhan|gui)|chu tk)[ :]{1,2}"
    r"(?P<name>(?:(?:nguyen|pham|huynh|hoang|trinh|ngo|le) (?:van|thi)|(?<=nhan )(?:bui|vu|vo|dang) thi|(?:bui|vu|"
    r"tran|vo|luong|truong|dinh) van|"
    r"(?<=thang )(?:nguyen|huynh|trinh|tran|le|bui|hoang|vu) (?:duc|huu|ngoc|quoc|viet|khanh|phuoc)) [a-z]{2,7}"
    rf"(?: {_NO_PARTICLE}[a-z]{{2,7}})?)(?![a-z0-9])"
)
# All in small letters, beside a number that has been found: only with the middle name that most have.
_SMALL_BESIDE = re.compile(rf"{_AFTER_NUMBER}(?P<name>{_SMALL_NAME})(?![a-z0-9])")


def names(view: View) -> Iterator[Find]:
    """Find names after a label or a form of address, and beside personal numbers that have been found."""
    last, has_list = 0, speaks_of_a_list(view.plain)
    for first in _CAPITALISED.finditer(view.source):
        start = first.start()
        if start < last or not _begins_name(view, first) or PLACE.match(view.plain, start):
            continue
        end, syllables = _extent(view, first)
        is_told = syllables > _PAIR and (
            _is_next(view, last, start) or (has_list and is_listed(view.plain, start, end))
        )
        if syllables >= _least(view, start, end) or _is_somebody(view, start, end, syllables, is_told=is_told):
            last = end
            yield Find(start, end, Kind.NAME)
    for pattern in (_SMALL, _SMALL_NAMED, _SMALL_CALLED, _SMALL_BESIDE, _SMALL_HOLDER):
        for match in pattern.finditer(view.plain):
            name = view.source[slice(*match.span("name"))]
            if name.islower() and is_family(name.split(" ")[0]):
                yield Find(*match.span("name"), Kind.NAME)


def _begins_name(view: View, first: re.Match[str]) -> bool:
    """Whether a word is a family's name, by itself or with what follows."""
    family, source, end = first[0].lower(), view.source, first.end()
    if _THI.match(source, end) and family not in _NO_FAMILY:
        return True
    return is_family(family) or (family in _WITH_MIDDLE and _SURE_MIDDLE.match(source, end) is not None)


def is_family(word: str) -> bool:
    """Whether it is the name of a family, with its tones or with none at all."""
    lower = word.lower()
    return lower in _TONED or (lower.isascii() and lower in _TONELESS)


def is_holder(words: str) -> bool:
    """Whether words are a name: in capitals, or in small letters with a family that is hardly another word."""
    first, *others = words.split(" ")
    family = View(first).plain
    if all(word[0].isupper() for word in (first, *others)):
        is_said_loud = words.isupper() and not words.isascii()  # TĂNG TRƯỞNG MẠNH
        return is_family(first) and (not is_said_loud or family in _SURE_FAMILIES)
    is_name = family in _HARDLY_OTHERS or (others[0] in {"văn", "van", "thị", "thi"} and len(others) > 1)
    return words.islower() and is_family(first) and is_name


def _extent(view: View, first: re.Match[str]) -> tuple[int, int]:
    """Where the capital letters end, and how many syllables that is."""
    more = _MORE.match(view.plain, first.end())
    words = [view.source[slice(*word)] for word in _spans(more)]
    is_loud = first[0].isupper()
    ends = (not word[0].isupper() or (is_loud and _NO_VOWEL.fullmatch(word)) for word in words)
    count = next((i for i, is_end in enumerate(ends) if is_end), len(words))
    if count == len(words) == 4 and "".join(words).isupper():
        count = 2  # all is in capitals, and what follows the usual three syllables is text
    end = _spans(more)[count - 1][1] if count else first.end()
    return end, 1 + count


def _spans(more: re.Match[str] | None) -> list[tuple[int, int]]:
    if more is None:
        return []
    return [(more.start() + word.start(), more.start() + word.end()) for word in _WORD.finditer(more[0])]


def _least(view: View, start: int, end: int) -> int:
    """How many syllables make it sure that this is a person's full name."""
    never = 99
    family = view.plain[start:end].split(" ")[0]
    # Without tones Do, An, To are English words too, and a number beside them is not enough.
    middle = view.plain[start:end].split(" ")[1:-1]
    has_middle = (
        middle in (["van"], ["thi"])
        or (middle == ["a"] and family in _HIGHLAND)
        or (view.source[start:end].isupper() and _MIDDLES.issuperset(middle[:1] or "-"))
    )
    beside = 2 if family in _SURE_FAMILIES or has_middle or not view.source[start:end].isascii() else never
    begin = max(0, start - _REACH)
    if beside == 2 and _is_beside_number(view, start, end):
        return 2
    before = _BEFORE.search(view.plain[begin:start])
    if not before:
        return never
    if before["label"] or before["number"]:
        is_other = before["label"] and _OF_OTHERS.match(before["label"]) and view.plain[start:end] in FAMOUS
        return never if is_other else 2 if before["label"] else beside
    if view.source[begin + before.start("form") : begin + before.end("form")].lower().rstrip(".") not in _FORMS:
        return never
    is_pupil = before["form"] in _PUPILS and view.plain[start:end] in FAMOUS  # of a school that is called so
    if is_pupil or _is_place_or_famous(view, start, end, middle):
        return never
    return 2 if family in _SURE_FAMILIES else 3


def _is_beside_number(view: View, start: int, end: int) -> bool:
    """Whether a number follows the name, or stands in the line above or below; and no street is called by it."""
    if is_of_a_place(view.plain[max(0, start - REACH) : start]):
        return False
    name = view.source[start:end]
    if name.isascii() and not name.isupper() and not are_syllables(view.plain[start:end]):
        return False
    return _AFTER.match(view.plain, end) is not None or _is_line_beside(view, start, end)


def _is_place_or_famous(view: View, start: int, end: int, middle: list[str]) -> bool:
    """Whether it is a street, a school, a firm or somebody whom everybody speaks of."""
    name, plain = view.source[start:end], view.plain[start:end]
    # With such a middle name there are too many who are called almost like somebody famous.
    if plain in FAMOUS and (name.isascii() or middle not in (["van"], ["thi"])):
        return True
    return (name.isascii() and not are_syllables(plain)) or (goes_on(view, end) and not name.isupper())


def _is_somebody(view: View, start: int, end: int, syllables: int, *, is_told: bool) -> bool:
    """Whether somebody is called by a name, signs with it, is told the age of, or stands beside a number.

    Parameters
    ----------
    is_told
        Whether names stand before it that have been found, or it is one in a list of those who gave something.
    """
    plain = view.plain
    name, before = plain[start:end], plain[max(0, start - REACH) : start]
    if syllables < _PAIR or name in FAMOUS or not are_syllables(name):
        return False
    if goes_on(view, end) and not view.source[start:end].isupper():
        return False
    is_full = syllables > _PAIR
    if is_full or name.split(" ")[0] in _SURE_FAMILIES:
        is_told = is_told or is_called(before, view.source[max(0, start - REACH) : start])
    if is_told or not is_full:
        return is_told
    if is_signed(before, plain, end) or is_aged(before, plain, end) or is_in_a_field(before):
        return True
    is_private = (view.holds(_PERSONAL) and _is_near_number(plain, start, end)) or is_doing(plain, end)
    return is_private and _is_full(view.source[start:end], name) and not is_public(before, plain, end)


def _is_near_number(plain: str, start: int, end: int) -> bool:
    """Whether a number has been found in the same line, and not far away."""
    first = plain.rfind("\n", max(0, start - _PERSONAL_NEAR), start) + 1 or max(0, start - _PERSONAL_NEAR)
    last = plain.find("\n", end, end + _PERSONAL_NEAR)
    return plain.find(HIDDEN, first, last if last >= 0 else end + _PERSONAL_NEAR) >= 0


def _is_next(view: View, last: int, start: int) -> bool:
    """Whether a name that has been found stands before, with nothing but a joint between."""
    hidden = view.plain.rfind(HIDDEN_NAME, max(0, start - _NEAR), start) + 1
    return is_joined(view.plain, max(last, hidden), start) and max(last, hidden) > 0


def _is_full(name: str, plain: str) -> bool:
    """Whether it is written as names of people are, with a family that is hardly another word or with a middle name."""
    family, middle, *_ = plain.split(" ")
    if middle in {"van", "thi"}:
        return True
    if name.isupper():
        return family in _HARDLY_OTHERS and middle in _MIDDLES - _OFTEN_WORDS
    return family in _SURE_FAMILIES or middle in _MIDDLES


def _is_line_beside(view: View, start: int, end: int) -> bool:
    """Whether the name is a line of its own, beside the line of a number."""
    begins = _LINE_BEGINS.search(view.plain[:start] if start < _REACH else view.plain[start - _REACH : start])
    if not begins or view.plain[end : end + 1] not in {"", "\n"}:
        return False
    before = _LINE_BEFORE.search(view.plain[max(0, start - _REACH) : begins.start() + 1 + max(0, start - _REACH)])
    return before is not None or _LINE_AFTER.match(view.plain, end) is not None
