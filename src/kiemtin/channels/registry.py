"""All channels by name."""

from __future__ import annotations

from kiemtin.channels.base import Channel
from kiemtin.channels.mail.channel import Mail

CHANNELS: dict[str, Channel] = {channel.name: channel for channel in (Mail(),)}


def channels() -> dict[str, Channel]:
    """Return the channels that are set up, by name."""
    return {name: channel for name, channel in CHANNELS.items() if channel.is_ready()}
