"""The desk and the public site with ten thousand cases: latencies, throughput, memory and queries, over HTTP.

Run it with ``python -m benchmarks.desk --out benchmarks/results/desk.json``.
"""
