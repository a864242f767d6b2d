"""The scale benchmark: speed, memory and disk from ten thousand to a million generated documents, beside peers.

Run it with ``python -m benchmarks.scale --sizes 10000,100000,1000000 --out benchmarks/results/scale.json``.
"""
