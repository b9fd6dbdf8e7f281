# The project's commands. Each installs what it needs and is missing (docs/set-up.md), and installs nothing twice.

PYTHON ?= python3
IN_VENV := .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help build serve test lint bench fuzz mutants set-up-to-build set-up-to-test set-up-to-bench

help: ## say what each command does
	@echo "make COMMAND, where COMMAND is one of"
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  \1\t\2/p' Makefile

build: set-up-to-build ## make the site in public/
	$(IN_VENV) -m site_builder build
	$(IN_VENV) -m site_builder schemas

serve: build ## make the site, then show it on this machine while it is written
	$(IN_VENV) -m site_builder serve

test: lint ## run the linters and every test, the browser tests included
	$(IN_VENV) -m pytest -n auto --dist worksteal

bench: set-up-to-bench build ## measure speed and questions, and run the slow tests (an hour or more)
	$(IN_VENV) -m tests.bench
	$(IN_VENV) -m pytest -m slow

fuzz: set-up-to-test build ## try a hundred thousand inputs on every surface (hours; goes on where it stopped)
	$(IN_VENV) -m tests.fuzz

mutants: set-up-to-test ## change each rule in turn and tell whether worked examples notice (some minutes)
	$(IN_VENV) -m tests.mutants --write

lint: set-up-to-test ## check style and types
	$(IN_VENV) -m ruff check .
	$(IN_VENV) -m ruff format --check .
	$(IN_VENV) -m mypy

set-up-to-build:
	@$(PYTHON) -I site_builder/set_up.py build

set-up-to-test:
	@$(PYTHON) -I site_builder/set_up.py test

set-up-to-bench:
	@$(PYTHON) -I site_builder/set_up.py bench
