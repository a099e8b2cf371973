# `make help` lists what there is. Needs Python 3.11 or later, git and make; everything else is installed into .venv.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
# The steps of a target print in their order and share two cores well; `make -j` must not shuffle them.
.NOTPARALLEL:

VENV := .venv
BIN := $(VENV)/bin
PY := $(BIN)/python
# What third parties install stands in requirements/dev.txt, with hashes and without an index.
TOOLS := $(VENV)/.tools
CLIENT := generated/huaweicloud-jobs
CLIENT_INSTALLED := $(VENV)/.client
# What others offer, to compare with: in an environment of its own, for it needs much that nothing else does.
PEERS := .venv-peers
PEERS_INSTALLED := $(PEERS)/.installed
# A Python to make the environment with; by default the first of these that is 3.11 or later.
PYTHON ?= $(shell for candidate in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$candidate -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$candidate && break; done)
INSTALL := $(PY) -m pip install --quiet --disable-pip-version-check
# Workers of the generator's own tests.
WORKERS ?= 2

say = @printf '\n\033[1m== %s\033[0m\n' "$(1)"
ifdef NO_COLOR
say = @printf '\n== %s\n' "$(1)"
endif

.PHONY: help
help: ## list these targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "  make %-16s %s\n", $$1, $$2 }'

# -- environment ------------------------------------------------------------------------------------------------------

.PHONY: venv
venv: $(CLIENT_INSTALLED) ## create .venv with the pinned tools, specloom and the emitted package

$(PY):
	@test -n "$(PYTHON)" || { echo "make: no Python 3.11 or later found; say which: make PYTHON=/path/to/python" >&2; exit 1; }
	$(call say,environment: $(VENV) by $(PYTHON))
	@$(PYTHON) -m venv $(VENV)

$(TOOLS): requirements/dev.txt pyproject.toml | $(PY)
	$(call say,install: pinned tools and specloom)
	@$(INSTALL) --require-hashes -r requirements/dev.txt
	@$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(CLIENT)/pyproject.toml: | $(TOOLS)
	$(call say,build: $(CLIENT) is missing)
	@$(BIN)/specloom build

$(CLIENT_INSTALLED): $(TOOLS) $(CLIENT)/pyproject.toml
	$(call say,install: $(CLIENT))
	@$(INSTALL) --no-deps --no-build-isolation --editable $(CLIENT)
	@touch $@

$(PEERS_INSTALLED): requirements/peers.txt
	@test -n "$(PYTHON)" || { echo "make: no Python 3.11 or later found; say which: make PYTHON=/path/to/python" >&2; exit 1; }
	$(call say,environment: $(PEERS), with what others offer)
	@$(PYTHON) -m venv --clear $(PEERS)
	@$(PEERS)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/peers.txt
	@touch $@

# -- daily work -------------------------------------------------------------------------------------------------------

.PHONY: demo
demo: generate $(CLIENT_INSTALLED) ## build from spec/, start the server, run a program against it
	$(call say,demo)
	@$(PY) tests/demo/run.py

.PHONY: generate
generate: $(TOOLS) ## write generated/ from spec/ and show what changed
	$(call say,generate)
	@$(BIN)/specloom build

.PHONY: golden
golden: $(CLIENT_INSTALLED) ## rewrite the goldens of tests/cases and show what changed
	$(call say,golden)
	@$(PY) -m pytest tests/cases --update -n $(WORKERS) -q
	@git --no-pager status --short -- tests/cases

.PHONY: features
features: $(TOOLS) ## write generator/FEATURES.md from the cases
	@$(PY) -m tests.cases.features

.PHONY: lint
lint: style spec-lint ## check style of all Python, and the spec

.PHONY: bench
bench: $(CLIENT_INSTALLED) ## print what a build, an import and a call cost, beside what others take
	@$(MAKE) --no-print-directory $(PEERS_INSTALLED) || echo "what others take cannot be installed; the bench goes on"
	$(call say,bench)
	@$(PY) tests/bench/run.py

.PHONY: bench-corpus
bench-corpus: $(TOOLS) ## print what real documents cost (CORPUS=folder, ONLY="names", PEERS=0, GROWN="names")
	$(call say,bench-corpus)
	@CORPUS="$(CORPUS)" ONLY="$(ONLY)" PEERS="$(PEERS)" GROWN="$(GROWN)" $(PY) tests/bench/corpus.py

.PHONY: peers
peers: $(CLIENT_INSTALLED) $(PEERS_INSTALLED) ## do with other clients what the README compares (ROW=name for one row)
	$(call say,peers)
	@$(PY) tests/peers/show.py $(ROW)

.PHONY: requirements
requirements: ## compile requirements/*.txt anew (needs uv)
	uv pip compile --upgrade --universal --generate-hashes --no-emit-index-url --no-header --no-annotate \
		--python-version 3.11 --extra serve pyproject.toml requirements/dev.in --output-file requirements/dev.txt
	uv pip compile --upgrade --universal --generate-hashes --no-emit-index-url --no-header --no-annotate \
		--python-version 3.11 requirements/peers.in --output-file requirements/peers.txt

.PHONY: edits
edits: $(CLIENT_INSTALLED) ## random edits of documents: builds with a past against builds without (EDITS=number)
	$(call say,edits)
	@EDITS="$(or $(EDITS),30)" $(PY) -m pytest tests/regeneration/test_random_edits.py -n $(WORKERS) -q

.PHONY: tolerance
tolerance: $(CLIENT_INSTALLED) ## every change of every answer of ten documents in ../shared/corpus (20 minutes)
	$(call say,tolerance)
	@$(PY) -m tests.corpus.tolerating

.PHONY: hard
hard: $(CLIENT_INSTALLED) ## everything that is thrown at the generator, a row for each kind (10 minutes; ROWS="name ...")
	$(call say,hard)
	@$(PY) -m tests.hard.report $(ROWS)

.PHONY: fuzz
fuzz: $(TOOLS) ## build DOCUMENTS made up and changed ones (10000, SEED=1): packages or diagnostics, and nothing else
	$(call say,fuzz)
	@$(PY) -m tests.fuzz.run --documents $(or $(DOCUMENTS),10000) --seed $(or $(SEED),1) --workers $(WORKERS)

.PHONY: determinism
determinism: $(TOOLS) ## one digest of the output in every surrounding (SPECLOOM_PYTHONS=paths for more interpreters)
	$(call say,determinism)
	@$(PY) -m tests.regeneration.digest

.PHONY: mutation
mutation: $(CLIENT_INSTALLED) ## change one thing of the source at a time and see whether the tests notice (an hour)
	$(call say,mutation)
	@$(PY) -m tests.mutation.report --survivors

# SEED is another sample.
.PHONY: mutation-sample
mutation-sample: $(CLIENT_INSTALLED) ## the same with some of the changes (two minutes)
	$(call say,mutation: sample)
	@$(PY) -m tests.mutation.report --sample 40 --seed $(or $(SEED),0)

# CORPUS is a folder of OpenAPI documents, ONLY names some of them (without ending).
.PHONY: corpus
corpus: $(CLIENT_INSTALLED) ## what becomes of every document of a folder (CORPUS=dir ONLY="name ...")
	$(call say,corpus)
	@$(PY) -m tests.corpus.report $(CORPUS) $(addprefix --only ,$(ONLY)) --faults

# -- checks -----------------------------------------------------------------------------------------------------------

.PHONY: test
test: style types drift spec-lint client-tests generator-tests ## run every check
	@printf '\nAll checks passed.\n'

.PHONY: style
style: $(TOOLS) ## ruff check and black --check, over what is written and what is emitted
	$(call say,ruff check)
	@$(BIN)/ruff check --quiet && echo "nothing to report"
	$(call say,black --check)
	@$(BIN)/black --check --quiet generator tests generated || { $(BIN)/black --diff --quiet generator tests generated; exit 1; }
	@echo "nothing to reformat"

.PHONY: types
types: $(CLIENT_INSTALLED) ## mypy --strict and pyright over generator, runtime, emitted code and programs over it
	$(call say,mypy --strict: generator and runtime)
	@$(BIN)/mypy --strict generator/specloom
	$(call say,mypy --strict: emitted package and its tests)
	@MYPYPATH=$(CLIENT)/src $(BIN)/mypy --strict $(CLIENT)/src $(CLIENT)/tests
	$(call say,mypy --strict: programs over it)
	@MYPYPATH=$(CLIENT)/src $(BIN)/mypy --strict tests/demo tests/bench tests/typing
	$(call say,pyright strict: runtime and emitted package with programs over it)
	@$(BIN)/basedpyright --project . --pythonpath $(PY)

.PHONY: drift
drift: $(TOOLS) ## specloom build --check
	$(call say,specloom build --check)
	@$(BIN)/specloom build --check

.PHONY: spec-lint
spec-lint: $(TOOLS) ## specloom lint
	$(call say,specloom lint)
	@$(BIN)/specloom lint --strict

.PHONY: client-tests
client-tests: $(CLIENT_INSTALLED) ## the emitted tests, in a process of their own
	$(call say,pytest: emitted tests)
	@cd $(CLIENT) && ../../$(PY) -m pytest tests

.PHONY: generator-tests
generator-tests: $(CLIENT_INSTALLED) ## everything in tests/
	$(call say,pytest: generator)
	@$(PY) -m pytest -n $(WORKERS)

.PHONY: clean
clean: ## remove environment and caches
	rm -rf $(VENV) $(PEERS) .specloom .mypy_cache .ruff_cache .pytest_cache
