"""Data of each released version, in the form of its database, with which later versions are tried.

`python -m tests.released make VERSION` writes the folder `VERSION`, once, when the version is released:

- `form.json`: the version's last migrations;
- `rows.jsonl`: for each table a line with its name and columns, then a line for each row;
- `data/`: keys and files of the data folder;
- `known.json`: what only people know, such as passwords and receipt codes.

What is there is never changed: it is what installations of that version have. No database is named in it, so that each
kind can be tried with it. The keys are for these data alone.
"""
