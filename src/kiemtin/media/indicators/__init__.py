"""What an offer can be recognised by, whatever words surround it: hosts, short links, telephone and account numbers."""

from kiemtin.media.indicators.indicator import Indicator, Kind
from kiemtin.media.indicators.links import of_link
from kiemtin.media.indicators.numbers import of_account, of_phone

__all__ = ["Indicator", "Kind", "of_account", "of_link", "of_phone"]
