"""Kiểm Tin: a fact-check desk that answers a doubted message from published checks."""

from importlib.metadata import version

__version__ = version("kiemtin")
