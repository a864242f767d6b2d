.DEFAULT_GOAL := help
SHELL := /bin/bash
BIN := .venv/bin

# Functional tests are processes apart: a browser's event loop forbids Django's database, and the walks want a site that no story changes.
# A walk keeps two cores busy by itself (browser and server).
# Those of pages come first: some want somebody who has signed in just now.
WALKS := $(addprefix tests/functional/test_,pages.py accessibility.py dark.py language.py layout.py)
# On all cores, a file on one of them: what its tests share is made once. Files come in our order, not by how many tests they hold.
SPREAD := -n auto --dist loadfile --no-loadscope-reorder
STORIES := $(filter-out $(WALKS),$(wildcard tests/functional/test_*.py))

.PHONY: help setup run test test-postgresql suite lint format lock messages screenshots fit bench fuzz examples clean

help:  ## This list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-11s %s\n", $$1, $$2}'

setup:  ## Install everything into .venv (run and test do it by themselves)
	@scripts/setup

run: setup  ## Load the sample library, make demonstration people, serve at http://localhost:8000
	@$(BIN)/kiemtin demo
	@$(BIN)/kiemtin serve

test: setup  ## Lint, types, layers, translations and all tests, on SQLite and (but for what is the same on both) on PostgreSQL
	@scripts/setup-browser
	@scripts/setup-tesseract
	@scripts/setup-postgresql
	@$(MAKE) --no-print-directory lint suite
	@$(MAKE) --no-print-directory test-postgresql ONLY='-m "not once"'

test-postgresql: setup  ## All tests on a PostgreSQL server of their own, or those of TESTS=…
	@scripts/setup-browser
	@scripts/setup-tesseract
	@scripts/setup-postgresql
	@$(BIN)/python -m tests.postgresql $(if $(TESTS),$(BIN)/pytest $(SPREAD) $(TESTS),$(MAKE) --no-print-directory suite)

suite: setup  ## All tests and no more, on the database of DATABASE_URL; on SQLite without one
	@$(BIN)/pytest $(ONLY) $(SPREAD)
	@$(BIN)/pytest $(ONLY) $(WALKS)
	@$(BIN)/pytest $(ONLY) $(SPREAD) $(STORIES)

lint: setup  ## Only the checks that run no test
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: setup  ## Format the code
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

lock: setup  ## Write requirements.lock again from pyproject.toml
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --custom-compile-command "make lock" --extra encoder --extra postgresql --group dev --group bench pyproject.toml --upgrade -o requirements.lock

messages: setup  ## Take new strings into the translations and compile them
	@PYTHONPATH=. DJANGO_SETTINGS_MODULE=kiemtin.config.settings $(BIN)/pybabel --quiet extract -F babel.cfg -k gettext_lazy -k ngettext_lazy:1,2 -k pgettext_lazy:1c,2 --no-location -o .messages.pot src/kiemtin
	@$(BIN)/pybabel --quiet update -w 110 -N --ignore-obsolete -D django -l vi -i .messages.pot -d src/kiemtin/locale
	@$(BIN)/pybabel --quiet compile -D django -d src/kiemtin/locale
	@rm -f .messages.pot

screenshots: setup  ## Take the pictures of docs/how-to again
	@scripts/setup-browser
	@KIEMTIN_SCREENSHOTS=docs/how-to/images $(BIN)/pytest -q tests/functional/test_screenshots.py

DATA ?= ../shared/data
fit: setup  ## Fit weights and thresholds again (DATA=folder of the BEIR sets)
	@$(BIN)/python -m kiemtin.bench.fit $(DATA) datasets --out src/kiemtin/retrieval/model.json

bench: setup  ## Measure matching on every set, into benchmarks/results (DATA=folder of the BEIR sets)
	@$(BIN)/python -m benchmarks.quality $(DATA) datasets

SECONDS := 60
NAMES :=
fuzz: setup  ## Fuzz all that reads bytes from outside (SECONDS=60 for each harness, NAMES=some of them)
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --group fuzz
	@$(BIN)/python -m fuzz --seconds $(SECONDS) $(NAMES)

TIMES := 20
examples: setup  ## Try more of what hypothesis and schemathesis think of than the tests do, and new (TIMES=20 times as much)
	@KIEMTIN_EXAMPLES=$(TIMES) $(BIN)/pytest $(SPREAD) -m hypothesis tests/unit
	@KIEMTIN_EXAMPLES=$(TIMES) $(BIN)/pytest $(SPREAD) $(addprefix tests/integration/test_,text_path.py newsroom_machine.py api_schema.py)

clean:  ## Remove what setup and the tests made (not your data)
	@rm -rf .venv .fuzz .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
