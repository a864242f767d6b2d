"""`kill -9` of web processes, worker and import under load: is anything lost, or done twice.

Run it with ``python -m benchmarks.kills --out benchmarks/results/kills.json``. It takes the database that the
environment names, SQLite in a data folder of its own by default.
"""
