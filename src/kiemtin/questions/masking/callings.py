"""Words that call somebody by name, though others follow them too: a name after them must be whole and not famous."""

from __future__ import annotations

import re

from kiemtin.questions.masking.phrases import listed, phrases
from kiemtin.questions.masking.view import View

_KIN = phrases(
    listed("""
    vo, chong, me, ma, bo, ba, cha, tia, con, con trai, con gai, con ut, con dau, con re, chau, chau trai,
    chau gai, chau noi,
    chau ngoai, anh, anh trai, anh ho, anh re, anh ruot, chi, chi gai, chi ho, chi dau, chi ruot, em,
    em trai, em gai, em ho,
    em dau, em re, em ruot, ong noi, ong ngoai, ba noi, ba ngoai, di, cau, chu, co, bac, mo, thim, duong, ban, ban trai,
    ban gai, ban than, ban hoc, ban cung lop, nguoi yeu, nguoi nha, nguoi than, nguoi quen, sep, chu nha, hang xom,
    dong nghiep, nhan vien, giao vien, shipper
    """)
)
_WHOSE = r"(?:toi|em|minh|tui|tao|anh|chi|chau|con|no|ban ay|co ay|anh ay|chung toi|nha (?:em|toi|minh)|ba [a-z]{1,6})"
_ROLES = phrases(
    listed("""
    admin, chu nhom, chu page, chu kenh, chu quan, chu shop, chu tiem, chu hui, chu no, chu tro, chu xe, chu tai khoan,
    truong nhom, thu quy, ke toan, quan ly, ke lua dao, ke gian, ke cam dau, nguoi to cao, nguoi cam dau, nguoi quen,
    nguoi phu trach, nguoi lap, nguoi lien he, nguoi bi hai, nguoi yeu, nguoi dan ong, nguoi phu nu,
    nguoi nay, nguoi do,
    nguoi ky, nguoi ky ten, nguoi viet, chu phuong tien
    """)
)
_PERSONS = phrases(
    listed("""
    thang, con, lao, ga, mu, cu, cu ong, cu ba, be trai, be gai, chau be, co gai, chang trai, nam thanh nien,
    thanh nien,
    nu sinh, nam sinh, san phu, thai phu, cong nhan, giao vien, ke toan, thu quy, admin, moi gioi,
    thanh vien, nhom truong,
    lop truong, to truong, doi truong, huong dan vien, bao mau, thi sinh, thu khoa, phu xe, thu ngan,
    dieu duong, y ta, ho ly,
    phat tu, tin do, dau bep, tap vu, giup viec, gia su, tro ly, thu ky, le tan, ky thuat vien, cong tac vien, ctv,
    tinh nguyen vien, nghi can, toi pham, tho dien, tho may, tho ho, tho xay, tho son, tho han, tho nuoc, tho sua dien,
    tho sua xe, tho sua may, tho cat toc, cai, co moi, bau show, chu xe, khach, khach hang, ban cu,
    ban trai cu, ban gai cu,
    nguoi yeu cu, chong cu, vo cu, chu ruot, di ruot, bac ruot, con dau, con re, bi hai, ban doc, doc gia, truong thon,
    truong ban, truong ap, truong nhom, chu ho, dai dien, nguoi dai dien, nguoi mat, nguoi benh, nguoi lap,
    dua, nhan chung,
    nghi pham, benh nhi, nguoi phu nu, nguoi dan ong, nguoi dan ba, nguoi thanh nien, nguoi bi hai,
    nguoi than, nguoi quen,
    con no, gia dinh, shipper, nhan vien, nhan vien tu van, nhan vien ngan hang, nhan vien giao hang, nhan vien bao ve,
    nhan vien y te, nhan vien cskh, nhan vien ban hang, nhan vien thu ngan, nhan vien kinh doanh,
    nhan vien moi gioi, hoc sinh,
    sinh vien, benh nhan, nan nhan, chu tai khoan, vo chong, vo chong anh, vo chong chi, vo chong chu,
    vo chong co, me con,
    me con chi, me con co, me con em, bim sua, xe om, e, c, a, toi, minh, sep, nv, em gai, em trai, anh trai,
    chi gai, con trai, con gai, chau trai, chau gai, me don than, bac, thim, mo, duong,
    cu dan, hoc vien
    """)
)
_ACCOUNTS = r"(?:tai khoan|nick|trang ca nhan|user|acc|fb|face(?:book)?|zalo|tiktok|telegram|tele|messenger)"
_DONE_TO = phrases(
    listed("""
    truy tim, truy na, trieu tap, yeu cau ong, yeu cau ba, quet ra, hien ra, hien ra la, hien ten, hien thi,
    hien thi ten, ghi, ghi ten,
    ra ten, giua toi va, giua em va, giua minh va, ky ten, giay to cua, giay cua, shop cua, kenh cua,
    trang cua, sim cua,
    so cua, the cua, don cua, xe cua, may cua, nick cua, clip cua, giay no do, don do
    """)
)
_PAID = (
    r"(?:ck|chuyen(?: khoan| tien)?|gui(?: tien)?|nop|tra|dua|nap|goi(?: dien)?|nhan(?: tin)?)(?: tien| nham| truoc|"
    r" them){0,2} (?:cho|toi|den)"
)
_GREETED = r"(?:gui|thua|(?:kinh|xin) chao|chao|hi|hello|dear|alo)(?: (?:anh|chi|em|co|chu|bac|ban|quy khach))?"
MINE = phrases(
    listed("""
    husband, wife, son, daughter, mother, father, mom, mum, dad, brother, sister, aunt, uncle, cousin, niece, nephew,
    grandmother, grandfather, grandma, grandpa, grandson, granddaughter, teacher, boss, assistant, secretary, caretaker,
    neighbor, neighbour, colleague, classmate, coworker, friend, roommate, landlord, landlady, manager,
    employee, student,
    tenant, client, customer, nanny, maid, driver, cleaner, agent, doctor, lawyer, tutor
    """)
)
"""Whom somebody can call his."""
_ENGLISH_CALLED = (
    r"(?:(?:this|it) is|i am|i'm|(?:he|she)'s|my name(?:'s| is)?|"
    r"(?:her|his|their|whose|the|real|full|with) name(?:'s| is)?|"
    r"(?:somebody|someone|man|woman|guy|girl|boy|lady|person|named|called)(?: (?:named|called))?|(?:please )?contact|"
    r"ask for|pay|payee|payable to|(?:in|under) the name(?: of)?|name of|goes by|(?:driver|cleaner|seller|buyer|"
    r"agent) was|"
    r"(?:recipient|receiver|sender|payer|customer|client|patient|student|employee|user)(?:'s)?(?: name)?(?: is)?|"
    r"signed(?: by)?|(?:posted|shared|sent|written|run|led|managed|owned|held|filmed|reported) by|"
    r"(?:facebook|fb|zalo) user|regards|nurse|teacher|officer|agent|lawyer|victim|suspect|baby|little|"
    r"missing(?: (?:child|girl|boy|person|man|woman|student))?|help|posing as|according to|(?:owner|holder)(?: is)?|"
    rf"(?:my|our|his|her|their|your) (?:[a-z]{{2,10}} )?{MINE}(?:'s name)?(?: is| was)?|"
    r"(?:transfer|wire|pay|deposit|belongs?|belonging) to|"
    r"name on (?:(?:the|his|her|my|your) )?(?:account|card|ticket|contract|passport|form)(?: is)?|"
    r"(?:facebook|zalo|known|online) as|consultant|parcel (?:for|to)|order for|assistant|met|married|dated|blocked|"
    r"lists me as|cousin|friend|(?:transfer|money|message|sms|call|email|letter|request|text) from|mr|mrs|ms|miss)"
)
_CALLED = re.compile(
    r"(?<![a-z0-9])(?:"
    rf"{_KIN} {_WHOSE}(?: (?:la|ten|ten la))?[ ,:(]{{1,3}}|"
    rf"(?:{_KIN}|{_ROLES})(?: {_WHOSE}| tren [a-z ]{{2,16}})? (?:ten )?(?:la|ten) |"
    rf"{_PERSONS}(?: (?:phap luat|em|toi|minh))?(?: (?:ten(?: that)?(?: la)?|la|ghi))?,? \(?|"
    rf"{_ACCOUNTS}(?: (?:fb|face(?:book)?|zalo|mang ten|cua|ten|co ten|la|ca nhan)){{0,3}}[ :]{{1,2}}[\"“”'(]?|"
    rf"{_GREETED}[ ,:]{{1,2}}|(?:{_PAID}|{_DONE_TO}) |(?:quen|biet|gap) (?:anh |chi |em |ban |ai ten )?|"
    rf"{_ENGLISH_CALLED}[ :,.\-]{{1,3}})\Z"
)
# Without their tones these are other words too: đường, tháng, bắc, mở.
_TONED = {
    "duong": {"dượng"}, "thang": {"thằng"}, "bac": {"bác"}, "mo": {"mợ"}, "di": {"dì"}, "co": {"cô", "cò"},
    "chu": {"chú", "chủ"}, "cau": {"cậu"}, "ga": {"gã"}, "mu": {"mụ"}, "lao": {"lão"}, "ma": {"má"}, "me": {"mẹ"},
    "bo": {"bố", "bồ"}, "ba": {"bà"}, "vo": {"vợ"}, "cu": {"cụ"}, "be": {"bé"}, "dua": {"đứa", "đưa"}, "gap": {"gặp"},
    "gui": {"gửi"}, "ban": {"bạn"}, "tho": {"thợ"}, "so": {"số"}, "the": {"thẻ"}, "don": {"đơn"}, "may": {"máy"},
    "tra": {"trả"}, "nap": {"nạp"}, "chi": {"chị"}, "chau": {"cháu"}, "tia": {"tía"}, "to": {"tổ"}, "do": {"do"},
    "thua": {"thưa"}, "chao": {"chào"}, "hien": {"hiện", "hiển"}, "cai": {"cai"}, "dai": {"đại"}, "nu": {"nữ"},
}  # fmt: skip
# Where somebody signs; the name is the line.
_SIGNED = re.compile(
    r"(?<![a-z])(?:tran trong(?: cam on)?|xin cam on|than(?: men| ai)?|kinh (?:thu|don|bao)|nay kinh|nguoi (?:lam|"
    r"viet) don|ky ten|regards|"
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
    r"quyt (?:tien|no)|vo no|la ai|(?:hoc )?lop \d{1,2}(?:[a-z]\d{0,2})?|is missing|went missing|went viral)(?![a-z])|"
    r" (?:nhan(?: tin)?|goi(?: dien)?|bao|keu|ru|du|lua|vay|muon|xin|doi|hua|gui|ket ban|lien he|moi|doa|no|chui|"
    r"quit|quyt)"
    r"(?: tin| tien| no)?(?: cho| voi| cua)? (?:em|minh|toi|tui|me|bo|gia dinh|nha|chau|vo|chong|chi|anh)(?![a-z])|"
    r" (?:asked|told|called|texted|messaged|sent|offered|emailed|scammed|cheated|tricked|promised|owes|added|blocked|"
    r"contacted|charged) (?:me|us|my|our)(?![a-z])|'s (?:name|account|wallet|number)(?![a-z])"
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
    plain = before[called.start() : called.start() + len(word)]
    return word != "cu" if word.isascii() else word in _TONED.get(plain, {word})


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
