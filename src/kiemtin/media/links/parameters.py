"""Parameters of links that say how somebody came to a page, and not which page it is."""

from __future__ import annotations

from kiemtin.media.links.words import words

_PREFIXES = ("utm_", "hsa_", "pk_", "mtm_", "matomo_", "piwik_", "oly_", "trk_", "__cft__", "at_custom", "zanp")
_EVERYWHERE = words(
    "fbclid gclid gclsrc gbraid wbraid dclid msclkid yclid ymclid twclid ttclid li_fat_id igshid igsh mibextid rdid",
    "zarsrc zaloclid zanpid typeinapp srsltid mc_cid mc_eid mkt_tok vero_id vero_conv _hsenc _hsmi hsctatracking _ga",
    "_gl _gac _openstat wt_mc ref_src ref_url spm scm cmpid s_cid ncid icid fb_action_ids fb_action_types fb_ref",
    "fb_source __tn__ __xts__ __twitter_impression sharesource share_source is_from_webapp is_copy_url sender_device",
    "web_id amp outputtype _branch_match_id _branch_referrer gidzl __s",
)
_OF_HOST: dict[str, frozenset[str]] = {
    "facebook.com": words("_rdr _rdc refid ref refsrc paipv eav sfnsn wtsid hrc ref_type locale app"),
    "youtube.com": words("si feature pp ab_channel t start time_continue app embeds_referring_euri"),
    "spotify.com": words("si context nd"),
    "x.com": words("s t ref"),
    "tiktok.com": words("_r _t _d u_code share_app_id share_link_id refer checksum lang tt_from"),
    "instagram.com": words("hl"),
    "google.com": words("sca_esv ved sxsrf ei gs_lcrp sourceid oq aqs"),
    "shopee.vn": words("sp_atk xptdk uls_trackid smtt"),
}


def is_tracking(name: str, domain: str) -> bool:
    """Whether a parameter of this name, at a registrable domain, says nothing about what is shown."""
    small = name.lower()
    return small in _EVERYWHERE or small.startswith(_PREFIXES) or small in _OF_HOST.get(domain, ())
