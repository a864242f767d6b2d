"""Names and handles of people on social networks, in links and on their own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kiemtin.questions.masking.kind import Kind
from kiemtin.questions.masking.view import Find, View

_HANDLE = r"[a-z0-9_](?:[a-z0-9_.\-]{0,60}[a-z0-9_])?"
# Pages of the network itself and single posts: what is asked about, and nobody's profile.
_FACEBOOK_PAGES = (
    r"groups|watch|share|sharer|sharer\.php|share\.php|reels?|photos?|photo\.php|story\.php|permalink\.php|events|"
    r"marketplace|gaming|login|login\.php|help|policies|hashtag|pages|plugins|dialog|stories|ads|business|privacy|"
    r"l\.php|messages|notes|video\.php|videos|media|public|search|home\.php|settings|legal|profile\.php|people|t"
)
_END = r"(?![a-z0-9_.\-])"


def _path(pages: str, before: str = "") -> re.Pattern[str]:
    return re.compile(rf"/{before}(?!(?:{pages}){_END})(?P<who>{_HANDLE})")


_AT = re.compile(r"/@(?P<who>[a-z0-9_.\-]{1,60})")
_NETWORKS: tuple[tuple[str, tuple[re.Pattern[str], ...]], ...] = (
    (
        r"facebook\.com|fb\.com|fb\.me|m\.me|messenger\.com",
        (
            _path(_FACEBOOK_PAGES),
            re.compile(rf"/groups/[^/\s]{{1,80}}/(?:user|members?)/(?P<who>{_HANDLE})"),
            re.compile(rf"/(?:people|pages)/[^/\s]{{1,80}}/(?P<who>{_HANDLE})"),
            re.compile(rf"/(?:messages/)?t/(?P<who>{_HANDLE})"),
            re.compile(r"/[a-z.]{1,20}\?(?:[^\s#]{0,200}?&)?id=(?P<who>\d{4,20})"),
        ),
    ),
    (r"zalo\.me", (_path("g|s|pc|oa|share"),)),
    (r"t\.me|telegram\.me|telegram\.dog", (_path("joinchat|s|c|addstickers|share|proxy|iv"), _path("-", "s/"))),
    (r"tiktok\.com|threads\.net|threads\.com|youtube\.com|medium\.com|shopee\.vn", (_AT,)),
    (r"youtube\.com", (re.compile(rf"/(?:c|user|channel)/(?P<who>{_HANDLE})"),)),
    (r"instagram\.com", (_path("p|reels?|explore|stories|tv|accounts|share|about"), _path("highlights", "stories/"))),
    (r"twitter\.com|x\.com", (_path("home|search|i|hashtag|share|intent|explore|settings|tos|privacy"),)),
    (r"linkedin\.com", (re.compile(r"/in/(?P<who>[^/?#\s\x00-\x02]{1,100})"),)),
    (r"snapchat\.com", (re.compile(rf"/add/(?P<who>{_HANDLE})"),)),
    (r"line\.me", (re.compile(r"/ti/p/(?P<who>[^/?#\s\x00-\x02]{1,60})"),)),
    (r"paypal\.me|venmo\.com|cash\.app", (_path("u|pay|signup|app|home|webapps", r"(?:u/)?\$?"),)),
    (r"wa\.me|viber\.me|line\.me|skype\.com", (_path("message|channel|qr|ti", r"\+?"),)),
)
_HOSTS = tuple(
    (
        re.compile(rf"(?:.*//)?(?:(?:www|m|mobile|web|mbasic|touch|vi|[a-z]{{2}}-[a-z]{{2}})\.)?(?:{hosts})(?::\d+)?"),
        paths,
    )
    for hosts, paths in _NETWORKS
)

_MENTION = re.compile(
    r"(?<![\w@./\x00-\x02])@(?=[0-9_.]{0,30}[a-z])(?!(?:all|everyone|here|channel|media|moi nguoi)(?![a-z0-9_]))"
    r"[a-z0-9_](?:[a-z0-9_.]{1,40}[a-z0-9_])(?![\w@])"
)
_LABELLED = re.compile(
    r"(?<![a-z0-9])(?:fb|face|facebook|zalo|tele(?:gram)?|tg|tiktok|insta(?:gram)?|ig|skype|viber|wechat|line|"
    r"kakao(?:talk)?|threads|messenger|nick|snap(?:chat)?|twitter|signal|discord|venmo|cash ?app|paypal|"
    r"mess|ytb|username)(?: (?:id|nick|fb|ca nhan|toi|em|minh))?"
    r"(?: ?[:=/] ?|(?: (?:cua )?(?:no|em|toi|minh|chi|anh|ban|his|her|my))? (?:la|is)(?: ten)? )(?!covid)"
    r"(?=(?:live:)?[a-z]*+[._0-9])(?P<who>(?:live:)?[a-z](?:[a-z0-9_.]{2,40}[a-z0-9_]))(?![\w@/]|\.\w)"
)
# Without a colon only where a handle is what one expects, and it looks like one.
_BESIDE = re.compile(
    r"(?<![a-z0-9])(?:ig|insta|instagram|tele|telegram|tg|wechat|kakao|line|skype|tiktok|fb|facebook|face|threads|"
    r"snap|snapchat|twitter|venmo|cash ?app)(?: (?:id|nick|name))? "
    r"(?P<who>(?:\$|live:)?(?=[a-z]{2,30}(?:[._][a-z]{1,20}){0,3}[._]?[0-9_])[a-z](?:[a-z0-9_.]{4,40}[a-z0-9_]))(?![\w@/]|\.\w)"
)
# Where people pay each other: @lan-nguyen-9, $lannguyen9
_PAID = re.compile(
    r"(?<![a-z])(?:venmo|cash ?app)[ :]{1,3}(?:is |"
    r"me )?(?P<who>[@$](?=[a-z0-9_\-]{0,30}[a-z])[a-z0-9_](?:[a-z0-9_\-]{1,30}[a-z0-9_]))(?![\w@])"
)
_NUMBERED = re.compile(r"(?<![\w@.])(?P<who>[a-z0-9_.]{3,32}#\d{4})(?!\w)")
# facebook . com / lan: no link to a program
_CUT = re.compile(
    r"(?<![\w.])(?:facebook|fb|tiktok|instagram|zalo|telegram|t) (?:\. ?|cham )(?:com|me) ?(?:/|xuyet) ?@?"
    rf"(?!(?:{_FACEBOOK_PAGES}){_END})(?P<who>{_HANDLE})"
)


def in_link(plain: str, link: re.Match[str]) -> Iterator[Find]:
    """Find whose page a link to a network is; the rest of the link stays."""
    host = plain[link.start() : link.start("rest")]
    for hosts, paths in _HOSTS:
        if not hosts.fullmatch(host):
            continue
        for path in paths:
            if match := path.match(plain, link.start("rest"), link.end()):
                yield Find(match.start("who"), match.end("who"), Kind.PROFILE)
                return


def handles(view: View) -> Iterator[Find]:
    """Find @handle, and a handle after the name of a network."""
    yield from (Find(*match.span("who"), Kind.PROFILE) for match in _PAID.finditer(view.plain))
    if "@" in view.plain:
        yield from (Find(*match.span(), Kind.PROFILE) for match in _MENTION.finditer(view.plain))
    for pattern in (_LABELLED, _BESIDE, _NUMBERED, _CUT):
        yield from (Find(*match.span("who"), Kind.PROFILE) for match in pattern.finditer(view.plain))
