# `make help` lists what can be made.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
HOST ?= 127.0.0.1
PORT ?= 8000
WORKERS ?= 2
PO := $(wildcard volboard/translations/*/LC_MESSAGES/messages.po)
MO := $(PO:.po=.mo)
.DEFAULT_GOAL := help
.PHONY: help run serve test check lock messages pictures bench drill clean

help: ## show this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: $(VENV)/.run $(MO) ## set up, fill an empty database with demo data, and serve it
	VOLBOARD_HTTPS=$${VOLBOARD_HTTPS:-0} $(BIN)/volboard prepare --demo
	VOLBOARD_HTTPS=$${VOLBOARD_HTTPS:-0} $(BIN)/volboard serve --host $(HOST) --port $(PORT) --workers 1

serve: $(VENV)/.run $(MO) ## set up and serve for production (behind TLS; see README)
	$(BIN)/volboard prepare
	$(BIN)/volboard serve --host $(HOST) --port $(PORT) --workers $(WORKERS)

test: $(VENV)/.dev $(MO) ## set up and run every check
	./scripts/need-tools
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/djlint templates --lint --quiet
	TMPDIR=$$(./scripts/quick-folder) $(BIN)/pytest -n 3 --dist loadscope --no-loadscope-reorder

messages: $(VENV)/.dev ## collect the texts for translation
	mkdir -p build
	$(BIN)/pybabel -q extract -F babel.cfg -k _l -k lazy_gettext --no-location --sort-output --omit-header -o build/messages.pot .
	for po in $(PO); do sed '/^$$/q' $$po > build/head.po; \
	  $(BIN)/pybabel -q update -i build/messages.pot -o $$po -l $$(echo $$po | cut -d/ -f3) --no-fuzzy-matching --omit-header --ignore-obsolete; \
	  cat build/head.po $$po > build/whole.po; mv build/whole.po $$po; done

lock: $(VENV)/.dev ## resolve the dependencies anew
	$(BIN)/python scripts/lock.py

pictures: $(VENV)/.dev $(MO) ## take the pictures of the README again
	$(BIN)/python -m scripts.pictures

bench: $(VENV)/.dev $(MO) ## measure the board against a bare Flask page
	$(BIN)/python -m benchmarks.board

drill: $(VENV)/.dev $(MO) ## the long races, twenty rounds, and twenty times the examples, new ones
	TMPDIR=$$(./scripts/quick-folder) VOLBOARD_ROUNDS=20 $(BIN)/pytest -q tests/drills $$(grep -rl --include=*.py "import.* given" tests)

clean: ## remove what can be made again
	rm -rf $(VENV) build .mypy_cache .ruff_cache .pytest_cache

%.mo: %.po | $(VENV)/.run
	$(BIN)/pybabel -q compile -i $< -o $@

$(VENV)/.run: requirements/run.lock pyproject.toml
	./scripts/make-venv $(PYTHON) $(VENV)
	$(BIN)/pip install -q --no-deps --require-hashes -r requirements/run.lock
	$(BIN)/pip install -q --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/.dev: requirements/dev.lock $(VENV)/.run
	$(BIN)/pip install -q --no-deps --require-hashes -r requirements/dev.lock
	touch $@
