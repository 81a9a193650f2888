# Every target sets up what it needs: a Python >= 3.11 is all that a machine must have.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
BIN = .venv/bin
READY = .venv/.ready
CATALOGUES = $(patsubst %.po,%.mo,$(wildcard playground/locales/*/LC_MESSAGES/*.po))

.PHONY: play test check soak bench format format-check lint types contracts texts clean

play: $(READY) $(CATALOGUES)  ## open the app
	@$(BIN)/playground $(ARGS)

test: $(READY) $(CATALOGUES)  ## the suite, without the long runs
	$(BIN)/python -m pytest -m "not long" $(ARGS)

check: format-check lint types contracts test  ## the whole loop

soak: $(READY) $(CATALOGUES)  ## the long runs: soak and fuzz
	$(BIN)/python -m pytest -m long $(ARGS)

bench: $(READY)  ## the table of budgets, as ratios in one run
	$(BIN)/python -m bench $(ARGS)

format: $(READY)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

format-check: $(READY)
	$(BIN)/ruff format --check .

lint: $(READY)
	$(BIN)/ruff check .

types: $(READY)
	$(BIN)/mypy

contracts: $(READY)
	$(BIN)/lint-imports

texts: $(READY)  ## take new messages into the catalogues, compile them
	$(BIN)/pybabel -q extract -k N_ -k ngettext:1,2 --no-location --sort-output -o .venv/messages.pot playground
	$(BIN)/pybabel -q update -N --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --no-wrap -i .venv/messages.pot -d playground/locales -D playground
	$(BIN)/pybabel -q compile -d playground/locales -D playground

%.mo: %.po | $(READY)
	@$(BIN)/pybabel -q compile -i $< -o $@

clean:
	rm -rf .venv build dist *.egg-info

$(READY): pyproject.toml
	@test -n "$(PYTHON)" || { echo "playground needs Python 3.11 or newer; none was found on PATH."; exit 1; }
	@echo "Setting up .venv (once) …"
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install -q --disable-pip-version-check -e ".[dev]"
	@touch $(READY)
