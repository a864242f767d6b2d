"""Pieces that, said again and again, lead patterns astray; and characters of which a text can be all made."""

import random

HOSTILE = [
    "K1/2 ", "78 QL1A ", "K1/2 Le Loi ", "ten tran thi ", "gplx a", "0 6 12 ben ", "sn 1990 ", "uk 07700 900 ",
    "A1234567 ", "toi la ", "ho chieu a1234567 ", "bien hai ", "bien 5i", "7 l ", "l ", "acb 22.", "a: ", "30K12345 ",
    "079\n", "0912 000 345 - ", "010 1234 ", "ben my ", "714 555 ",
    "0", "0 ", "9", "84 ", "+", "(", "-", "x", "*", "0x", "a@", "a.", "a-", "@", "09.1", "khong chin ", "khong ",
    "stk ", "anh Nguyen ", "nguyen van ", "Nguyễn Văn A ", "1 ngo 2 ", "12 Le Loi ", "http://",
    "https://a.vn/?a=1&", "x.vn/", "%", "30A-", "mb ", "1 mb ", "ho chieu ", "́", "\u200b", "[phone]", "[phone",
    "\x00", "1.000.", "4111 ", "(a) ", "fb.com/?", "0912345678", "0 9 1 2 ", "tai khoan so ", " ", "\n",
    "ten la ", "id ", "1-", "1/1 ", "a_", "so ", "o", "facebook.com/a?id=", "a (a) b ", "01234567 Le Van A ",
    "stk 123456,", "VCB 12345678 ", "zalo: a.", "passport ", "B1234567 passport ", "hs4", "GD 4 79 ", "12/3 ",
    "12/3 Nguyễn Trãi ", "ba con so ", "triple ", "double 0 ", "cham ", "9 cham ", "cccd 9 so ", "cccd o", "tk x",
    "0 0 ", "tk 0 0 ", "xe 30A1", "0912/", "a@gmail ", "mst cty ", "x ", "0 x ", "…", "0…", "0912...", "---",
    "0---", "duoi ", "1 duoi ", "muoi ", "ba muoi ", "tram ", "ba so ", "so ba ", "tu quy ", "0\n", "0912\n345\n",
    "khongchin", "kochin ", "gb29 ", "GB29 1234 ", "30a-xxx", "30A-1 ", "0/", "0|", "0+", "+0 ", "+1 ", "00 1 ",
    "(0", "0!", "!", "oil", "0o", "ooo ", "vcb cn ha noi ", "stk vcb ", "vcb stk ", "stk la so ", "don hang 1 ",
    "ma don ", "tk co ", "chuyen vao ", "vao 1 ", "stk a1", "stk ab1234", "visa ", "4 ", "41", "4111 xxxx ",
    "**** ", "the ****", "pp no ", "hc ", "B1 ", "passport B1 ", "80-NG-", "QA-12-", "mail: ", "a cham ",
    "a at gmail ", "ig abc", "nick: a", "a#123", "ten a a a a ", "NGUYEN VAN ", "Nguyễn Văn A\n", "12/3 ngo ",
    "dc: 12 ", "069 ", "1900 ", "02 ", "012 ", "001 203 ", "0 3 6 9 12 ",
    "vcb nguyen van ", "VCB NGUYEN VAN A - ", "ctk nguyen van a so ", "stk? ", "stk ban oi! ", "nguyen van a vcb ",
    "lan @ a . ", "a at b dot ", "l a n @ ", "sort 12-34-56 ", "12-34-56 ", "routing 1", "acct 1 routing ",
    "DE12 3456 ",
    "a00000072701", "stk lan.", "can ho 12 ", "p.1 toa a ", "chung cu A ", "lo a1 duong ", "dia chi to 1, ",
    "so 1, to 1, ",
    "thon A, ", "em o ngo 1 ", "danh sach ", "Lê Văn A, ", "Lê Văn A 500k, ", "Lê Thị Ba lớp 1 ", "gui anh ", "Ca sĩ ",
    "my friend ", "payee ", "Mr. John ", "John Lee ", "John Le, 9, ", "Lisa Nguyen ", "name: Lisa ",
    "regards\n", "a b: ",
    "thang le duc ", "cho le thi ", "con le van a ", "[name], to 1, ", "[name] - Lê Văn A ", "[phone] Lisa Tran ",
    "[phone] Lê Văn A ", "ba số 0 ", "venmo @", "fb a.b", "A$", "N Main St ", "quoc lo 1 ", "78 quoc lo 1 ",
    "0912345678/12", "/12", "12345678 k ", "12345678*", "1234567890 NGUYEN VAN A ", "tk1 ", "tk (1) ",
    "0441000731 285 ", "12345678 123 ", "zalo.me/0912345 678 ", "zalo.me/0 9 ", "so la +00252 ",
    "so la 00 ", "vcb bao ****1234 ", "bien hai hat ", "200 000 ", "1500 ",
]  # fmt: skip

ALPHABETS = {
    "figures": "0123456789",
    "figures and spaces": "0123456789 ",
    "figures and signs": "0123456789.,-/+()*#:;|_ \n",
    "figures and letters that look alike": "0123456789oilszbgq!xX",
    "hexadecimal": "0123456789abcdef",
    "letters": "abcdefghijklmnopqrstuvwxyz ",
    "capitals": "ABCDEFGHIJKLMNOPQRSTUVWXYZ ",
    "vietnamese": "aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạấầẩẫậéèẻẽẹíìỉĩịóòỏõọúùủũụýỳỷỹỵ ",
    "signs": "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~",
    "spaces": " \n\t\u00a0\u2003\u3000",
    "emoji": "😀🙏👉📞🔥✅❤️0️⃣1️⃣",
    "invisible": "\u200b\u200c\u200d\u2060\ufeff0",
    "combining": "a0\u0301\u0302\u0303\u0309\u0323\u20e3",
    "frames and widths": "０１２３①②③⁰¹²₀₁₂𝟎𝟏𝟐⓿❶❷",
    "cyrillic and greek": "абвгдежзиклмнопрстухαβγδεοχ ",
    "chinese": "的一是不了人我在有他0123 ",
    "control": "\x00\x01\x02\x07\x1f\x7f09",
}
WORDS = {
    "words for figures": (
        "không ko mot hai ba bốn năm sáu bảy tám chín mười mươi trăm số con tứ quý zero one two oh double"
    ),
    "labels": (
        "stk tk vcb mb cccd cmnd mst sđt zalo gọi liên hệ mã đơn hàng số là của vào hộ chiếu biển xe 0912345678 12"
    ),
    "marks": ("[phone] [account] [name] [id-number] gọi stk Nguyễn Văn A 0912 345 678"),
    "places and names": ("Nguyễn Trần Văn Thị An Lê Lợi số 12 ngõ 3/4 đường phố chị anh ở tại Hà Nội"),
    "links": ("https://a.vn/0912345678 facebook.com/lan zalo.me/09 a@b.vn @lan t.me/x ?phone= &id=1 (at) gmail"),
}


def made_of(alphabet, length):
    """Make a text of so many characters out of an alphabet or words; the same every time."""
    chosen = random.Random(7)
    if alphabet in ALPHABETS.values():
        return "".join(chosen.choices(alphabet, k=length))
    return " ".join(chosen.choices(alphabet.split(), k=length))[:length]
