"""The product's settings with the addresses of `benchmarks.load.plain`."""

from kiemtin.config.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.load.plain"
