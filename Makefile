# make lab   opens the lessons     make test   runs every check     make bench   measures     make build   makes the
# exercise notebooks     make clean   starts over
# On a machine with Python 3.11 or newer and make, nothing else is needed. Options go in ARGS: make lab ARGS=--no-browser

SHELL := /bin/sh
VENV := .venv
PY := $(VENV)/bin/python
ARGS ?=

# A .venv counts while its Python runs, is new enough and was not moved here from another folder; else it is made anew.
ifneq ($(shell test "$$(cat $(VENV)/.folder 2>/dev/null || pwd)" = "$$(pwd)" && \
    $(PY) -c 'import sys; print(sys.version_info >= (3, 11))' 2>/dev/null),True)
FRESH := yes
.PHONY: $(VENV)/.folder
endif

# Tests that look at the clock run one after the other.
TIMED := tests/browser tests/test_architecture.py tests/cli/test_main.py tests/widgets/test_policy_editor.py \
    tests/aws/test_completion.py

.DEFAULT_GOAL := help
.PHONY: help lab test lint types bench build clean

help: ## show this list
	@grep -E '^[a-z]+:.*## ' $(firstword $(MAKEFILE_LIST)) | sed -E 's/^([a-z]+):.*## (.*)/make \1\t\2/' | expand -t 14

lab: $(VENV)/.lab ## open the lessons in JupyterLab
	@$(PY) -m iamlab lab . $(ARGS)

test: lint types ## run every check: format, lint, types, then all tests, on all cores (NIGHTLY=1: many more examples)
ifeq ($(ARGS),)
	$(if $(NIGHTLY),IAMLAB_NIGHTLY=1) $(PY) -m pytest $(TIMED:%=--ignore=%) --numprocesses=auto --dist=worksteal
	$(PY) -m pytest $(TIMED)
else
	$(if $(NIGHTLY),IAMLAB_NIGHTLY=1) $(PY) -m pytest $(ARGS)
endif

lint: $(VENV)/.test ## check format and lint
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .

types: $(VENV)/.test ## check types
	$(PY) -m mypy

bench: $(VENV)/.test ## measure parsing, deciding and typing (ARGS=--json: as JSON)
	@$(PY) -m tests.benchmarks $(ARGS)

build: $(VENV)/.lab ## make the exercise notebooks (ARGS=--check: say which are not current)
	@$(PY) -m iamlab build $(ARGS)

clean: ## remove .venv and all that tools left
	rm -rf $(VENV) build dist test-output .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find iamlab tests notebooks -name __pycache__ -type d -prune -exec rm -rf {} +

# Setting up. Each stamp says what .venv holds, so a second run installs nothing.
$(VENV)/.lab: pyproject.toml $(VENV)/.folder
	@echo "Installing iamlab and JupyterLab into $(VENV); this takes a minute or two, once."
	@$(PY) -m pip install -qq --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.test: pyproject.toml $(VENV)/.folder
	@echo "Installing iamlab and what its tests need into $(VENV)."
	@$(PY) -m pip install -qq --disable-pip-version-check --editable '.[test]'
	@touch $@ $(VENV)/.lab

# With PYTHON=/path/to/python that one is used, else the first that is new enough. A .venv of your own is kept.
$(VENV)/.folder:
	$(if $(FRESH),@python=$$(sh .ci/find-python $(PYTHON)) && "$$python" -m venv --clear $(VENV))
	@pwd > $@
