"""Measurements of Kiểm Tin: each by a command, raw figures in `results/`."""
