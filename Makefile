# The one door. `make` alone says what there is.
PORT ?= 8000
PYTHON = .venv/bin/python
.DEFAULT_GOAL := help
.PHONY: help setup run test check fix bench screenshots messages reset lock findings
unexport PYTHONDONTWRITEBYTECODE

help: ## What make can do
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Make .venv from the lock (the others do this by themselves)
	@bin/setup

run: setup ## Start everything, with demo data the first time: make run PORT=9000
	@$(PYTHON) manage.py up --port $(PORT)

test: setup ## Run every test: make test ARGS="-k restore"
	@bin/test $(ARGS)

check: setup ## Style, templates, imports, system checks, migrations, translations
	@bin/check

fix: setup ## Format code and templates, fix what can be fixed
	@$(PYTHON) -m ruff check --fix --quiet . || true
	@$(PYTHON) -m ruff format .
	@find templates -name '*.html' -exec .venv/bin/djade --target-version 6.1 {} +

bench: setup ## Measure acts and pages (docs/operations.md): make bench SIZE=1000
	@$(PYTHON) -m tests.bench $(SIZE)

screenshots: setup ## Make the pictures of docs/manual again
	@bin/screenshots

messages: setup ## Gather the texts to translate into locale/ (needs gettext)
	@$(PYTHON) bin/messages

reset: setup ## Throw away the local database and uploads
	@$(PYTHON) manage.py reset

lock: setup ## Write requirements/ again from pyproject.toml
	@bin/lock

findings: ## Run findings/: has a library changed what surprised us?
	@bin/findings
