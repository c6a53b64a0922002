# Two commands for people: `make crawl` and `make test`. Both set everything up.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN_STAMP := $(VENV)/.run-installed
DEV_STAMP := $(VENV)/.dev-installed

.PHONY: crawl test faults soak bench check format docs setup clean

crawl: $(RUN_STAMP)
	$(BIN)/scrapy crawl site

test: $(DEV_STAMP) check
	$(BIN)/python -m pytest

# All rows of the fault table, of which `make test` tries a sample.
faults: $(DEV_STAMP)
	NEWSCRAWLER_FAULTS=all $(BIN)/python -m pytest tests/faults

# Three thousand stories of a site whose answers are faulty, three in ten.
soak: $(DEV_STAMP)
	PYTHONPATH=. $(BIN)/python -m benchmarks.soak

# Whole crawls against yardsticks; needs requirements-benchmarks.txt.
bench: $(DEV_STAMP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-benchmarks.txt
	PYTHONPATH=. $(BIN)/python -m benchmarks.speed.compare --again

check: $(DEV_STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy newscrawler
	$(BIN)/lint-imports --no-cache --no-logo

format: $(DEV_STAMP)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: $(DEV_STAMP)
	$(BIN)/python docs/generate.py

setup: $(DEV_STAMP)

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "newscrawler needs Python 3.11 or newer; name one: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv $(VENV)

$(RUN_STAMP): requirements.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

$(DEV_STAMP): requirements.txt requirements-dev.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@ $(RUN_STAMP)

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis
