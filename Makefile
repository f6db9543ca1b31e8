.DEFAULT_GOAL := help
.PHONY: help run test test-fast check bench bench-compare prove prove-film prove-kernel prove-themes prove-exchange prove-spaces tinydb soak keys man pictures lock wheels clean

VENV := .venv
BIN := $(VENV)/bin
KERNEL := vigtui/film/kernel/kernel.so
PYTHON ?= python3
LAWS := merge merge_laws agreed stopped two_accounts
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo -n)
INSTALL := $(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt
PICTURE_TOOLS := xvfb kitty xterm xdotool imagemagick ffmpeg gifsicle fonts-dejavu-core libgl1-mesa-dri
BORIS_NEEDS := libpulse-mainloop-glib0 libgl1 ffmpeg
CARRIERS := syncthing rclone fuse3
SPACES := spaces erased_in_all_orders space_faults space_film erased_family synced_spaces mounted_spaces space_figures
EDITS := 10000
APT := DEBIAN_FRONTEND=noninteractive apt-get install -y -qq

help:
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-14s %s\n", $$1, $$2}' Makefile

run: $(VENV)/ready libmpv $(KERNEL) ## open the demo caseload; makes the virtual environment and installs libmpv first
	@$(BIN)/vigtui demo

test: $(VENV)/ready libmpv $(KERNEL) ## run the tests
	@$(BIN)/pytest -q -n 3

test-fast: $(VENV)/ready ## run the tests without the slow ones, in little more than a minute
	@$(BIN)/pytest -q -n 3 -m 'not slow'

check: $(VENV)/ready ## formatting, lint, types and import rules
	@$(BIN)/ruff format --check vigtui tests
	@$(BIN)/ruff check vigtui tests
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench: $(VENV)/ready libmpv $(KERNEL) ## measure against peers, about twenty minutes; the figures go into bench/, or INTO=
	@$(BIN)/python -m tests.bench $(if $(INTO),--into '$(INTO)')

bench-compare: $(VENV)/ready ## what changed beyond the noise between two files of bench: OLD=a.json NEW=b.json
	@test -n '$(OLD)' -a -n '$(NEW)' || { echo "Say which two: make bench-compare OLD=bench/a.json NEW=bench/b.json"; exit 2; }
	@$(BIN)/python -m tests.bench compare '$(OLD)' '$(NEW)'

prove: $(VENV)/ready ## try to lose a word of the file, for most of an hour
	@$(BIN)/pytest -q --timeout 0 --hypothesis-profile=prove $(addprefix tests/unit/store/test_,$(LAWS:=.py))
	@$(BIN)/python -m tests.bench killing rekeying backups faults two_programs stopped accounts mutated tampered

prove-kernel: $(VENV)/ready ## the compiled kernel beside numpy on thousands of pictures
	@$(BIN)/pytest -q --timeout 0 --hypothesis-profile=prove tests/unit/film/test_kernel.py

prove-themes: $(VENV)/ready libmpv ## each screen in every theme, instead of in one
	@$(BIN)/pytest -q --every-theme tests/ui/test_contrast.py

prove-film: $(VENV)/ready libmpv ## the pictures of more than fifty kinds of film; what encrypted film leaves; for an hour
	@$(BIN)/python -m tests.bench film_zoo residue

prove-exchange: $(VENV)/ready libmpv ## BORIS itself opens what is exported to it; brings a desktop toolkit, in two minutes
	@ldconfig -p | grep -q libpulse-mainloop-glib && ldconfig -p | grep -q 'libGL\.so' \
		&& command -v ffmpeg >/dev/null || { echo "Installing what BORIS needs of the system"; \
		$(SUDO) sh -c 'apt-get update -qq; $(APT) $(BORIS_NEEDS)' >/dev/null 2>&1; } \
		|| echo "That needs:  sudo apt-get install $(BORIS_NEEDS)"
	@$(BIN)/python -m tests.bench other_tools

prove-spaces: $(VENV)/ready ## writers in damaged spaces, on failing disks, over Syncthing and WebDAV, erasing in every order; two hours
	@command -v syncthing >/dev/null && command -v rclone >/dev/null && command -v fusermount3 >/dev/null \
		|| { echo "Installing what carries a space"; \
		$(SUDO) sh -c 'apt-get update -qq; $(APT) $(CARRIERS)' >/dev/null 2>&1; } \
		|| echo "That needs:  sudo apt-get install $(CARRIERS)"
	@$(BIN)/python -m tests.bench $(SPACES) --edits $(EDITS)

tinydb: $(VENV)/ready ## TinyDB's own test suite, on its own storage and on ours
	@$(BIN)/python -m tests.bench tinydb

soak: $(VENV)/ready libmpv ## ten minutes of film, keys, resizes and dialogs
	@$(BIN)/python -m tests.bench soak --minutes 10

keys: $(VENV)/ready ## write the key table into docs/keys.md
	@$(BIN)/python -m vigtui.ui.widgets.keys.markdown docs/keys.md

man: $(VENV)/ready ## write the man page, docs/vigtui.1
	@$(BIN)/python -m vigtui.cli.manual docs/vigtui.1

pictures: $(VENV)/ready libmpv ## make docs/pictures anew, in real terminals
	@command -v Xvfb kitty xterm xdotool import ffmpeg gifsicle >/dev/null 2>&1 || { \
		echo "Installing a display without a monitor, terminals, and what photographs them"; \
		$(SUDO) sh -c 'apt-get update -qq; $(APT) $(PICTURE_TOOLS)' >/dev/null 2>&1; } \
		|| echo "That needs:  sudo apt-get install $(PICTURE_TOOLS)"
	@$(BIN)/python -m tests.pictures

lock: ## write constraints.txt: the newest versions that pyproject.toml allows
	@rm -rf $(VENV)-lock && $(PYTHON) -m venv $(VENV)-lock
	@$(VENV)-lock/bin/python -m pip install -q --disable-pip-version-check --upgrade 'pip>=25.1'
	@$(VENV)-lock/bin/python -m pip install -q --disable-pip-version-check --group dev -e .
	@$(VENV)-lock/bin/python -m pip freeze --disable-pip-version-check --all --exclude-editable \
		--exclude setuptools > constraints.txt
	@rm -rf $(VENV)-lock

wheels: $(VENV)/ready ## collect vigtui and all it needs in wheels/, for a machine without a network
	@$(BIN)/python -m pip wheel -q --disable-pip-version-check --no-build-isolation -c constraints.txt -w wheels .

clean: ## remove everything that make made
	rm -rf wheels $(KERNEL) .venv-boris .venv-webdav $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# The virtual environment, made anew when the dependencies change, with the versions in constraints.txt. Debian
# keeps venv in a package of its own.
$(VENV)/ready: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "vigtui needs Python 3.11 or later; this is $$($(PYTHON) --version). Try: make PYTHON=python3.12 run"; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { echo "Installing python3-venv"; \
		$(SUDO) sh -c 'apt-get update -qq; $(APT) python3-venv' >/dev/null 2>&1; } \
		|| { echo "Python's venv is missing. Run this, then make again:  sudo apt-get install python3-venv"; exit 1; }
	@echo "Preparing the virtual environment in $(VENV)"
	@$(PYTHON) -m venv $(VENV)
	@$(INSTALL) --upgrade pip
	@$(INSTALL) --group dev
	@$(INSTALL) --no-build-isolation -e .
	@touch $@

# Compiled anew when it has changed. Without a compiler numpy does its work.
$(KERNEL): vigtui/film/kernel/kernel.c hatch_build.py
	@$(PYTHON) hatch_build.py

# libmpv plays the film. Without it everything else works, so this never stops the work.
.PHONY: libmpv
libmpv:
	@$(BIN)/vigtui doctor --libmpv >/dev/null 2>&1 || { \
		if command -v apt-get >/dev/null; then \
			echo "Installing libmpv, which plays the film"; \
			$(SUDO) sh -c 'apt-get update -qq; $(APT) libmpv2 || $(APT) libmpv1' >/dev/null 2>&1; \
		elif command -v brew >/dev/null; then echo "Installing mpv, which plays the film"; brew install -q mpv; fi; \
		$(BIN)/vigtui doctor --libmpv || echo "Going on without film."; }
