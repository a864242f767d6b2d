"""Names of banks and wallets, of Viet Nam and of where its people live, folded, with the short ones that they write."""

from __future__ import annotations

from kiemtin.questions.masking.phrases import listed, phrases

BANKS = listed("""
    vietcombank, vietcom bank, vietcom, vcb, ngoai thuong, techcombank, techcom bank, techcom, tech, tcb,
    ky thuong, bidv, agribank, agri bank, agri, nn&ptnt, nong nghiep, vbard, vietinbank, vietin bank, vietin,
    viettinbank, viettin bank, viettin,
    vtb, ctg, icb, cong thuong, mbbank, mb bank, mbank, mbb, mb, quan doi, acb, a chau, sacombank, sacom bank,
    sacom, stb, scb, vpbank, vp bank, vpb, vp, tpbank, tp bank, tpb, tien phong, hdbank, hd bank, hdb, shb, vib,
    msb, maritime bank, maritimebank, hang hai, ocb, phuong dong, seabank, sea bank, ssb, eximbank, exim bank,
    exim, eib, lienvietpostbank, lien viet post bank, lienviet, lien viet, lpbank, lp bank, lpb, bac a bank,
    bacabank, bac a, nasb, nam a bank, namabank, nam a, nab, abbank, ab bank, abb, an binh, pvcombank,
    pvcom bank, pvcom, pvcb, kienlongbank, kien long bank, kien long, kienlong, klb, bvbank, bv bank, ban viet,
    viet capital bank, viet capital, vietcapitalbank, vccb, vietbank, viet bank, vietabank, viet a bank, viet a,
    vab, baovietbank, baoviet bank, bao viet, bvb, saigonbank, saigon bank, sgb, sgicb, pgbank, pg bank, pgb,
    cbbank, cb bank, vcbneo, oceanbank, ocean bank, mbv, gpbank, gp bank, ncb, quoc dan, dongabank, dong a bank, donga,
    dong a, dab, vikki, shinhanbank, shinhan bank, shinhan, shbvn, woori bank, wooribank, woori, hsbc, uob,
    standard chartered, scvn, citibank, citi bank, cimb, kbank, kasikorn, public bank, publicbank, pbvn,
    hong leong, hlbvn, indovina, ivb, vrb, coopbank, co-opbank, co opbank, vbsp, chinh sach,
    dau tu va phat trien, sai gon thuong tin, viet nam thinh vuong, thinh vuong, viet nga, gpb, dau khi toan cau, ibk,
    kookmin, keb, keb hana, nonghyup, cake, timo, ubank, tnex, liobank, umee, digibank, vdb, chase, bank of america,
    bofa, wells fargo, capital one, us bank, pnc, barclays, lloyds, natwest, monzo, revolut, starling, commbank,
    commonwealth bank, westpac, anz, rbc, scotiabank, bmo, cibc, td bank, kakaobank, kakao bank, toss, toss bank, hana
    bank, japan post, japan post bank, yucho, mufg, mitsubishi ufj, smbc, sumitomo, mizuho, rakuten bank, ctbc, cathay
    united, esun, taishin, fubon, maybank, rhb, dbs, posb, ocbc, bangkok bank, krungthai, krung thai, bdo, bpi,
    mandiri, icbc, deutsche bank, commerzbank, sparkasse, n26, postbank, volksbank, bnp, credit agricole, ceska
    sporitelna, komercni, pko, santander, bbva, unicredit, sberbank, aba bank, acleda, wise, payoneer, metrobank, sbi,
    krungsri, truist, pnb, hdfc, icici,
    농협, 신한, 국민, 우리은행, 카카오뱅크, 토스, 三菱ufj, ゆうちょ, みずほ, 三井住友, 楽天銀行
""")
WALLETS = listed("""
    momo, zalopay, zalo pay, viettelpay, viettel pay, viettel money, viettelmoney, shopeepay, shopee pay,
    airpay, vnpay, vnpt money, vnptpay, vnpt pay, moca, payoo, smartpay, mobifone money, gpay, vi dien tu,
    so vi, vi,
    payid, paynow, zelle, venmo, gcash, promptpay, alipay, kakaopay
""")
_GENERIC = r"(?:ngan hang|nhtmcp|nh|bank)(?: tmcp)?(?: viet nam)? ?"
BANK = rf"(?:(?:{_GENERIC})?(?:{phrases((*BANKS, *WALLETS))})(?![a-z0-9]))"
