# The commands of a checkout. They need Python 3.11 or newer and make, nothing else.

# A Python that is new enough, when the plain one is not.
PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$name" && exit; done; echo python3)
VENV := .venv
BIN := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help run load test test-slow lint format messages wheel clean

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /make \1|/' | awk -F'|' '{ printf "%-16s %s\n", $$1, $$2 }'

run: $(VENV)/.ready ## the site with invented content; PORT, HOST and KRING_DATA say where
	@exec $(BIN)/kring demo

load: $(VENV)/.ready ## content from a folder of JSON lines: make load DATA=folder
	@test -n "$(DATA)" || { echo "Say which folder: make load DATA=folder"; exit 2; }
	@exec $(BIN)/kring load "$(DATA)"

test: $(VENV)/.ready-to-test ## everything that this machine can run
	@exec $(BIN)/python -m pytest -n auto -m "not slow" $(ARGS)

test-slow: $(VENV)/.ready-to-test ## what takes long
	@exec $(BIN)/python -m pytest -n auto -m slow $(ARGS)

lint: $(VENV)/.ready-to-test ## style, import rules, types, migrations, catalogues
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-logo
	$(BIN)/mypy
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python manage.py check_messages

format: $(VENV)/.ready-to-test ## order imports, lay out code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

messages: $(VENV)/.ready-to-test ## collect the texts for the catalogues; needs gettext
	$(BIN)/python manage.py collect_messages

wheel: $(VENV)/.ready-to-test ## a package to install elsewhere, in dist/
	$(BIN)/python -m build --wheel

clean: ## forget the environment and what was built; KRING_DATA stays
	rm -rf $(VENV) build dist *.egg-info

$(VENV)/.ready: pyproject.toml constraints.txt | $(VENV)/.made
	@echo "Installing what Kring needs; this takes a minute, once."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/.ready-to-test: pyproject.toml constraints.txt | $(VENV)/.made
	@echo "Installing what Kring and its tests need; this takes a minute, once."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@ $(VENV)/.ready

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Kring needs Python 3.11 or newer; %s is %d.%d. Say which to use: make run PYTHON=python3.12" % ((sys.executable,) + sys.version_info[:2]))'
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "This Python lacks its module venv. On Debian and Ubuntu: sudo apt install python3-venv"; exit 1; }
	@$(PYTHON) -m venv $(VENV)
	@touch $@
