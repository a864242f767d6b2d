"""Full names of people, where a word before them or a number beside them leaves no doubt."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kiemtin.questions.masking.banks import BANK
from kiemtin.questions.masking.kind import Kind
from kiemtin.questions.masking.phrases import listed
from kiemtin.questions.masking.view import HIDDEN, Find, View

# With their tones: Trân trọng, Mắc bệnh and Quận Bình Tân are no people.
_FAMILIES = (
    "an âu bạch bùi cao châu chu chử cù cung đàm đặng danh đào đậu diệp đinh đỗ đoàn dương giang hà hồ hoàng hồng "
    "hứa huỳnh kha khổng khuất khương kiều kim la lại lâm lê liêu lò lỗ lương lưu lý lí mạc mai nghiêm ngô nguyễn "
    "nguyển ninh nông phạm phan phí phùng quách sơn tạ tăng thạch thái tiêu tô tôn tống trần triệu trịnh trương từ "
    "vi võ vũ vương lã doãn đồng giáp khúc lục nhữ thân thiều tòng giàng sùng thào"
)
_TONED = frozenset(_FAMILIES.split(" "))
_TONELESS = frozenset(View(_FAMILIES).plain.split(" "))
# The others are common words too: after "anh" they need two more syllables.
_SURE = "bui dang dinh doan duong hoang huynh le luong nghiem ngo nguyen pham phan phung quach tran trinh truong vo vu"
_HARDLY_OTHERS = frozenset({"bui", "hoang", "huynh", "le", "ngo", "nguyen", "pham", "phan", "tran", "trinh"})
_SURE_FAMILIES = frozenset(_SURE.split(" "))
PLACE = re.compile(
    r"(?:ha (?:noi|nam|giang|tinh|dong|long|tay|lan)|ho (?:chi minh|tay)|lam dong|thai (?:binh|nguyen|lan)|"
    r"cao (?:bang|lanh)|ly son|chu lai|phan (?:thiet|rang)|"
    r"vu han|la ma|mai (?:chau|linh)|do son|kim (?:son|lien)|"
    r"an (?:giang|do)|ninh (?:binh|thuan)|vi thanh|nghia lo|son (?:la|tay)|"
    r"ninh kieu|tu liem|thach that|"
    r"hong kong|bach mai|truong sa|dinh cong)(?![a-z])"
)
_CAPITALS = "".join(char for char in map(chr, range(0x41, 0x1F00)) if char.isupper())
_CAPITALISED = re.compile(rf"[{_CAPITALS}]\w{{1,6}}+")
_WORD = re.compile("[a-z]+")
_MORE = re.compile(r"(?: [a-z]{1,7}(?![a-z0-9])){1,4}")

_LABEL = (
    r"(?:ho (?:va )?ten|(?<!mang )ten(?: (?:toi|em|minh|tui|tao|con|chau|nguoi ta|no|day du|that|khach hang|nguoi nhan|"
    r"tai khoan|tk|vi|lai|thi)| tren (?:momo|zalo|vi|tk|app|the|fb|face)|"
    r"(?: [a-z]{1,7}){1,4}(?= ?:))?|"
    r"chu (?:tai khoan|tk|the|stk|so huu)|ctk|nguoi (?:nhan|thu huong|gui|mua|lien he|ban)(?: lai)?|"
    r"quy khach|khach hang|benh nhan|"
    r"(?:tai khoan|s?tk|the|sim|so|vi) (?:mang|dung) ten|nguoi dung ten|kinh gui|ben [ab](?=:)|"
    r"(?:don hang|s?tk|sdt|zalo|momo) cua|la ca nhan|"
    r"(?:toi|em|minh|chau|tui|tao|(?:con|vo|chong|me|bo|ba|chau) (?:toi|em|minh|tui|chi|anh|no|nha))(?= la )|"
    r"i am|says (?:he|she) is|my name is|baby|sister|brother|"
    r"full name|name|account holder|holder|beneficiary|cardholder|ung vien|"
    r"(?:tu )?xung(?: (?:danh|ten|la))?) {0,2}[:=\-.]? {0,2}(?:la:? )?(?:anh |chi |ong |ba |em )?"
)
_GAP = r"(?:[ ,:;(\-|/]|\.(?! )){1,4}"
_AFTER_NUMBER = (
    rf"{HIDDEN}(?:{_GAP}(?:{BANK}{_GAP})?|\n{BANK} ?[\-:|,/(] ?)(?:cua )?(?:(?:ong|ba|anh|chi|em|gap|ten|a|c|e) )?"
)
_BEFORE = re.compile(
    rf"(?:(?<![a-z0-9])(?P<label>{_LABEL})|(?P<number>{_AFTER_NUMBER})|"
    rf"(?<![a-z0-9])(?P<form>anh|chi|em|chau|co|chu|be|ban|cau|di|tai xe|hs|hoc sinh|bn|thay|co giao|con|con trai|"
    rf"con gai|(?:vo|chong) (?:toi|em|minh|anh|tui)|lai xe|named|"
    rf"called|driver|phu huynh|chu (?:quan|shop|nha|tiem|hang)|nan nhan|hang xom|sinh vien|hoc vien|"
    rf"nhan vien|recruiter|neighbou?r|landlord|landlady|aunt|uncle|friend|cousin|(?:mr|mrs|ms|miss)\.?) )\Z"
)
_REACH = 40
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
_LINE_AFTER = re.compile(rf" ?\n{_SIGNS}{_CONTACT}{_SIGNS}{HIDDEN}")
_LINE_BEFORE = re.compile(rf"{HIDDEN}[ .,]{{0,2}}\n(?:[ a-z:]{{0,16}}{BANK}[^\n{HIDDEN}]{{0,12}}\n)?\Z")
_SMALL = re.compile(
    rf"(?:chu (?:tai khoan|tk|the|stk)|ctk|ho (?:va )?ten) {{0,2}}[:=\-.]? {{0,2}}(?:la:? )?"
    rf"(?P<name>(?:{'|'.join(sorted(_TONELESS))}) [a-z]{{1,7}} [a-z]{{1,7}})(?![a-z0-9])"
)
# Most people's middle names: with one between, capitals are a holder's, as banks write them.
_MIDDLES = frozenset(
    listed("""
    van, thi, huu, duc, minh, ngoc, quoc, thanh, xuan, quang, hong, thu, kim, dinh, cong, manh, my, phuong, bich, tuan,
    trong, gia, bao, hoang, khanh, nhat, tan, thuy, tuyet, viet, phuoc, dang, the, nhu, hai, anh
    """)
)
_NO_PARTICLE = (
    r"(?!(?:nhe|nha|a|ak|voi|va|la|o|so|stk|sdt|tk|co|bi|nay|lua|gui|nhan|ck|ngan|ben|cho|roi|luon|dung|khong|ko|k)"
    r"(?![a-z]))"
)
# After a shorter word for it, with the middle name.
_SMALL_NAMED = re.compile(
    rf"(?<![a-z0-9])(?:ten|tn)(?: (?:tk|la|em|no|tren momo))?[ :]{{1,2}}"
    rf"(?P<name>(?:{_SURE.replace(' ', '|')}) (?:van|thi) [a-z]{{1,7}}(?: {_NO_PARTICLE}[a-z]{{1,7}})?)(?![a-z0-9])"
)
# All in small letters, beside a number that has been found: only with the middle name that most have.
_SMALL_BESIDE = re.compile(
    rf"{_AFTER_NUMBER}(?P<name>(?:{_SURE.replace(' ', '|')}) (?:van|thi) [a-z]{{1,7}})(?![a-z0-9])"
)


def names(view: View) -> Iterator[Find]:
    """Find names after a label or a form of address, and beside personal numbers that have been found."""
    last = 0
    for first in _CAPITALISED.finditer(view.source):
        start = first.start()
        if start < last or not is_family(first[0]) or PLACE.match(view.plain, start):
            continue
        end, syllables = _extent(view, first)
        if syllables >= _least(view, start, end):
            last = end
            yield Find(start, end, Kind.NAME)
    for pattern in (_SMALL, _SMALL_NAMED, _SMALL_BESIDE):
        for match in pattern.finditer(view.plain):
            name = view.source[slice(*match.span("name"))]
            if name.islower() and is_family(name.split(" ")[0]):
                yield Find(*match.span("name"), Kind.NAME)


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
    count = next((i for i, word in enumerate(words) if not word[0].isupper()), len(words))
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
    has_middle = middle in (["van"], ["thi"]) or (
        view.source[start:end].isupper() and _MIDDLES.issuperset(middle[:1] or "-")
    )
    beside = 2 if family in _SURE_FAMILIES or has_middle or not view.source[start:end].isascii() else never
    begin = max(0, start - _REACH)
    if beside == 2 and (_AFTER.match(view.plain, end) or _is_line_beside(view, start, end)):
        return 2
    before = _BEFORE.search(view.plain[begin:start])
    if not before:
        return never
    if before["label"]:
        return 2
    if before["number"]:
        return beside
    if view.source[begin + before.start("form") : begin + before.end("form")].lower().rstrip(".") not in _FORMS:
        return never
    return 2 if family in _SURE_FAMILIES else 3


def _is_line_beside(view: View, start: int, end: int) -> bool:
    """Whether the name is a line of its own, beside the line of a number."""
    begins = _LINE_BEGINS.search(view.plain[:start] if start < _REACH else view.plain[start - _REACH : start])
    if not begins or view.plain[end : end + 1] not in {"", "\n"}:
        return False
    before = _LINE_BEFORE.search(view.plain[max(0, start - _REACH) : begins.start() + 1 + max(0, start - _REACH)])
    return before is not None or _LINE_AFTER.match(view.plain, end) is not None
