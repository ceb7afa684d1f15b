# Two commands are enough: `make run` and `make test`. Each sets up what it needs and can be repeated.
SHELL := /bin/bash
PY := .venv/bin/python
export PYTHONUNBUFFERED := 1
.DEFAULT_GOAL := help
.PHONY: help setup setup-tests run test check lint format bench prove audit lock

help: ## List these targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 14

setup: ## Set up what serving needs: system packages, .venv, browser libraries, database
	@python3 tools/setup.py
	@$(PY) -m tools.prepare --empty

setup-tests: ## Set up what the tests need besides: Chromium, PostgreSQL, Redis, poppler, test libraries
	@python3 tools/setup.py --tests

run: ## Set up, then serve on http://127.0.0.1:$PORT (8000); Ctrl-C ends it
	@python3 tools/setup.py
	@exec $(PY) -m tools.run

test: setup-tests ## Set up, then run every check: lint, types, walls, JavaScript and Python tests
	@exec $(PY) tools/check.py

lint: setup-tests ## Run the linters only: ruff, mypy, import-linter, bandit
	@exec $(PY) tools/check.py --lint

format: setup-tests ## Let ruff mend what it can mend
	@$(PY) -m ruff check --fix --quiet . ; $(PY) -m ruff format --quiet .

bench: setup-tests ## Measure CPU per request beside a bare view, growth to a million, memory, bytes, lists (benchmarks/README.md); 25 min
	@exec $(PY) -m benchmarks.run

prove: ## Show by force that nothing is lost: kill -9, power cut, full disk, database away (proofs/README.md); some need root
	@python3 tools/setup.py --tests --proofs
	@exec $(PY) -m proofs.run

audit: setup-tests ## Look for known weaknesses in code and libraries, and write the lists of what it is made of (sbom/); says what could not be asked
	@exec $(PY) -m tools.audit

lock: setup-tests ## Pin requirements*.in and package.json again, with hashes, at the newest versions
	@$(PY) tools/lock.py
