"""Names of Vietnamese banks and wallets, folded."""

# Each begins with a letter: the engine then skips to the letters that a name can begin with.
BANK_NAMES = (
    r"vietcom(?: ?bank)?|vcb|ctg|techcom(?: ?bank)?|tcb|bidv|agri(?: ?bank)?|vietin(?: ?bank)?|vtb|mb ?bank|mbb?|acb|"
    r"sacom(?: ?bank)?|stb|vp ?bank|dong ?a ?bank|"
    r"vpb|tp ?bank|tpb|hd ?bank|shb|vib|msb|ocb|sea ?bank|exim ?bank|lien ?viet(?: ?post ?bank)?|lp ?bank|lpb|scb|"
    r"nam ?a ?bank|bac ?a ?bank|ab ?bank|pvcom ?bank|kien ?long ?bank|bv ?bank|viet ?bank|viet ?a ?bank|baoviet ?bank|"
    r"saigon ?bank|pg ?bank|cb ?bank|oceanbank|gp ?bank|ncb|shinhan(?: ?bank)?|woori(?: ?bank)?|hsbc|uob|cake|timo|"
    r"tnex|momo|zalo ?pay|vnpay|viettel ?(?:pay|money)"
)
BANK = rf"(?:(?:ngan hang |nh |bank )?(?:{BANK_NAMES})(?![a-z0-9]))"
