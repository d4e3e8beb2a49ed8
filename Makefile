# Every target first makes .venv from requirements-dev.lock, if it is missing or out of date.
# Needs Python 3.11 or newer and make. Another Python: make PYTHON=/path/to/python3 ...

SHELL := /bin/sh
BIN := .venv/bin
READY := .venv/ready
# Much of the tests' time is spent waiting for what the bot does by the second: one more than most small machines' cores.
WORKERS := 3
export PYTHON

.DEFAULT_GOAL := help
.PHONY: help demo serve test check screenshots format coverage stories faults crowd quarter hostile mutations bench schema reference lock clean

help:  ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(READY): requirements-dev.lock pyproject.toml tools/bootstrap
	@tools/bootstrap

demo: $(READY)  ## a local Slack workspace and a scripted burst; needs no account
	@$(BIN)/burst demo

serve: $(READY)  ## run the bot; settings come from the environment
	@$(BIN)/burst serve

test: $(READY)  ## all tests but the long fault runs and the benchmark; WORKERS=1 runs at most one at a time
	$(BIN)/pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder --ignore=tests/checks

check: $(READY)  ## lint, formatting, types, import directions, and what the project says of itself
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/pytest tests/checks

screenshots: $(READY)  ## the pictures of the README, taken anew; needs Chromium
	@$(BIN)/python -m tests.browser.pictures docs/pictures

format: $(READY)  ## format the code and mend what the linter can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

coverage: $(READY)  ## the tests again, with the lines and branches that they miss
	$(BIN)/pytest --ignore=tests/checks --cov --cov-report=term-missing:skip-covered

stories: $(READY)  ## the stories where `make test` leaves them out: both modes, both databases
	$(BIN)/pytest tests/e2e tests/handlers tests/api -m everywhere

faults: $(READY)  ## the long fault runs, or what is left of them; SEED=2 KILLS=500 WRITE=1
	@$(BIN)/python -m tests.faults $(if $(SEED),--seed $(SEED)) $(if $(KILLS),--kills $(KILLS)) \
		$(if $(WRITE),--write docs/reliability.md)

crowd: $(READY)  ## ten thousand clocks due in one second, on both databases and with two replicas
	$(BIN)/pytest tests/scheduling -m crowd

quarter: $(READY)  ## two thousand bursts through a quarter, each ping foretold by an oracle; SEED=2 BURSTS=500 WRITE=1
	@$(BIN)/python -m tests.quarter $(if $(SEED),--seed $(SEED)) $(if $(BURSTS),--bursts $(BURSTS)) \
		$(if $(WRITE),--write docs/reliability.md)

hostile: $(READY)  ## fifty thousand hostile deliveries; HOSTILE_SEED=n begins elsewhere
	$(BIN)/python -m tests.hostile

mutations: $(READY)  ## make seeded mistakes in a copy, one by one; the tests must notice each
	@$(BIN)/python -m tools.mutations

bench: $(READY)  ## ratios to floors and peers; QUICK=1 is short, ROWS="storm due" some, WRITE=1 renews docs/performance.md
	@$(BIN)/python -m tests.bench $(if $(QUICK),--quick) $(if $(WRITE),--write docs/performance.md) $(ROWS)

schema: $(READY)  ## write the published JSON schema of summaries anew
	@$(BIN)/python -m tools.schema

reference: $(READY)  ## write the reference pages anew from the code: docs/reference
	@$(BIN)/python -m tools.reference

lock: $(READY)  ## write the locks anew from pyproject.toml; UPGRADE=1 takes newer releases
	tools/lock $(if $(UPGRADE),--upgrade)

clean:  ## remove .venv and what the tools left behind
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache *.egg-info
