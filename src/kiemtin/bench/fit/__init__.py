"""Fitting: fusion weights, calibration and thresholds, learnt from train and dev parts alone.

Run it with `python -m kiemtin.bench.fit DATA… --out FILE`; DATA are folders that hold the sets named in `plan`.
"""
