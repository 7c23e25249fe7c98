# Everything that is done to Briefing, by name: `make help` lists it.
# Repeating a step costs nothing: stamps under .make/ remember what is done.

PORT ?= 8000
PY := .venv/bin/python
MANAGE := $(PY) manage.py
PIP := $(PY) -m pip --quiet --disable-pip-version-check install --require-hashes -r
PYTEST := $(PY) -m pytest -n 2
LOCK := $(PY) -m uv pip compile pyproject.toml --quiet --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-annotate --no-header $(UPGRADE)
# What breaks on purpose, in the order in which it takes longer.
FAULTS := $(patsubst %,tests/test_%.py,fuzzing kept_versions backup_command editing_races \
	many_writers upgrades killed_servers killed_imports)
# What a public site sets; the deployment check runs with it.
PRODUCTION := DEBUG=0 HTTPS=1 ALLOWED_HOSTS=briefing.example \
	SECRET_KEY=only-for-the-check-0123456789-abcdefghijklmnopqrstuvwxyz-QWERTY
FOUND_PYTHON = $(shell sh .ci/find-python $(PYTHON))
NEED_PYTHON = Briefing needs Python 3.11 or newer with its venv module; name one with \
	PYTHON=/path/to/python3 (Debian: apt-get install python3-venv)

.PHONY: help install run test check lint format types templates migrations deploy \
	described locks secure licences sbom hygiene slow postgres covered ftm soak verify \
	bench schema schemas leaks pictures lock clean
.DEFAULT_GOAL := help

help: ## say what can be made
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile | expand -t 20

# --- for everyone

install: .make/runtime ## make .venv with the pinned packages

run: install .make/static .make/secret-key ## the site with its data, on PORT (8000)
	@PORT=$(PORT) sh .ci/serve

test: .make/dev ## the tests
	@$(PYTEST) -m "not slow"

# --- before a release: all that must hold beside the tests

check: lint types templates migrations deploy described locks secure sbom hygiene \
		verify covered ftm
check: ## the rest
	@echo "All that must hold before a release holds."

lint: .make/dev ## style and form of the Python
	@$(PY) -m ruff check --quiet .
	@$(PY) -m ruff format --quiet --check . || { echo "Run: make format"; exit 1; }

format: .make/dev ## bring the Python and the templates into form
	@$(PY) -m ruff format .
	@$(PY) -m ruff check --fix .
	@sh .ci/templates --reformat || true

types: .make/dev ## what the annotations promise
	@$(PY) -m mypy

templates: .make/dev ## style and form of the templates
	@sh .ci/templates --check || { echo "Run: make format"; exit 1; }
	@sh .ci/templates --lint

migrations: .make/dev ## every change of a table has its migration
	@$(MANAGE) makemigrations --check --dry-run

deploy: .make/dev ## the settings of a public site
	@$(PRODUCTION) $(MANAGE) check --deploy --fail-level WARNING

described: .make/dev ## the description of the API is what the code would write
	@$(MANAGE) spectacular --validate --fail-on-warn | cmp -s - briefing/api/openapi.yaml \
		|| { echo "Run: make schema"; exit 1; }

locks: .make/dev ## the pinned packages are those that pyproject.toml asks for
	@$(PY) .ci/locks.py

secure: .make/dev ## what bandit finds has its reason, each package its licence
	@$(PY) .ci/secure.py
	@$(PY) .ci/licences.py

hygiene: .make/dev ## no stray host, no path of anyone's machine
	@$(PY) .ci/hygiene.py

verify: .make/dev ## the data set, with the article texts and without
	@sh .ci/verify

# Measuring takes half as long again, so it is left to the runs that nobody waits for.
slow: .make/dev ## the slow tests: accessibility, the served site
	@$(PYTEST) -m slow --cov --cov-report=

postgres: .make/dev slow ## the tests that ask the database, on a PostgreSQL of their own
	@$(PY) -m tests.postgres $(PYTEST) -m "not (browser or slow or sqlite or postgres)" \
		--cov --cov-append --cov-report=

covered: postgres ## what the slow tests and those on PostgreSQL did not run
	@$(PY) .ci/covered.py

ftm: .make/dev ## what we hand on to FollowTheMoney, read by its own library
	@sh .ci/ftm

# --- now and then

# One at a time: what they measure is what happens when many do things at once.
soak: .make/dev ## the long tests: kills, races, fuzzing; then every page of the site
	@SOAK=1 $(PY) -m pytest -rP $(FAULTS)
	@PAGES=all $(PYTEST) -m slow tests/test_markup.py tests/test_accessibility.py \
		tests/test_leak_matrix_whole.py

bench: .make/dev ## the figures of docs/performance.md anew (SIZE=10k for a minute's worth)
	@$(PY) -m bench $(SIZE)

schema: .make/dev ## write the description of the API anew
	@$(MANAGE) spectacular --validate --fail-on-warn --file briefing/api/openapi.yaml

schemas: .make/dev ## write the JSON Schemas of all types of record anew
	@$(MANAGE) exportschemas docs/schemas

leaks: .make/dev ## write docs/leaks.md anew: who may meet what, address by address
	@$(PY) -m tests.leak_matrix docs/leaks.md

pictures: .make/dev .make/static .make/secret-key ## the README's pictures
	@DJANGO_SETTINGS_MODULE=briefing.settings $(PY) -m tests.pictures docs/pictures

sbom: .make/dev ## what it is made of, as CycloneDX, in .make/sbom.json
	@$(PY) .ci/sbom.py .make/sbom.json

licences: .make/dev ## write docs/licences.md anew
	@$(PY) .ci/licences.py --write

lock: .make/dev ## pin the packages anew (UPGRADE=--upgrade for newer ones)
	@$(LOCK) -o requirements.txt
	@$(LOCK) --extra dev -o requirements-dev.txt
	@$(LOCK) --extra dev --extra ftm -c requirements-dev.txt -o .ci/requirements-ftm.txt

clean: ## forget the environment; the database stays
	@rm -rf .venv .make staticfiles .coverage .mypy_cache .pytest_cache .ruff_cache

# --- what is remembered

# An environment that is gone takes its stamps with it: what is made in its place has
# nothing in it, and may link to a Python that is older than they are.
$(shell test -x .venv/bin/python || rm -f .make/runtime .make/dev)

.venv/bin/python:
	$(if $(FOUND_PYTHON),,$(error $(NEED_PYTHON)))
	@$(FOUND_PYTHON) -m venv --clear .venv

.make/runtime: requirements.txt .venv/bin/python
	@echo "Installing the pinned packages ..."
	@$(PIP) requirements.txt
	@mkdir -p .make && touch $@

# The tests' packages hold the runtime's, in the same versions.
.make/dev: requirements-dev.txt .venv/bin/python
	@echo "Installing the pinned packages, and those of the tests ..."
	@$(PIP) requirements-dev.txt
	@mkdir -p .make && touch .make/runtime $@

.make/static: .make/runtime $(shell find static -type f 2>/dev/null)
	@SECRET_KEY=none $(MANAGE) collectstatic --no-input --verbosity 0
	@touch $@

# Sessions outlive a restart only if the key does.
.make/secret-key: .make/runtime
	@test -s $@ || (umask 077; $(PY) -c 'import secrets; print(secrets.token_urlsafe(50))' > $@)
	@touch $@
