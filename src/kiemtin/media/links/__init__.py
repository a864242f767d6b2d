"""Links as they are written in messages: found, brought into one form, and looked at. Asks nothing of the network."""

from kiemtin.media.links.finding import Found, find_links
from kiemtin.media.links.link import Link, Trait, read_link

__all__ = ["Found", "Link", "Trait", "find_links", "read_link"]
