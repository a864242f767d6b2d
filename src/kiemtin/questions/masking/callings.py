"""Words that call somebody by name, though others follow them too: a name after them must be whole and not famous."""

from __future__ import annotations

import re

from kiemtin.questions.masking.phrases import listed
from kiemtin.questions.masking.view import View

_KIN = (
    r"vo|chong|me|ma|bo|ba|cha|tia|con(?: (?:trai|gai|ut|dau|re))?|chau(?: (?:trai|gai|noi|ngoai))?|"
    r"anh(?: (?:trai|ho|re|ruot))?|chi(?: (?:gai|ho|dau|ruot))?|em(?: (?:trai|gai|ho|dau|re|ruot))?|"
    r"(?:ong|ba) (?:noi|ngoai)|di|cau|chu|co|bac|mo|thim|duong|ban(?: (?:trai|gai|than|hoc|cung lop))?|"
    r"nguoi (?:yeu|nha|than|quen)|sep|chu nha|hang xom|dong nghiep|nhan vien|giao vien|shipper"
)
_WHOSE = r"toi|em|minh|tui|tao|anh|chi|chau|con|no|ban ay|co ay|anh ay|chung toi|nha (?:em|toi|minh)"
_ROLES = (
    r"admin|chu (?:nhom|page|kenh|quan|shop|tiem|hui|no|tro|xe|tai khoan)|truong nhom|thu quy|ke toan|quan ly|"
    r"ke (?:lua dao|gian|cam dau)|nguoi (?:to cao|cam dau|quen|phu trach|lap|lien he|bi hai|yeu|dan ong|phu nu|nay|do)"
)
_PERSONS = (
    r"thang|con|lao|ga|mu|cu|cu ong|cu ba|be (?:trai|gai)|chau be|co gai|chang trai|nam thanh nien|thanh nien|nu sinh|"
    r"nam sinh|san phu|thai phu|cong nhan|giao vien|ke toan|thu quy|admin|moi gioi|thanh vien|bi hai|"
    r"khach(?: hang)?|ban doc|doc gia|truong (?:thon|ban|ap|nhom)|chu ho|dai dien|nguoi (?:mat|benh|lap)|dua|"
    r"nhan chung|"
    r"nghi pham|benh nhi|nguoi (?:phu nu|dan ong|dan ba|thanh nien|bi hai|than|quen)|con no|gia dinh|shipper|"
    r"nhan vien(?: (?:tu van|ngan hang|giao hang|bao ve|y te|cskh|ban hang|thu ngan|kinh doanh|moi gioi))?|"
    r"hoc sinh|sinh vien|benh nhan|nan nhan|chu tai khoan|vo chong(?: (?:anh|chi|chu|co))?|me con(?: (?:chi|co|em))?"
)
_ACCOUNTS = r"tai khoan|nick|trang ca nhan|user|acc|fb|face(?:book)?|zalo|tiktok|telegram|tele|messenger"
MINE = (
    r"husband|wife|son|daughter|mother|father|mom|mum|dad|brother|sister|aunt|uncle|cousin|niece|nephew|grand(?:mother|"
    r"father|ma|pa|son|daughter)|teacher|boss|assistant|secretary|caretaker|neighbou?r|colleague|classmate|coworker|"
    r"friend|roommate|landlord|landlady|manager|employee|student|tenant|client|customer|nanny|maid|driver"
)
_CALLED = re.compile(
    r"(?<![a-z0-9])(?:"
    rf"(?:{_KIN}) (?:{_WHOSE})(?: (?:la|ten|ten la))?[ ,:(]{{1,3}}|"
    rf"(?:{_KIN}|{_ROLES})(?: (?:{_WHOSE}))? (?:ten )?(?:la|ten) |(?:{_PERSONS})(?: (?:ten(?: that)?(?: la)?|"
    rf"la))?,? |(?:{_ACCOUNTS})(?: (?:fb|face(?:book)?|zalo|mang ten|cua|ten|co ten|la|"
    rf"ca nhan)){{0,3}}[ :]{{1,2}}[\"“”'(]?|"
    r"(?:gui|thua|(?:kinh|xin) chao|chao|hi|hello|dear|alo)(?: (?:anh|chi|em|co|chu|bac|ban|quy khach))?[ ,:]{1,2}|"
    r"(?:quen|biet|gap) (?:anh |chi |em |ban |ai ten )?|(?:ck|chuyen(?: khoan| tien)?|gui(?: tien)?|nop|tra|dua|"
    r"nap)(?: tien)? (?:cho|toi|den) |"
    r"(?:(?:this|it) is|i am|i'm|my name(?:'s| is)?|(?:her|his|their|whose|the|real|full|with) name(?:'s| is)?|"
    r"(?:some(?:one|body)|man|woman|guy|girl|boy|lady|person|named|called)(?: (?:named|called))?|named|"
    r"(?:please )?contact|ask for|pay|payee|payable to|(?:in|under) the name(?: of)?|name of|"
    r"(?:recipient|receiver|sender|payer|payee|customer|client|patient|student|employee|user)(?:'s)?(?: name)?(?: is)?|"
    r"signed(?: by)?|(?:posted|shared|sent|written) by|(?:facebook|fb|zalo) user|regards|nurse|teacher|officer|agent|"
    r"lawyer|victim|suspect|girl|boy|baby|little|missing(?: (?:child|girl|boy|person|man|woman|student))?|help|"
    r"posing as|"
    rf"(?:my|our|his|her|their) (?:{MINE})(?:'s name)?(?: is)?|according to|(?:owner|holder)(?: is)?|(?:transfer|"
    rf"wire|pay|belongs?|belonging) to|"
    r"name on (?:the|his|her|my|your) (?:account|card)(?: is)?|(?:run|led|managed|owned|held|filmed|reported) by|"
    r"(?:facebook|zalo|known|online) as|consultant|parcel for|parcel to|order for|assistant|(?:met|married|dated|"
    r"blocked)|"
    r"lists me as|cousin|friend|(?:transfer|money|message|sms|call|email|letter|request|text) from|mr|mrs|ms|"
    r"miss)[ :,.\-]{1,3})\Z"
)
# Without their tones the first words are others too: đường, tháng, bắc, mở.
_TONED = frozenset(
    listed("""
    vợ, chồng, mẹ, má, bố, bà, cha, tía, cháu, chị, ông, dì, cậu, chú, cô, bác, mợ, thím, dượng, bạn, người,
    sếp, hàng, đồng, nhân, giáo, chủ, trưởng, thủ, kế, quản, kẻ, thằng, lão, gã, mụ, bé, chàng, thanh, nữ,
    sản, thành, bị, bệnh, học, nạn, tài, trang, gửi, thưa, kính, chào, chuyển, nộp, trả, đưa, nạp, khách,
    môi, công, cụ, biết, gặp, đại, độc, đứa
    """)
)
# Where somebody signs; the name is the line.
_SIGNED = re.compile(
    r"(?<![a-z])(?:tran trong|than(?: men| ai)?|kinh (?:thu|don|bao)|nay kinh|nguoi (?:lam|viet) don|ky ten|regards|"
    r"sincerely|yours(?: truly| faithfully| sincerely)?|thanks|cheers|thank you)[,.:]{0,2} ?\n? ?\Z"
)
_LINE_ENDS = re.compile(r"[ .]{0,2}(?:\n|\Z|[(,\-])")
# Somebody's age: what nobody tells of streets and schools.
_AGED = re.compile(
    r"[ ,(\-]{1,3}(?:(?:sn|sinh(?: (?:nam|ngay))?|ns|born(?: in| on)?)[ :.]{0,2}(?:\d{1,2}[/.\-]\d{1,2}[/.\-])?(?:19|"
    r"20)\d\d|\d{1,3} ?(?:tuoi|t(?![a-z0-9])|years? old|yo(?![a-z]))|aged? \d|(?<=, )\d{1,2},)"
)
_BEFORE_AGED = re.compile(
    r"(?:\A|[.,:;(\"“”\n\-!?]|(?<![a-z])(?:va|gom|cua|la|ten|anh|chi|em|cu|be|chau|tim|co|voi|xin giup|giup|cuu|"
    r"gia dinh|nan nhan|benh nhan|doi tuong|tai xe|and|of|by|is|that))[ \d.]{0,4}\Z"
)
# Whom everybody speaks of, and what is called after them.
_TITLES = (
    r"tong bi thu|bi thu|(?:pho )?thu tuong|(?:pho )?chu tich|tong thong|(?:bo|thu|vien|cuc|vu) truong|dai bieu|"
    r"nghi si|(?:thieu|trung|thuong|dai) tuong|tuong|gs|pgs|ts|ths|giao su|tien si|thac si|bac si|bsi?|duoc si|"
    r"luong y|ca si|dien vien|nghe si|nghe nhan|nsnd|nsut|nhac si|nha (?:van|tho|bao|su hoc)|hoa si|(?:hoa|a) hau|"
    r"nguoi mau|mc|btv|dao dien|hlv|huan luyen vien|cau thu|(?:tien|hau) (?:dao|ve)|thu mon|vdv|van dong vien|"
    r"trong tai|vo si|vua|anh hung|liet si|danh tuong|doanh nhan|ty phu|(?:tong |pho )?giam doc|tgd|hieu truong|"
    r"luat su|phong vien|hoa thuong|thuong toa|dai duc|linh muc|giam muc|president|minister|chairman|professor|prof|"
    r"dr|doctor|singer|actor|actress|coach|striker|general|king|emperor|hero|poet|writer|billionaire|tiktoker|"
    r"youtuber|streamer|rapper"
)
_PLACES = (
    r"duong|pho|dai lo|quan|q|phuong|p|xa|huyen|tp|thanh pho|thi (?:xa|tran)|tinh|khu|kdc|kdt|khu (?:do thi|dan cu)|"
    r"truong|thpt|thcs|tieu hoc|mam non|dai hoc|dh|hoc vien|chuyen|lop|benh vien|bv|phong kham|chua|den|dinh|mieu|"
    r"nha tho|cau|cong vien|tuong dai|lang|quang truong|san(?: van dong| bay)?|nha (?:hat|hang|xuat ban)|bao tang|"
    r"thu vien|rap|cong ty|cty|tap doan|tnhh|cp|co phan|shop|tiem|khach san|ks|ben(?: xe)?|ga|cang|hem|ngo|ngach|"
    r"kiet|ho|song|nui|vong xoay|nga (?:tu|ba|nam|sau)|nga|ham|metro|toa nha|toa|chung cu|giai(?: thuong)?|"
    r"quy(?: hoc bong)?|cup|vu an|phim|vo(?: kich)?|kich|tuong|cai luong|doan|bai(?: hat)?|ca khuc|sach|truyen|"
    r"thuong hieu|o|gan|doi dien|noi dung|nd|"
    r"street|school|"
    r"university|hospital|bridge|park"
)
_PUBLIC = re.compile(
    rf"(?<![a-z])(?:(?:{_TITLES})(?:,? [a-z.]{{1,10}}){{0,3}}|(?:ong|ba)(?: [a-z]{{1,10}})?|"
    rf"(?:{_PLACES})(?: [a-z.]{{1,8}})?)[ :]? ?[\"“”'(]?\Z"
)
_OF_A_PLACE = re.compile(
    r"(?<![a-z])(?:duong|dai lo|quan|phuong|huyen|thi (?:xa|tran)|thpt|thcs|tieu hoc|mam non|dai hoc|hoc vien|"
    r"benh vien|cong vien|tuong dai|quang truong|nha hat|bao tang|cong ty(?: luat)?|cty|tap doan|tnhh|khach san|"
    r"vong xoay|nga tu|ubnd(?: phuong| xa)?|truong(?: thpt| thcs| tieu hoc)?|"
    r"(?:gan|canh|sau|truoc|trong|ngoai|o) cho) \Z"
)
_HOUSE = re.compile(r"\d[a-z]?,? ?\Z")
_TOWN = re.compile(r"[ ,\-]{1,3}(?:p|q|f|phuong|quan|huyen|tp|thanh pho|xa|thi xa|tx|district|ward|street)(?![a-z])|/")
# What happens to people whom nobody knows, and what they do.
_DOES = re.compile(
    r",? (?:dung ten|(?:dung ra )?(?:lap|keu goi|phu trach)|mat tich|di lac|that lac|bi (?:bat coc|lac|hack|"
    r"danh hoi dong)|nhan coc|bung (?:tien|hang)|"
    r"quyt (?:tien|no)|vo no|la ai|(?:hoc )?lop \d{1,2}(?:[a-z]\d{0,2})?|is missing|went missing|went viral)(?![a-z])"
)
_JOINED = re.compile(r"(?:,| ?[\-&+/]| va| voi| and)? ?\Z")
# What is told in a form: Đại diện nhóm: Vương Khả Ái.
_FIELD = re.compile(r"(?:\A|[.\n;,(\-\"“])[ \-]?(?P<field>[a-z]{2,12}(?: [a-z]{2,12}){0,3}) ?: ?\Z")
_OF_THE_FAMOUS = re.compile(
    rf"(?<![a-z])(?:{_TITLES}|{_PLACES}|tac gia|sang tac|nguon|theo|tuyen|doi hinh|trinh bay|the hien|danh sach|"
    rf"dia diem|"
    r"tai|den|nhan vat|author|source|by|starring|team|squad|place|venue)(?![a-z])"
)
# What each one gave, in a list.
_GAVE = re.compile(
    r"[ :\-=]{1,3}(?:ung ho |dong |gop |nop )?\d{1,3}(?:[.,]\d{3}){0,2} ?(?:k|tr|trieu|d|dong|vnd|cu)(?![a-z])"
)
_LISTS = re.compile(
    r"(?<![a-z])(?:danh sach|ds|donors?|donations?|ung ho|dong gop|quyen gop|hoc phi|quy lop|nop)(?![a-z])"
)
_BEFORE_LISTED = re.compile(r"(?:[:,;\n]|\d[.)])[ \-]{0,2}\Z")
# How a syllable can be written without its tone.
_SYLLABLE = re.compile(
    r"(?:ngh?|gh|gi|kh|ph|qu|th|tr|ch|nh|[bcdghklmnprstvxj])?[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?(?: |\Z)"
)
_ENGLISH = frozenset({"beach", "lane", "quay", "bay", "lake"})  # which could be some
_NEXT = re.compile(r" (?P<word>[a-z]{1,12})(?![a-z0-9])")
_JOINT_MOST = 8
REACH = 48
"""Characters before a name that are looked at."""


def is_called(before: str, source: str) -> bool:
    """Whether a text ends with a word that calls somebody, and none that is only spelt alike: đường, tháng, bắc.

    Parameters
    ----------
    before, source
        The text, folded and as it is.
    """
    called = _CALLED.search(before)
    if called is None:
        return False
    word = source[called.start() : called.end()].lower().split(" ")[0].strip(",:.")
    return (word.isascii() and word != "cu") or word in _TONED


def is_signed(before: str, plain: str, end: int) -> bool:
    """Whether a name stands where somebody signs."""
    return _LINE_ENDS.match(plain, end) is not None and _SIGNED.search(before) is not None


def is_aged(before: str, plain: str, end: int) -> bool:
    """Whether somebody's age or year of birth follows, and no title stands before."""
    return _AGED.match(plain, end) is not None and _BEFORE_AGED.search(before) is not None


def is_listed(plain: str, start: int, end: int) -> bool:
    """Whether a name is one of those who gave something: Danh sách ủng hộ: Lê Văn A 500k, Bùi B 1tr."""
    before = plain[max(0, start - _JOINT_MOST) : start]
    return _GAVE.match(plain, end) is not None and _BEFORE_LISTED.search(before) is not None


def is_doing(plain: str, end: int) -> bool:
    """Whether what follows a name is what people do or suffer whom nobody knows."""
    return _DOES.match(plain, end) is not None


def is_joined(plain: str, last: int, start: int) -> bool:
    """Whether nothing but a joint stands between the name before and this one."""
    return start - last < _JOINT_MOST and _JOINED.fullmatch(plain, last, start) is not None and last < start


def is_of_a_place(before: str) -> bool:
    """Whether a word before a name makes it that of a street, a school or a firm."""
    return _OF_A_PLACE.search(before) is not None


def is_in_a_field(before: str) -> bool:
    """Whether a name is what a form is filled in with."""
    field = _FIELD.search(before)
    return field is not None and not _OF_THE_FAMOUS.search(field["field"])


def is_public(before: str, plain: str, end: int) -> bool:
    """Whether a title, a place or the number of a house stands before a name, or a town follows."""
    return bool(_PUBLIC.search(before) or _HOUSE.search(before) or _TOWN.match(plain, end))


def speaks_of_a_list(plain: str) -> bool:
    """Whether the message holds a list of those who gave something."""
    return _LISTS.search(plain) is not None


def are_syllables(words: str) -> bool:
    """Whether all words can be Vietnamese ones."""
    return all(_SYLLABLE.fullmatch(word) and word not in _ENGLISH for word in words.split(" "))


def goes_on(view: View, end: int) -> bool:
    """Whether a word with a capital letter follows that is no syllable: Nguyen Hue Street, Le Loi School."""
    word = _NEXT.match(view.plain, end)
    return word is not None and view.source[word.start("word")].isupper() and not are_syllables(word["word"])
