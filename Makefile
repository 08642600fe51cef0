# `make` alone lists what there is. Needs only Python 3.11 or later (`make vendor` and the tests also Node).
PYTHON ?= python3
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help run test check bench faults planted soak docs vendor hearing sizes messages lock format clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

run: .venv/locked$(if $(provider),-dev) ## start at http://localhost:8080 (PORT, HOST); the first time with sample cases; provider=1: with a provider to sign in at
	@exec $(BIN)/python -m $(if $(provider),tests.provider,server start)

test: .venv/locked-dev ## run every test (installs what they need)
	@.ci/needs chromium firefox-esr postgresql redis-server nginx-light clamav-daemon strace gcc nodejs npm
	@$(MAKE) --no-print-directory .vendor/node_modules/.package-lock.json
	@$(BIN)/python -m pytest -n 3 --dist worksteal --durations=25 $(only)

check: .venv/locked-dev ## format, lint, types, the house plan, structure, checksums; under a minute
	@.ci/check

bench: .venv/locked-dev ## print the figures of performance as JSON lines; quick=1 for the short round
	@$(BIN)/python -m tests.benchmarks $(if $(quick),quick)

faults: .venv/locked-dev ## kill, cut, delay and fill up while people write, and judge what was kept and seen; quick=1: 3 minutes
	@.ci/needs postgresql redis-server strace gcc
	@$(BIN)/python -m tests.faults $(if $(quick),quick) $(only)

planted: .venv/locked-dev ## plant a hundred faults in copies of the code, each by itself: do the tests find each? only=rules: a layer
	@.ci/needs chromium
	@$(BIN)/python -m tests.planted $(only)

soak: .venv/locked-dev ## keep 300 people busy for 20 minutes and watch memory and waiting; quick=1: 3 minutes
	@$(BIN)/python -m tests.soak $(if $(quick),quick)

docs: .venv/locked-dev ## write the generated reference pages anew
	@$(BIN)/python -m server reference

vendor: ## fetch the browser's libraries by their pins, and write notices and checksums (Node)
	cd .vendor && npm ci --no-audit --no-fund && node build.mjs

hearing: .venv/locked-dev ## print how well invented stories are heard: precision and recall of each field, by author
	@$(BIN)/python -m tests.dialogs.listen

sizes: .venv/locked-dev ## how long the files are
	@$(BIN)/python -m tests.sizes

messages: .venv/locked-dev ## collect the texts of the pages for translation; fails if one lacks English
	@mkdir -p var
	@$(BIN)/pybabel -q extract -F pyproject.toml -k N_ -k Counted:1,2 -k counted:1,2 --no-wrap --sort-by-file --add-location=file --omit-header -o var/messages.pot .
	@$(BIN)/pybabel -q update -i var/messages.pot -d web/locales -l en --init-missing --no-wrap --no-fuzzy-matching --ignore-obsolete --omit-header
	@$(BIN)/python -m pytest -q tests/web/test_messages.py

format: .venv/locked-dev ## format the code, and where Node is the scripts too
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .
	@if command -v npm >/dev/null; then $(MAKE) --no-print-directory .vendor/node_modules/.package-lock.json && \
	  .vendor/node_modules/.bin/prettier --config .vendor/prettier.json --log-level warn --write $$(git ls-files '*.js' '*.mjs' | grep -v /vendor/); fi

lock: .venv/locked-dev ## write the lock files anew from requirements*.in
	@$(BIN)/python -m pip install --quiet uv
	@for name in requirements requirements-dev; do $(BIN)/uv pip compile --quiet --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" $(upgrade) \
	  --output-file $$name.lock $$name.in; done

clean: ## take away everything that was made here, also the database
	rm -rf .venv var .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

# Before the tests' workers start: two of them would make it at once.
.vendor/node_modules/.package-lock.json: .vendor/package-lock.json
	@echo "Installing what the browser's tools need …"
	@cd .vendor && npm ci --silent --no-audit --no-fund
	@touch $@

# A stamp per lock file: pip runs only when the lock is newer. `.venv/locked-dev` holds what `.venv/locked` does, and more.
.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed, as python3 or by PYTHON=…")'
	@$(PYTHON) -m venv .venv

.venv/locked: requirements.lock | .venv/bin/python
	@echo "Installing what the service needs …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

.venv/locked-dev: requirements-dev.lock | .venv/bin/python
	@echo "Installing what tests and checks need …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@ .venv/locked
