# Everything here sets itself up, without root, into .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PINS := tools/requirements
STAMP := $(VENV)/.stamp
PYTEST := $(BIN)/python -m pytest -q

.DEFAULT_GOAL := help
.PHONY: help dev demo test editor test-system check generate fix bench fuzz mutants corpus pins

help: ## show this
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sort | awk -F':.*## ' '{printf "  %-12s %s\n", $$1, $$2}'

$(STAMP): $(PINS)/dev.txt $(PINS)/demo.txt $(PINS)/axe.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r $(PINS)/dev.txt
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes --no-deps -r $(PINS)/demo.txt -r $(PINS)/axe.txt
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

dev: $(STAMP) ## set up .venv with onex in it, editable

demo: dev ## make, lock, test and run a pipeline of nodes on a real survey, then break it
	$(BIN)/python tools/demo/demo.py

test: dev ## run the tests that need nothing but Python
	$(PYTEST) -m "not system" -n 2

editor: $(VENV)/editor/.stamp

$(VENV)/editor/.stamp: $(STAMP) $(PINS)/editor/package-lock.json
	mkdir -p $(VENV)/editor
	cp $(PINS)/editor/package.json $(PINS)/editor/package-lock.json $(VENV)/editor
	cd $(VENV)/editor && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error > /dev/null
	@touch $@

test-system: dev editor ## run the tests that need strace, Chromium, Node.js and other system tools
	$(PYTEST) -m system -n 2

check: dev ## lint, types, layers, and whether anything generated is stale
	$(BIN)/ruff check -q
	$(BIN)/ruff format -q --check
	$(BIN)/mypy --no-error-summary
	$(BIN)/lint-imports --no-logo > $(VENV)/lint-imports.log || { cat $(VENV)/lint-imports.log; exit 1; }
	$(BIN)/python -m tools.codegen --check
	$(BIN)/onex gen docs --check schemas
	$(BIN)/onex validate -q

generate: dev ## write generated/, schemas/README.md and schemas/SHA256SUMS from schemas/
	$(BIN)/python -m tools.codegen

fix: dev ## let the linter and the formatter mend what they can
	$(BIN)/ruff check -q --fix
	$(BIN)/ruff format -q

bench: dev ## measure against peers in one run, print ratios, and what each says of broken files
	$(BIN)/python -m tools.bench
	$(BIN)/python -m tools.bench.errors build/bench-errors.md

fuzz: dev ## a minute of atheris against reader, lock and rules
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes --no-deps -r $(PINS)/fuzz.txt
	$(BIN)/python -m tools.fuzz

mutants: dev ## change reader, lock and rules in one place at a time, and list what no test notices
	$(BIN)/python -m tools.mutants

corpus: dev ## run onex against the documents in the folder ONEX_CORPUS
	$(BIN)/python -m tools.corpus

pins: ## write tools/requirements/*.txt again; needs pip-compile
	$(PYTHON) $(PINS)/pin.py > $(PINS)/dev.in
	pip-compile -q --generate-hashes --allow-unsafe --strip-extras --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-header --no-annotate -o $(PINS)/dev.txt $(PINS)/dev.in
	rm $(PINS)/dev.in
	pip-compile -q --generate-hashes --strip-extras --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-header --no-annotate -o $(PINS)/demo.txt $(PINS)/demo.in
