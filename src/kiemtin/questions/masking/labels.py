"""Words beside a number that tell what it is: whose it may be, or that it is nobody's. All folded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from kiemtin.questions.masking.banks import BANK, BANKS, WALLETS
from kiemtin.questions.masking.kind import Kind
from kiemtin.questions.masking.phrases import listed, phrases

_IDENTITY = listed("""
    giay to tuy than, so giay to, so cm,
    cccd, cmnd, cmtnd, cmt, can cuoc, can cuoc cong dan, chung minh, chung minh nhan dan, chung minh thu,
    chung minh nd, cmqd, so dinh danh, ma dinh danh, ma so dinh danh, dinh danh ca nhan, ddcn, msdd, so cc,
    the cc, id card, id no, id number, identity card, identity number, identity no, national id, citizen id,
    citizen card, trc, personal id, identification number, identification no
""")
_INSURANCE = listed("""
    bhxh, bao hiem xa hoi, ma so bao hiem, so bao hiem, so so, social insurance, si no, si number, bhyt,
    bao hiem y te, ma the, the bao hiem, ma bao hiem, vssid, health insurance
""")
_NINE = listed("ssn, ssn no, ssn number, social security number, social security no, social security card")
_DRIVING = listed("""
    bang lai, gplx, giay phep lai xe, giay phep lai, bang b1, bang b2, bang a1, bang a2, bang c, bang hang,
    driving licence, driving license, driver licence, driver license, driver's licence, driver's license,
    drivers licence, drivers license
""")
_PASSPORT = listed("passport, passport no, passport number, ho chieu, so ho chieu")
_TAX = listed("""
    mst, mstcn, mst tncn, ma so thue, ma thue, tax code, tax id, tax no, tax number, pit code, tax identification
""")
OF_TAXES = listed("tin, tax, thue")
"""Words that speak of a code only where a number of a person follows at once; else of news, of taxes, of rents."""
_ACCOUNT = listed("""
    stk, s.t.k, s t k, s*t*k, s-t-k, st k, s tk, s4t, stknh, tai khoang, so tai khoang,
    sotk, sotaikhoan, tk dinh danh, tai khoan dinh danh, tk ao, tai khoan ao,
    virtual account, va no, so va, va:, so tai khoan, so tk, tknh, account no, account number, account #, acc no,
    acc number, acct, bank account, a/c, bank acc, iban, 普通, 口座番号, 계좌, 계좌번호, 账号, 帳號
""")
_LIKELY_ACCOUNT = listed("tk, t/k, t.k, tai khoan, account, acc, thu huong, beneficiary")
_HOLDER = listed("""
    ctk, chu tk, chu tai khoan, ten tk, ten tai khoan, nguoi nhan, nguoi huong, nguoi thu huong, nguoi chuyen
""")
_PHONE = listed("""
    sdt, s.d.t, so dt, so dien thoai, dien thoai, dt, d/t, dd, d.d, di dong, so may, may ban, so ban, dt ban,
    co dinh, phone, phone no, phone number, tel, telephone, mobile, mob, cell, zalo, zl, viber, whatsapp, imo,
    lien he, lien lac, lh, thue bao, hl, hotline, duong day nong
""")
_SPEAKING = listed(
    "goi, goi ngay, goi lai, call, call me, alo, reach me, text, nhan tin, ring, ring me, dial, whatsapp me, message me"
)
_CARD = listed("""
    visa, mastercard, master card, master, amex, american express, jcb, diners, discover, unionpay, napas,
    the tin dung, the ghi no, the thanh toan, the napas, the atm, so the, the visa, the ngan hang,
    credit card, credit, debit,
    debit card, bank card, visa debit, visa credit, mastercard debit, card, card no, card number
""")
_A_BANK = listed("ngan hang, nh, bank")
_PAYMENT = listed("""
    ck, chuyen khoan, chuyen tien, banking, donate, ung ho, quyen gop, chuyen, nap, coc, dat coc, thanh toan,
    transfer, pay, deposit, wire, gui ve, gui tien, thu quy, nop quy, dong quy, dong tien, nop tien, thu tien
""")
_TOWARDS = listed("vao, vo, zo, zao, toi, qua, sang, xuong, cho, ve, den, tu, to, into, via, from")
_CODES = listed("""
    ma don, ma don hang, ma van don, ma buu gui, ma buu kien, ma gd, ma giao dich, ma kh, ma khach hang,
    ma hoa don, ma vach, ma du thuong, ma so du thuong, ma hang, ma sp, ma san pham, ma sinh vien,
    ma so sinh vien, ma hoc sinh, ma so hoc sinh, ma hs, ma sv, ma hop dong, ma ho so, ma tra cuu, ma voucher,
    ma giam gia, ma otp, ma xac nhan, ma xac thuc, ma pin, ma dat cho, ma loi, ma bn, ma benh nhan,
    ma so doanh nghiep, ma kien, ma phieu, ma ve, ma chuyen, ma lo, ma may, ma danh bo
""")
_NOBODYS = listed("""
    van don, hoa don so, so hoa don, so seri, serial, seri, serial number, serial no, s/n, sn, imei, barcode,
    isbn, issn, sku, sbd, so bao danh, mssv, so hop dong, hd so, ho so so, so ho so, otp, ref, ref no, order no,
    order number, tracking no, tracking number, tracking code, invoice no, invoice number, bill no, bill number,
    receipt no, pnr, so lo, so dang ky, sdk, giay phep so, cong van so, ve so, timestamp, error code, case no,
    so ve, danh bo, uid, ghn, ghtk, spx, j&t, viettel post, vnpost, ems, madon,
    routing, routing no, routing number, aba, aba number, sort code, bsb, blz, bank code, transit no, transit number,
    gpkd, dkkd, so khung, msdn, mst cong ty, mst cty, md5, gtin, asin, upc, ean, xet nghiem ma, tong dai,
    dau so, so hieu, lot no, id bai viet, post id, meeting id, zoom id
""")
_PAPERS = listed("""
    don hang, hoa don, hop dong, reference, order, tracking, invoice, bill, receipt, booking, batch, cong van,
    bien lai, build, version, phien ban, error, ticket, hash, kien hang
""")

# What may stand between a word and its number, from the closest to the loosest.
_NTH = r"(?: ?\(?\d(?= ?(?:[:.)]|\Z)))?+"  # STK 2: …
_SIGNS = r"(?:[^\w\x00-\x02]|_)"
_FILLERS = phrases(
    listed("""
    so, la, no, ne, nay, day, cua, cho, toi, em, minh, ban, anh, chi, co, chu, me, bo, tui, tao, t, m, e, a, c,
    ong, ba, shop, ben, tai, is, are, number, nr, on, at, to, the, chinh chu, moi, cu, vnd, ngay, theo, qua,
    vao, ve, nhan, nha, nhe, truc tiep, lien he, dang xai, dang dung, nguoi nhan, nguoi gui, khach, ca nhan,
    zalo, viber, ngan hang, nh, stk, tk, number is, in full, it is, this, my, our, his, her
    """)
)
_BRANCH = r"(?:cn|chi nhanh|pgd|phong giao dich)(?: [a-z]{1,8}){0,4}"
CLOSE = r"(?:[ :=.#()\-]|(?<![a-z])(?:so|la|no|number|is)(?![a-z])){0,8}+"
_TIGHT = rf"{_NTH}(?:{_SIGNS}|(?<![a-z])(?:{_FILLERS}|{_BRANCH}|{BANK})(?![a-z])){{0,20}}+"
_NEAR = rf"{_NTH}[^\d\n\x00-\x02;!?]{{0,24}}+"
SPEAKER = r"(?:[a-z]{1,12}(?: [a-z]{1,12}){0,2} ?:)"
"""Who says the line, in a chat."""
_LOOSE = (
    rf"{_NTH}(?:(?:9|12) (?:chu )?so(?![a-z])|(?<![a-z0-9])[a-e][12](?![a-z0-9])|"
    r"[^\d\n\x00-\x02;!?.]|\.(?! [a-z])){0,56}+"
    rf"(?:\n{SPEAKER}?[^\w\x00-\x02]{{0,4}})?"
)
# Where the number can be nothing but an account: small talk, and the sum that is paid.
_NO_CODE = r"(?<![a-z])(?!(?:ma|don|bill|hd|nd|noi dung)(?![a-z]))[a-z]++"
_NEXT_SENTENCE = rf"(?:{_NO_CODE}|[^\da-z\n\x00\x01]){{0,48}}+"
_SUM = r"\d{1,3}(?:[.,]\d{3}){0,3} ?(?:k|tr|trieu|cu|d|dong|vnd)(?![a-z])\d{0,2}|24/7"
_TALK = rf"(?:{_SUM}|{_NO_CODE}|[^\da-z\n\x00\x01.;!]){{0,12}}+"
COUNTING = re.compile(
    r"(?<!\w)(?:đạt|dat|tăng|tang|giảm|giam|hơn|hon|khoảng|khoang|gần|gan|trên|tren|dưới|duoi|bị|bi|trừ|tru|cộng|cong|"
    r"được|duoc|có|co|còn|con|mở|mo|lập|lap|giá|gia|số dư|so du|đòi|doi|nợ|no|"
    r"(?<!cá )(?<!ca )(?<!người )(?<!nguoi )(?:nhận|nhan)"
    r"(?! (?:cứu|cuu|tiền|tien|hỗ|ho|ủng|ung|lương|luong|cọc|coc|quà|qua)(?!\w)))(?!\w)"
)
"""Between a word and its number, or before a number, these say that it counts something; small letters, with or without
tones. With their tones others are no such words: cô, công, giả."""

_SEVERAL = re.compile(r"(?<![a-z0-9])(?:two|both|three|[23]|these|his|her|their) \Z")
# Money that goes somewhere; then the number after to, vào, qua is an account.
_PAYING = re.compile(
    r"(?<![a-z])(?:chuyen|ck|nap|gui|coc|dong|nop|ban|bank|thanh toan|ung ho|quyen gop|tien|phi|nhan|luong|keu goi|"
    r"tang|"
    r"tra|hoan|gop|dau tu|rut|bom|"
    r"transfer|wire|pay|paid|deposit|send|sent|money|usd|vnd|donate|(?<=\d)(?:k|tr|trieu|cu))(?![a-z])"
)


@dataclass(frozen=True, slots=True)
class Label:
    """What a word before a number says of it.

    Attributes
    ----------
    kind
        Of what kind the number is; None if it is nobody's: of an order, an invoice, a document.
    gap
        What may stand between the word and the number.
    lengths
        How many figures such a number has.
    is_sure
        Whether the number is masked though it looks like an amount or a count.
    further
        What may stand between if the number is long and is no telephone's, no amount and no count.
    needs
        What must stand before the word.
    is_last
        Whether the word can also stand after the number.
    is_strong
        Whether the word takes the number from a word of another kind that stands before it.
    """

    kind: Kind | None
    gap: re.Pattern[str]
    lengths: frozenset[int]
    is_sure: bool = False
    further: re.Pattern[str] | None = field(default=None, repr=False)
    needs: re.Pattern[str] | None = field(default=None, repr=False)
    is_last: bool = False
    is_strong: bool = True


def _lists() -> Iterator[tuple[tuple[str, ...], Label]]:
    close, tight, near, loose = (re.compile(gap) for gap in (CLOSE, _TIGHT, _NEAR, _LOOSE))
    sentence, talk = re.compile(_NEXT_SENTENCE), re.compile(_TALK)
    account, phone = frozenset(range(8, 20)), frozenset(range(7, 13))
    yield _IDENTITY, Label(Kind.ID_NUMBER, loose, frozenset({9, 10, 12}), is_sure=True, is_last=True)
    yield ("cc", "id", "cm"), Label(Kind.ID_NUMBER, tight, frozenset({9, 12}), is_sure=True, is_strong=False)
    yield _INSURANCE, Label(Kind.ID_NUMBER, near, frozenset({10, 12}), is_sure=True, is_last=True)
    yield _NINE, Label(Kind.ID_NUMBER, near, frozenset({9}), is_sure=True, is_last=True)
    yield ("itin",), Label(Kind.TAX_CODE, near, frozenset({9}), is_sure=True)
    yield _DRIVING, Label(Kind.ID_NUMBER, loose, frozenset({9, 12}), is_sure=True, is_last=True)
    yield _TAX, Label(Kind.TAX_CODE, near, frozenset({10, 12, 13}), is_sure=True, is_last=True)
    yield _PASSPORT, Label(Kind.PASSPORT, near, frozenset({9}), is_sure=True)
    yield (
        _ACCOUNT,
        Label(Kind.ACCOUNT, loose, frozenset(range(6, 20)), is_sure=True, further=sentence, is_last=True),
    )
    yield _LIKELY_ACCOUNT, Label(Kind.ACCOUNT, loose, account, is_last=True)
    yield ("accounts",), Label(Kind.ACCOUNT, loose, account, needs=_SEVERAL, is_last=True)
    yield _HOLDER, Label(Kind.ACCOUNT, loose, account, is_last=True, is_strong=False)
    yield BANKS, Label(Kind.ACCOUNT, tight, account, further=talk, is_last=True)
    yield _A_BANK, Label(Kind.ACCOUNT, near, account, further=talk, is_last=True, is_strong=False)
    yield WALLETS, Label(Kind.PHONE, tight, frozenset(range(9, 13)), is_strong=False)
    yield _PAYMENT, Label(Kind.ACCOUNT, tight, account, further=talk, is_strong=False)
    yield _TOWARDS, Label(Kind.ACCOUNT, tight, account, needs=_PAYING, is_strong=False)
    yield _PHONE, Label(Kind.PHONE, tight, phone, is_last=True)
    yield _SPEAKING, Label(Kind.PHONE, tight, phone, is_strong=False)
    yield _CARD, Label(Kind.CARD, tight, frozenset(range(13, 20)), is_strong=False)
    yield OF_TAXES, Label(Kind.TAX_CODE, close, frozenset({10, 13}), is_strong=False)
    yield _CODES, Label(None, near, frozenset(range(4, 25)))
    yield _NOBODYS, Label(None, close, frozenset(range(4, 25)))
    yield _PAPERS, Label(None, close, frozenset(range(4, 25)), is_strong=False)


LABELS = {word: label for words, label in reversed(list(_lists())) for word in words}
"""What each word says; of one that stands in two lists the first counts."""

WORDS = re.compile(rf"(?:{phrases(LABELS)})(?![a-z])")
"""Finds the words. The look behind is left to the caller: so the engine skips to letters that a word begins with."""
