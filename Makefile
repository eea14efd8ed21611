# Everything runs in .venv, made from requirements.lock. `make help` lists what there is.
PYTHON ?= python3
BIN    := .venv/bin
READY  := .venv/.ready

.DEFAULT_GOAL := help
.PHONY: help report test lab lint lock bench golden pictures clean

help: ## list what there is
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

report: $(READY) ## set up, then run the demo study to PDFs in reports/demo
	$(BIN)/bereik run demo

test: $(READY) ## set up, then run all tests
	$(BIN)/pytest

lab: $(READY) ## open the notebooks in JupyterLab
	$(BIN)/jupyter lab notebooks

lint: $(READY) ## check style, types and the direction of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(READY) ## measure speed against what one would use instead, as ratios
	@for script in benchmarks/*.py; do echo "== $$script"; $(BIN)/python $$script || exit 1; done

golden: $(READY) ## remake the numbers from R that tests compare with (needs R)
	bash tests/golden/make.sh

pictures: $(READY) ## draw anew the figures that tests compare with
	BEREIK_RENEW_PICTURES=1 $(BIN)/pytest tests/figures/test_pictures.py

lock: $(READY) ## pin every dependency with its hashes in requirements.lock
	$(BIN)/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 \
	  --generate-hashes --no-annotate --custom-compile-command "make lock" --quiet \
	  --output-file requirements.lock

clean: ## remove the environment, processed tables and reports
	rm -rf .venv data/processed reports

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "$(PYTHON) is too old: Bereik needs Python 3.11 or later (make PYTHON=python3.12 ...)"; exit 2; }
	@echo "Setting up .venv from requirements.lock: a minute or two, once."
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --disable-pip-version-check --require-hashes --requirement requirements.lock
	$(BIN)/pip install --disable-pip-version-check --quiet --no-deps --no-build-isolation --editable .
	@touch $@
