"""Measuring the matching core: BEIR data sets, metrics, runs, fitting, reports. Knows no Django."""
