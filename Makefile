# Recollect from a checkout. Each target does all its own set-up; what is there already is left alone.
#
#   make run      the program
#   make demo     a sample library, indexed and searched: in a window, or without a display in a picture of it
#   make test     everything continuous integration runs
#   make bench    the figures the README quotes
#   make screenshots  every page in both themes and languages, in dist/screenshots
#   make torture  every write fails once, processes are killed (half an hour on two cores; Linux, a C compiler)
#   make soak     one window while files, drives and models change around it: a minute; SECONDS=14400 PHOTOS=50000 for all
#   make package  what users download, in dist/ (packaging/README.md)
#   make smoke    that, installed into a bare Debian, used there by two people, and removed (as root)

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP_OPTIONS ?=

SECONDS ?= 60
PHOTOS ?= 500

.PHONY: run demo test lint bench screenshots torture soak package smoke clean

run: $(VENV)/product packaging/system_libraries.sh
	@sh packaging/system_libraries.sh
	$(BIN)/recollect

demo: $(VENV)/demo packaging/system_libraries.sh
	@sh packaging/system_libraries.sh
	$(BIN)/recollect demo

test: lint
	$(BIN)/coverage erase
	QT_QPA_PLATFORM=offscreen $(BIN)/coverage run -m pytest -n logical --maxprocesses 8 --dist loadfile
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

lint: $(VENV)/dev packaging/system_libraries.sh
	@sh packaging/system_libraries.sh
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/pyright
	$(BIN)/lint-imports

bench: $(VENV)/dev packaging/system_libraries.sh
	@sh packaging/system_libraries.sh
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.benchmarks

screenshots: $(VENV)/dev packaging/system_libraries.sh
	@sh packaging/system_libraries.sh
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.screenshots dist/screenshots

torture: $(VENV)/dev
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.torture

soak: $(VENV)/dev
	folder=$$(mktemp -d) && QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.torture.soak $$folder $(SECONDS) $(PHOTOS) 1; \
	status=$$?; rm -rf $$folder; exit $$status

# One stamp per set of packages: `make run` never installs what only the developers need.
$(VENV)/product: EXTRAS :=
$(VENV)/demo: EXTRAS := [demo]
$(VENV)/dev: EXTRAS := [dev]
$(VENV)/product $(VENV)/demo $(VENV)/dev: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Recollect needs Python 3.11 or newer; name one with: make PYTHON=python3.12")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { echo "On Debian and Ubuntu, first: apt-get install python3-venv"; exit 1; }
	$(BIN)/python -m pip install --quiet $(PIP_OPTIONS) -c constraints.txt -e '.$(EXTRAS)'
	@touch $@

package:
	$(PYTHON) packaging/build.py

smoke:
	$(PYTHON) packaging/clean_root.py

clean:
	rm -rf $(VENV) build dist
