# make run    opens the demo caseload          make check  lints, types and import rules
# make test   runs the tests                   make bench  measures against peers, about a quarter of an hour
# make prove  tries to lose a word of the       make soak   ten minutes of film, keys, resizes and dialogs
#             file, for most of an hour
.DEFAULT_GOAL := help
.PHONY: help run test check bench prove soak keys clean

VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= python3
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo -n)
APT := DEBIAN_FRONTEND=noninteractive apt-get install -y -qq

help:
	@sed -n '/^[^#]/q; s/^# //p' Makefile

run: $(VENV)/ready libmpv
	@$(BIN)/vigtui demo

test: $(VENV)/ready libmpv
	@$(BIN)/pytest -q -n 2

check: $(VENV)/ready
	@$(BIN)/ruff format --check vigtui tests
	@$(BIN)/ruff check vigtui tests
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench: $(VENV)/ready libmpv
	@$(BIN)/python -m tests.bench

prove: $(VENV)/ready
	@$(BIN)/python -m tests.bench killing faults two_programs mutated

soak: $(VENV)/ready libmpv
	@$(BIN)/python -m tests.bench soak --minutes 10

keys: $(VENV)/ready
	@$(BIN)/python -m vigtui.ui.widgets.keys.markdown

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# The virtual environment, made anew when the dependencies change. Debian keeps venv in a package of its own.
$(VENV)/ready: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "vigtui needs Python 3.11 or later; this is $$($(PYTHON) --version). Try: make PYTHON=python3.12 run"; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { echo "Installing python3-venv"; \
		$(SUDO) sh -c 'apt-get update -qq; $(APT) python3-venv' >/dev/null 2>&1; } \
		|| { echo "Python's venv is missing. Run this, then make again:  sudo apt-get install python3-venv"; exit 1; }
	@echo "Preparing the virtual environment in $(VENV)"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install -q --disable-pip-version-check --upgrade 'pip>=25.1'
	@$(BIN)/python -m pip install -q --disable-pip-version-check --group dev -e .
	@touch $@

# libmpv plays the film. Without it everything else works, so this never stops the work.
.PHONY: libmpv
libmpv:
	@$(BIN)/vigtui doctor --libmpv >/dev/null 2>&1 || { \
		if command -v apt-get >/dev/null; then \
			echo "Installing libmpv, which plays the film"; \
			$(SUDO) sh -c 'apt-get update -qq; $(APT) libmpv2 || $(APT) libmpv1' >/dev/null 2>&1; \
		elif command -v brew >/dev/null; then echo "Installing mpv, which plays the film"; brew install -q mpv; fi; \
		$(BIN)/vigtui doctor --libmpv || echo "Going on without film."; }
