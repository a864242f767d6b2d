"""Forms, tables, notices of banks, what is read off pictures, and other ways in which numbers come; all invented."""

FORMS = [
    # forms and tables
    (
        "Họ tên: {name|Nguyễn Thị Mẫu}\nNgày sinh: 12/03/1985\nCCCD: {id-number|001185012345}\n"
        "SĐT: {phone|0912 345 678}\nSTK: {account|0451000987654} - VCB"
    ),
    (
        "STT | Họ tên | SĐT | Số tiền\n1 | {name|Lê Văn Mẫu} | {phone|0912345678} | 500.000\n"
        "2 | {name|Trần Thị Mẫu} | {phone|0387654321} | 1.200.000"
    ),
    (
        "1. {name|Nguyễn Văn Một} - {phone|0912345671}\n"
        "2. {name|Nguyễn Văn Hai} - {phone|0912345672}\n3. {name|Nguyễn Văn Ba} - {phone|0912345673}"
    ),
    (
        "Bên A: {name|Nguyễn Văn Mẫu}, CMND {id-number|012345671} cấp ngày"
        " 01/02/2010\nBên B: Công ty CP Mẫu, MST 0101234567"
    ),
    "Người mua: {name|Lê Thị Mẫu} ({phone|0912.345.678})\nNgười bán: {name|Trần Văn Mẫu} ({phone|0387.654.321})",
    (
        "Ngân hàng | Số TK | Chủ TK\nVCB | {account|0451000987654} | {name|NGUYEN VAN MAU}\n"
        "TCB | {account|19034567890123} | {name|NGUYEN VAN MAU}"
    ),
    (
        "NH: Vietinbank\nSố TK: {account|108870987654}\nChủ TK: {name|Nguyễn Văn Mẫu}\n"
        "Số tiền: 15.000.000 VND\nNội dung: NGUYEN VAN MAU 240315 dat coc"
    ),
    (
        "Thông tin chuyển khoản:\n- Số tài khoản: {account|1234 5678 9012}\n- Ngân hàng: MB Bank\n"
        "- Chủ tài khoản: {name|LE THI MAU}\n- Số tiền: 2,500,000"
    ),
    "Số điện thoại (*): {phone|0912345678}\nMã OTP (*): 123456",
    "Biển kiểm soát: {plate|30A-123.45}\nSố khung: RLHJC43001Y012345\nSố máy: JC43E0012345",
    "Giấy phép lái xe số: {id-number|010123456789}\nHạng: A1\nNgày cấp: 01/02/2015",
    "Số thẻ BHYT: {id-number|DN 4 01 01 234 56789}\nGiá trị từ 01/01/2024 đến 31/12/2024",
    "Passport No / Số hộ chiếu\n{passport|C1234567}",
    (
        "Số / No.: {id-number|001185012345}\n"
        "Họ và tên / Full name: {name|NGUYỄN THỊ MẪU}\nNgày sinh / Date of birth: 12/03/1985"
    ),
    "CĂN CƯỚC CÔNG DÂN\nSố: {id-number|001185012345}",
    "Mã số thuế: {tax-code|8123456789}\nTên người nộp thuế: {name|Nguyễn Văn Mẫu}",
    # notices of banks
    "VCB: 12/03/24 08:30 TK {account|0451xxx654}: -1,500,000VND. SD: 3,456,789VND. ND: CHUYEN TIEN",
    "TCB: Tai khoan {account|1903xxxx0123} giam 2,000,000 luc 15:30 12/03. So du 5,678,901. Ref FT24072123456789",
    "[ACB] TK {account|12345678} (VND) - 500,000 luc 10:20 12/03/2024. So du 1,234,567",
    "MB: TK {account|08xxx890} GD: +5,000,000VND 12/03/24 08:30 SD: 6,543,210VND",
    "Agribank: 8h30p 12/03 TK {account|1500205xxxx56}: -300,000VND",
    "BIDV 12/03/2024 TK thanh toan {account|120100xxxxx67} -1.000.000 VND",
    "Bien dong so du: TK {account|***4567} +10,000,000 VND",
    "The ghi no {card|9704**********1234} vua thanh toan 1,250,000 VND tai SHOPEE",
    "The {card|5412-xx-xxxx-3456} GD 99,000 VND",
    "Thẻ tín dụng kết thúc bằng 3456 đã bị khoá",
    (
        "Vietcombank thong bao: tai khoan {account|0451000987654} cua quy khach"
        " se bi khoa, truy cap http://vcb.example de xac thuc"
    ),
    "Quy khach da nhan 50.000.000 VND tu {account|19034567890123}, vui long xac nhan tai http://mau.example",
    # as it is read off a picture
    "S0 TAI KHOAN: {account|O451OOO987654}",
    "SDT: {phone|O9l2 345 678}",
    "Zalo : {phone|0912 .345 .678}",
    "Hotline : {phone|0912 - 345- 678}",
    "Liên hệ: {phone|0912345 678}",
    "CCCD: {id-number|001 185012 345}",
    "SĐT:{phone|0912,345.678}",
    "Tel : {phone|(+84) 912 345 678} - Fax: {phone|024 3825 1235}",
    # chats
    "A: cho em xin stk\nB: {account|0451000987654} vcb\nA: ok chị",
    "stk e đây c ơi {account|19034567890123} tech nha",
    "số mình nè {phone|0912345678}, còn đây là số ck mình {phone|0387654321}",
    "ck vô stk này nha cưng: {account|6789 0123 4567} tpb",
    "c ck e qua momo sđt này nè {phone|0912345678}",
    "e có 2 stk: vcb {account|0451000987654}, tcb {account|19034567890123}",
    "sđt: {phone|0912345678}. cccd: {id-number|001185012345}. đc: {address|12 ngõ 3 phố Mẫu}",
    "gửi e số cccd {id-number|001185012345}, sn 12/03/1985",
    "biển xe nó là {plate|29H1-234.56} đó mn",
    "nó đi con wave biển {plate|29h1 23456}",
    "ai thấy con vision {plate|29X3-456.78} báo giùm em {phone|0912345678}",
    "mất xe SH màu đỏ BS {plate|30-H1 234.56}, hậu tạ 5tr, lh {phone|0912345678}",
    "alo alo số {phone|0912 345 678} có ai ko",
    "nt qua {phone|0912345678} nhé đừng gọi",
    "số cũ {phone|0912345678} mất rồi, add lại {phone|0387654321}",
    "{phone|0912345678} <- số này nè",
    "đừng nghe máy {phone|024 7300 1234}, {phone|028 7300 5678}",
    "nó xài số ảo {phone|+1 747 555 0123}",
    "tổng đài gì mà {phone|0912 345 678}",
    "hôm qua {phone|0912 345 678} gọi, hôm nay {phone|0387 654 321} gọi",
    "Cty tài chính gọi đòi nợ từ {phone|028 7109 1234} và {phone|0912345678}",
    "bên kia nói gửi vào tài khoản cá nhân {account|108870987654} của chị {name|Trần Thị Mẫu}",
    "stk người nhận {account|0987 6543 21} ngân hàng quân đội",
    "Mình nhận ck nhầm từ stk {account|6789012345} MB",
    "quét mã ra STK {account|V3CAS0123456789}",
    "ai có sđt của hội trưởng k, mình có {phone|091 234 5678} mà k gọi được",
    # English
    "Got a call from {phone|+84 24 7300 1234} claiming to be the tax office",
    "My SSN? no, they wanted CCCD {id-number|001185012345}",
    "He gave me his account: {account|0451000987654}, Vietcombank, {name|Nguyen Van Mau}",
    "Account number {account|1903-4567-8901-23} (Techcombank)",
    "Name: {name|Nguyen Van Mau}, ID: {id-number|001185012345}, phone: {phone|0912 345 678}",
    "The driver's plate was {plate|51G-234.56}",
    "Send 1,000,000 VND to momo {phone|0912 345 678}",
    "Contact us on Zalo ({phone|0912-345-678})",
    "It's from {phone|1-646-555-0123}, is it legit?",
    "text STOP to {phone|(929) 555-0147}",
    "passport: {passport|N1234567}, flight VN 54 on 12 March",
    "my visa debit {card|4000 0566 5566 5556} was used in Cambodia",
    "card ending 1234, exp 12/27",
    "reach me at {phone|84 912 345 678} or {email|mau@example.org}",
    "tax code {tax-code|8123456789} belongs to my father",
    "social insurance book no. {id-number|0112345678}",
    "health card {id-number|GD4010112345678}",
    "driving licence number {id-number|010123456789}",
    # nothing in these
    "STT 12 | 0,5 kg | 120.000 | 240.000",
    "Bảng giá: 38 - 350.000, 39 - 360.000, 40 - 370.000",
    "Kết quả thi: 8,25 9,00 7,75 - tổng 25,00",
    "Điểm chuẩn 2024: 27,75; 28,5; 26,25",
    "Lịch cúp điện: 08h00-11h30 12/03, 13h30-17h00 13/03",
    "SBD: 01012345, phòng thi 012, điểm 24,5",
    "Mã đề 0912, mã phòng 345, mã môn 678",
    "Số hồ sơ: 000.12.34.H56-240312-0001",
    "Số hợp đồng: 0912345678/HĐ-2024",
    "Mã KH: 0112345678, kỳ 03/2024, tiền điện 1.234.567đ",
    "Mã danh bộ 09123456789, tiền nước 234.567đ",
    "HĐ số 0001234 ngày 12/03/2024, ký hiệu 1C24TAA",
    "Đơn hàng SPX: SPXVN04123456789C, COD 250.000đ",
    "Mã vận đơn J&T: 851234567890",
    "LEX mã LMP0123456789VNA",
    "ID bài viết: 123456789012345",
    "Số seri tiền: AB 12345678 và CD 87654321",
    "tờ 500k seri EL 0912345",
    "mã máy 0123-4567-8901",
    "Windows key XXXXX-XXXXX-12345-67890-ABCDE",
    "wifi: 12345678, mật khẩu 0987654",
    "Zoom ID 912 345 6789 pass 123456",
    "Meeting ID: 845 1234 5678",
    "Kỳ quay #01234: 05 - 12 - 23 - 34 - 41 - 45",
    "Giải tám 09, giải bảy 123, giải sáu 0456 1234 5678",
    "Lô gan: 09, 12, 34, 56, 78, 90",
    "Tọa độ: 21°01'42\"N 105°51'15\"E",
    "GPS 21.0285,105.8542 độ cao 12m",
    "Bệnh viện Bạch Mai 1900 888 866",
    "Gọi 1900 545 481 (BIDV: 1900 9247)",
    "Tổng đài MB 1900545426, VPBank 1900545415",
    "Nhắn tin 0 đồng gửi 1407",
    "Cấp cứu 115, cứu hoả 114, CSGT 069 2342 593",
    "Tổng dân số 100.309.209 người tính đến 01/07/2023",
    "Thu 1.721.000 tỷ, chi 2.076.200 tỷ",
    "USD/VND 24.650 – 25.020, EUR 26.123,45",
    "Lãi suất 4,7% - 5,2%/năm kỳ hạn 12-36 tháng",
    "Tuyến 01: Gia Lâm - Yên Nghĩa, 5h00-21h00, 10-15 phút/chuyến",
    "xe buýt 08A, 09B, 12, 34, 103A",
    "Chuyến bay VN213 HAN-SGN 08:00-10:15 ngày 12/03, ghế 12A",
    "Vé tàu SE7 toa 3 ghế 45 mã đặt chỗ 71234567",
    "Bản cập nhật 24.3.12345.678 dung lượng 1,23GB",
    "Redmi Note 12 Pro 8/256GB giá 5.990.000đ",
    "Galaxy A15 4G 128GB SM-A155F/DS",
    "Độ ẩm 78%, nhiệt độ 34-37, UV 9-10, gió cấp 3-4",
    "Động đất 7,8 độ richter sâu 17,9 km lúc 01:17:35",
    "Nghị định 123/2020/NĐ-CP, Thông tư 78/2021/TT-BTC",
    "Luật số 41/2024/QH15 hiệu lực 01/07/2025",
    "Điều 5.1.2.3 mục 4 trang 678",
    "Kinh Thánh Matthew 5:3-12, Sáng thế 1:1",
    "Trận đấu 2-1 (1-0), phút 45+2 và 90+5",
    "3 lần 7 ngày x 2 viên = 42 viên 500mg",
    "tỷ lệ 1/1000, 0,05%, p<0,001, n=1234",
    "H2O, CO2, PM2.5, 5G, 4.0, 24/7, 365 ngày",
    "Order 1234567890 will arrive 12-14 March",
    "Ref: 2024031209123456",
    "Case No. 12/2024/HS-ST",
    "Zip code 100000, area code 024",
    "Between 1,000 and 10,000 people, 95% CI 0.91-1.23",
    "WHO/2019-nCoV/2024.1",
    "doi:10.1038/s41586-020-2012-7",
    "arXiv:2303.08774, RFC 5322, ISBN 0-306-40615-2",
    "Build 22621.3447, KB5036893",
    "một trăm linh năm người, hai nghìn không trăm hai mươi tư",
    "không một ai biết, hai ba hôm nữa mới rõ",
    "bảy nổi ba chìm, năm lần bảy lượt, một mất một còn",
]
