# The commands of Biletado. `make help` lists them; what they write goes to var/, which git ignores.
SHELL := /bin/sh
.DEFAULT_GOAL := help
VENV_PYTHON := .venv/bin/python
# Where bytecode may not be kept, each process compiles Django anew: 12 seconds instead of 4.
unexport PYTHONDONTWRITEBYTECODE
BROWSER = $$($(VENV_PYTHON) -m infra.setup.browser)

.PHONY: help setup setup-demo setup-test demo demo-reset test check prove bench bench-tenants bench-pages screenshots lock

help: ## show this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{ printf "%-20s %s\n", $$1, $$2 }'

setup: ## install everything for development into .venv and node_modules
	@python=$$(sh infra/setup/find_python.sh) && $$python -m infra.setup dev

demo: setup-demo ## start Biletado with three invented towns; PORT=8000 is the default
	@exec $(VENV_PYTHON) -m infra.demo

demo-reset: ## forget everything the demo stored
	@python=$$(sh infra/setup/find_python.sh) && $$python -m infra.demo_reset

test: setup-test ## install, check and run all tests, real browser included
	@$(VENV_PYTHON) -m infra.checks.run
	@BILETADO_CHROMIUM=$(BROWSER) exec $(VENV_PYTHON) -m pytest -m "not slow" -n 2 --dist loadscope --no-loadscope-reorder

check: setup ## style, types, import directions, translations, migrations, lock files
	@exec $(VENV_PYTHON) -m infra.checks.run

prove: setup-test ## the heavy proofs that are too slow for every change
	@BILETADO_CHROMIUM=$(BROWSER) exec $(VENV_PYTHON) -m pytest -m slow

bench: setup ## measure search, booking and birth on 2.19 million bookings, against plain SQL and bare Django
	@exec $(VENV_PYTHON) -m infra.bench

bench-tenants: setup ## measure a page among 1,000 towns against one alone, and a worker's memory after visiting all
	@exec $(VENV_PYTHON) -m infra.bench_tenants

bench-pages: setup ## measure how long starting takes, how quick the main pages are, and what one costs on a phone
	@exec $(VENV_PYTHON) -m infra.bench_pages

screenshots: setup-test ## take pictures of the main pages into var/screenshots
	@BILETADO_CHROMIUM=$(BROWSER) exec $(VENV_PYTHON) -m infra.screenshots

lock: setup ## resolve the newest allowed versions and write the lock files
	@exec $(VENV_PYTHON) -m infra.lock

setup-demo:
	@python=$$(sh infra/setup/find_python.sh) && $$python -m infra.setup demo

setup-test:
	@python=$$(sh infra/setup/find_python.sh) && $$python -m infra.setup test
