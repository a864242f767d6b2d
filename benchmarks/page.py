"""Write benchmarks/README.md from the raw figures in results/: `python -m benchmarks.page`."""
# ruff: noqa: E501  (the lines of the page are as long as they are)

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from benchmarks.desk.following import markdown as following_markdown
from benchmarks.desk.report import markdown as desk_markdown
from benchmarks.imports.report import markdown as imports_markdown
from benchmarks.load.memory import FLAT
from benchmarks.load.report import markdown as load_markdown
from benchmarks.load.report import memory_markdown
from benchmarks.masking.report import markdown as masking_markdown
from benchmarks.pictures.report import markdown as pictures_markdown
from benchmarks.quality import HEAD, line
from benchmarks.scale.report import markdown

HERE = Path(__file__).parent

QUALITY = """# Benchmarks

Every figure here comes from a command of this folder; the raw JSON lies in [results/](results/). This page is written from it
by `python -m benchmarks.page`.

## Matching quality

Command: `make bench` (`python -m benchmarks.quality DATA…`, which runs `kiemtin eval --json` once a row). Commit {commit},
{date}, {cores} cores, other work on the machine at the same time, so the milliseconds are an upper bound; vectors come from the
cache, so they leave encoding out. Weights and thresholds were learnt on train and dev parts alone (`kiemtin/bench/fit/plan.py`).

- *answer precision*: of all queries that got band `answer`, the share whose first match is right.
- *coverage*: of the queries whose answer is there, the share that got it in band `answer`.
- *false answers*: of the queries whose answer is not there, the share that got band `answer` all the same.
- Half of the queries have their answers taken out of the corpus for these three; `kiemtin-vi` has queries of its own without an
  answer, asked against the whole corpus.
- The ranking averages are over queries that have an answer, and equal `ir_measures` to the last digit over those.
- `--fields words` is our own BM25 alone.

"""

SCALE = """## Scale

Command: `python -m benchmarks.scale --only lexical,dense,near,ask,"ask with vectors"`, other work on the machine at the same time.

"""

PEERS = """## Scale, beside bm25s, SQLite FTS5 and qdrant-edge

Command: `python -m benchmarks.scale`, all engines in one run. This run was made before a vector search settled its first places
with ten bits and before records were kept without their words; the tables above show what that changed on our side.
The rows of qdrant-edge at a million come from a run of that stage alone, an hour later on a quiet machine, with the same seed.

"""

KILLS = """
## Killed under load

A server with two web processes, its worker and a second one are under load: people who ask and leave addresses, people at the desk, an
import, a followed feed. Again and again a process is ended by `kill -9` at a random moment. What was acknowledged is kept outside of the
program and compared from time to time.
"""

KILLED = """
**{setup[database]}**, `{setup[command]}`: {killed} kills ({victims}), {comparisons} comparisons. Acknowledged questions:
{acknowledged[ask]}, all {receipts_opened} receipts opened; drafts: {acknowledged[draft]}; replies by mail: {mails[replies]}, of which
{mails[killed_while_sending]} were in hand when their worker was killed and {mails[went_twice_with_the_same_message_id]} went twice, under
one Message-ID. Lost, doubled or otherwise wrong: {wrong}.
"""

IMPORTS = """
## A large DataFeed

Command: `python -m benchmarks.imports`. A generated DataFeed, one document in the form of Data Commons, is imported by `kiemtin
import` into a data folder of its own. First everything goes into the database, then the index follows it.

- The peer reads the same document with ijson and writes the same fields with sqlite3's `executemany`, with the same batches of 500 and
  the same settings (write-ahead log, a sync at each commit). It cleans no text and no date, skips nothing broken, keeps no position to
  go on from, no log and no change numbers. Ratio 1 is its rate.
- Encoding takes its time for each review, so the rate with the encoder is measured on a smaller feed.
- *on the processor* is what the work takes of one core, so that other work on the machine counts less; the ratio to the peer is of
  these figures.
- Own memory is `RssAnon`, looked at four times a second; pages of mapped files are not in it.

"""

PICTURES = """
## Pictures

Command: `python -m benchmarks.pictures`. It draws one screenshot of a chat for each answered message of `kiemtin-vi` test: three looks of
apps, light and dark, PNG and JPEG, small type, cropped, photographed at an angle. Reading was worked out on pictures
of dev messages that the same program draws: other texts, the same looks. Real apps differ more.

- Other work ran on the machine at the same time (the loads say how much, on two cores), so seconds are an upper bound and pictures a minute
  a lower one, for both readers.
- *CER* is edits a letter against what stands in the bubbles. A clock, a name or the name of the chat that is taken for text counts as wrong;
  *ends free* leaves out what was read before and behind.
- The peer is the same tesseract with its own settings on the picture as it was sent.
- *typed* is the message itself, asked in the same way. In half of the pictures somebody asks back in a second bubble, and what is read is
  asked as it is: nobody corrects it, which the product lets an asker do. *All bubbles typed* is what a reader without fault would give.
- Photographs are scenes made by arithmetic, as there are none that we may give away: clouds of natural frequencies, land, things, grain.
  They are more unlike each other than photographs of one place, so the false matches are a lower bound. The parts that are
  hashed and the distances were chosen on the same 100 originals and kinds of copies (with other unrelated ones), so recall is flattered.

"""

DESK = """
## The desk and the public site

Command: `python -m benchmarks.desk`. It fills a data folder, starts `kiemtin serve --workers 2` (with the worker beside it, and
once more with `--no-worker`) and asks it over HTTP on the same machine, which has two cores for all of it: the browser's part is
played by a second process, sequentially for latencies, with kept connections for throughput. Every question comes from an
address of its own, so that the rate limits stay on.

- Rows are generated (`benchmarks/desk/`): cases in the states of a desk after some months, messages and requests by Zipf, so that
  one case alone has more than ten thousand messages; counters, demand, matches, changes and log follow from them.
- What is published is indexed by the real encoder, but messages that became wordings of a check have their check's vector with
  noise; the index of messages has random unit vectors of the same size. A search costs the same, what it finds says nothing.
- *ask* is all that an asker waits for: sending the text and opening the page that answers. New texts go through the encoder.
- *processor* is what one request takes of the web processes' time on the processor, in milliseconds. *reached* says by which figure
  a goal holds in every run. Figures of several runs stand side by side.
- The peer is a bare WSGI application that says one word, on the same server (granian) with the same workers and threads, asked by
  the same client in the same run.
- An *ask* in the throughput is two requests; of twenty texts one is new.

"""

FOLLOWING = """
## From one machine to the other

Command: `python -m tests.postgresql --durable python -m benchmarks.desk.following`. Two servers with the real encoder, each with two web
processes, a worker and an index of its own, share a database on PostgreSQL; all of it is on the same two cores. A check is published by the
product's own action beside the first. From when that is stored, its claim is asked at the second again and again, each time by a new
asker on a new connection. The time is to the first of eight answers in turn that have it, so that each web process knows.

- *questions a second* are new texts that others ask the second machine meanwhile: its worker finds cases for them.
- The goal is two seconds at most. Both machines and the asking are on the same two cores.

"""

LOAD = """
## A bad day

Command: `python -m benchmarks.load` (a quarter of an hour, then the break), with `--database` for PostgreSQL. It takes a folder as the benchmark of
the desk fills it, starts `kiemtin serve --workers 2` with its worker, and lets a second process be the crowd, on the same two cores.

- Of the questions 95 % have a text that was asked before (by Zipf: the first three of 200 texts are the rumours of the day), 4 % a new one, 1 %
  are pictures. Each comes from an address of its own, opens the page that it leads to, one in five stays until that page asks for news,
  one in ten leaves a mail address. As many readers open the front page. *whole* is from sending the text to the page that answers.
- They come at a constant rate whatever becomes of those before (an open loop), and are timed from when they were meant to come: a client or
  server that stands still hides nothing. The rate is half of what comes through when six are always on their way, or that of `--rate`.
- Five checkers work meanwhile: they open the queue and cases in it, say no to matches, search, write drafts that save themselves, reading one or
  two seconds in between. Three times an editor approves and publishes the answer to a rumour, and those who left an address
  are told by mail.
- *turned away* is 503 with Retry-After and no error; errors are everything else that is not 2xx or 3xx.
- Memory is looked at every five seconds. *flat*: what is a process's own (RssAnon) grows by less than {flat:.0f} MB a minute (Theil–Sen) after the
  first third of the time, five minutes at least, in which what is kept at hand fills up. An hour says more: see below.
- Then the rate grows by half every thirty seconds (`--step`) until no more is answered, and on to four times that; then it is as at first again.
- Latencies are of what was answered well; those of the break are from the moment that it was meant to begin, too.
- The run on PostgreSQL led to a query of the page of a case that put all matches together: of 60 pages one by one the median fell from 483
  to 35 ms when it was mended. *desk: case* below is from before.

"""

HOUR = """
## Memory over an hour

Command: `python -m benchmarks.load --rate 4 --seconds 3600 --no-break`, the same crowd and the same five checkers. Both databases were run at
the same time on the same two cores, and other work beside them (a load of 10 to 25), so their times say nothing and are left out here.
In the first twenty minutes, which do not count, the worker also looks at all 2,800 cited sources and copies of a folder just filled.

"""

MASKING = """
## Masking of personal data

Command: `python -m benchmarks.masking`, on the invented messages of [kiemtin-pii](../datasets/kiemtin-pii/README.md). The rules were
written looking at `dev` only. Who wrote which part, and how often it was measured, stands with the set.

- *recall*: of the labelled pieces, the share of which every letter and figure is masked, under whatever kind.
- *precision*: of the pieces that are masked, the share that touches a labelled one.
- *numbers*: telephone, identity, account, card, tax and passport numbers and number plates.
- `vipii` is used as it comes: patterns and word segmentation. Its names and addresses need a model that must be fetched from a hub, so
  it has none here, and it does not look for profiles. What it finds beyond our kinds (dates of birth, devices, IP addresses) is not
  counted against it.
- Times: both take turns in one process.

"""


def read(name: str) -> dict[str, Any]:
    """Return the raw figures called `name`."""
    data: dict[str, Any] = json.loads((HERE / "results" / f"{name}.json").read_text(encoding="utf-8"))
    return data


def main() -> None:
    """Write the page."""
    quality = read("quality")
    rows = [line(row) for row in quality["rows"]]
    page = QUALITY.format(**quality) + "\n".join([*HEAD, *rows]) + "\n\n"
    page += SCALE + markdown(read("scale")).strip() + "\n\n" + PEERS + markdown(read("scale-peers")).strip() + "\n"
    page += KILLS
    for name in ("kills", "kills-postgresql"):
        kills = read(name)
        victims = ", ".join(f"{victim} {count}" for victim, count in kills["kills"].items())
        page += KILLED.format(**kills | {"victims": victims, "wrong": len(kills["wrong"])})
    if (HERE / "results" / "imports.json").exists() and "killed" in read("imports"):  # its last part
        page += IMPORTS + imports_markdown(read("imports")).strip() + "\n"
    if (HERE / "results" / "pictures.json").exists():
        page += PICTURES + pictures_markdown(read("pictures")).strip() + "\n"
    if (HERE / "results" / "desk.json").exists():
        page += DESK + desk_markdown(read("desk")).strip() + "\n"
    if (HERE / "results" / "following.json").exists():
        page += FOLLOWING + following_markdown(read("following")).strip() + "\n"
    page += LOAD.format(flat=FLAT)
    for name in ("load-sqlite", "load-postgresql"):
        if (HERE / "results" / f"{name}.json").exists():
            page += load_markdown(read(name)).strip() + "\n\n"
    page += HOUR
    for name in ("hour-sqlite", "hour-postgresql"):
        page += memory_markdown(read(name)) + "\n\n"
    if (HERE / "results" / "masking.json").exists():
        page = page.rstrip("\n") + "\n" + MASKING + masking_markdown(read("masking")).strip() + "\n"
    page = page.rstrip("\n") + "\n"
    (HERE / "README.md").write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
