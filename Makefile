# Needs Python 3.11 or newer and make; everything else is fetched. Tools are called as `python -m …` because the first
# line of an installed script breaks in a folder whose name has a space.

# The system's own first: it is built with the optimisations that one compiled at home mostly lacks, and needs a fifth
# less time. One that can bring pip before one that cannot, which is enough where uv is there already.
first_with = $(shell for p in /usr/bin/python3 python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import $(1), sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
PYTHON ?= $(or $(call first_with,ensurepip),$(call first_with,sys))
PY := .venv/bin/python
UV = $(shell command -v uv || echo var/uv/bin/uv)
# Node comes along only where there is none.
NODE = $(shell command -v npm >/dev/null && command -v node >/dev/null || echo --group node)

unexport PYTHONDONTWRITEBYTECODE PYTHONPATH PYTHONHOME VIRTUAL_ENV
export UV_PROJECT_ENVIRONMENT := .venv
export UV_PYTHON_DOWNLOADS := never
# Once, here: else web, worker, clock and tests, started side by side, would each compile the same packages.
export UV_COMPILE_BYTECODE := 1
export PYTHONUNBUFFERED := 1

.PHONY: help run test lint format bench clean
.DEFAULT_GOAL := help

help:
	@echo "make run     start everything; prints the address and who can sign in (PORT, DATA_DIR choose where)"
	@echo "make test    every test, the browser's too; may run beside make run"
	@echo "make lint    style, types, templates, migrations, container files"
	@echo "make format  put the code into the style that lint asks for"
	@echo "make bench   how fast the costly places are"
	@echo "make clean   remove what was fetched and built; the data in var/ stays"

run: .venv/.stamp
	@exec $(PY) -m alignment.stack run

test: .venv/.stamp
	@$(PY) -m alignment.stack assets
	@exec $(PY) -m pytest -n 2 --dist loadscope --no-loadscope-reorder $(ARGS)

lint: .venv/.stamp
	$(PY) -m ruff check
	$(PY) -m ruff format --check
	$(PY) -m mypy
	$(PY) -m djlint --quiet --lint templates
	$(PY) -W ignore::RuntimeWarning manage.py makemigrations --check --dry-run
	.venv/bin/hadolint Dockerfile
	.venv/bin/docker-compose --env-file .env.example config --quiet

format: .venv/.stamp
	$(PY) -m ruff check --fix
	$(PY) -m ruff format

bench: .venv/.stamp
	@exec $(PY) -m bench

clean:
	rm -rf .venv node_modules static/vendor build var/test var/static var/uv .pytest_cache .mypy_cache .ruff_cache .hypothesis test-results
	find . -name __pycache__ -prune -exec rm -rf {} +

.venv/.stamp: pyproject.toml uv.lock
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer was not found: install it, or name it as in make PYTHON=/path/to/python3." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "$(PYTHON) is not Python 3.11 or newer." >&2; exit 1; }
	@mkdir -p var 2>/dev/null && test -w . -a -w var || { echo "This folder cannot be written; put the project where you may write." >&2; exit 1; }
	@command -v "$(UV)" >/dev/null || { echo "fetching uv, which installs the rest"; \
		{ $(PYTHON) -m venv var/uv && var/uv/bin/python -m pip install --quiet --disable-pip-version-check uv; } || \
		{ echo "uv could not be fetched: install it (https://docs.astral.sh/uv), or Python's venv and pip." >&2; exit 1; }; }
	@echo "installing Python packages"
	@"$(UV)" sync --frozen --python "$(PYTHON)" $(NODE) || { echo "The Python packages could not be installed; uv's lines above say why." >&2; exit 1; }
	@touch $@
