# The project's commands. Each installs what it needs and is missing (docs/set-up.md), and installs nothing twice.

PYTHON ?= python3
IN_VENV := .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help build serve test lint style bench fuzz mutants coverage mutation set-up-to-build set-up-to-test set-up-to-bench

help: ## say what each command does
	@echo "make COMMAND, where COMMAND is one of"
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  \1\t\2/p' Makefile

build: set-up-to-build ## make the site in public/
	$(IN_VENV) -m site_builder build
	$(IN_VENV) -m site_builder schemas

serve: build ## make the site, then show it on this machine while it is written
	$(IN_VENV) -m site_builder serve

test: style ## run the linters and every test, the browser tests included
	@mkdir -p .cache
	@# Types are checked beside the tests, and told last: alone they would leave all cores but one idle.
	@$(IN_VENV) -m mypy > .cache/types.txt 2>&1 & types=$$!; \
	$(IN_VENV) -m pytest -n auto --dist worksteal; tests=$$?; \
	wait $$types; types=$$?; cat .cache/types.txt; exit $$(( tests > types ? tests : types ))

bench: set-up-to-bench build ## measure speed and questions, and run the slow tests (an hour or more)
	$(IN_VENV) -m tests.bench
	$(IN_VENV) -m pytest -m slow

fuzz: set-up-to-test build ## try a hundred thousand inputs on every surface (hours; goes on where it stopped)
	$(IN_VENV) -m tests.fuzz

mutants: set-up-to-test ## change each rule in turn and tell whether worked examples notice (some minutes)
	$(IN_VENV) -m tests.mutants --write

coverage: set-up-to-test ## run the tests that need no browser, and refuse what they leave out of calculator and builder
	rm -rf .cache/coverage && mkdir -p .cache/coverage
	$(IN_VENV) -m coverage run -m pytest -n auto --dist worksteal -m "not browser and not slow"
	$(IN_VENV) -m coverage combine --quiet
	$(IN_VENV) -m coverage report --include="site_builder/*" --fail-under=95
	$(IN_VENV) -m coverage report --include="calculator/*" --fail-under=100

mutation: set-up-to-bench ## change the calculator in one place at a time and tell whether a test notices (hours)
	rm -rf mutants
	$(IN_VENV) -m mutmut run
	$(IN_VENV) -m mutmut results

lint: style ## check style and types
	$(IN_VENV) -m mypy

style: set-up-to-test
	$(IN_VENV) -m ruff check .
	$(IN_VENV) -m ruff format --check .

set-up-to-build:
	@$(PYTHON) -I site_builder/set_up.py build

set-up-to-test:
	@$(PYTHON) -I site_builder/set_up.py test

set-up-to-bench:
	@$(PYTHON) -I site_builder/set_up.py bench
