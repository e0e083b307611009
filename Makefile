# Two commands do everything on a fresh machine: `make run` and `make test`.
PYTHON ?= python3
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help run dev fast lint format types contracts test fuzz contention bench constraints translations clean

help:
	@echo "make run           open the desktop on example instances (pictures only, without a screen)"
	@echo "make dev           make .venv: the project, editable, and all that its developers use"
	@echo "make fast          lint, types, contracts and the quick tests, in .venv; before each push"
	@echo "make lint, types, contracts    one of these alone; make format   put the sources in form"
	@echo "make test          check everything in fresh environments; before each merge"
	@echo "make fuzz          damage files at random and read them, CASES=20000 of each kind, SEED=text"
	@echo "make contention    many commands at once, many of them killed, for MINUTES=4"
	@echo "make bench         measure everything against its budget, in this environment"
	@echo "make constraints   pin the newest releases of everything the project installs"
	@echo "make translations  write the template for translators anew"
	@echo "make clean         remove what the other targets made, scratch instances included"

run:
	@$(PYTHON) -E .ci/show_desktop.py

dev:
	@$(PYTHON) -E .ci/environments.py

fast:
	@$(PYTHON) -E .ci/check.py --fast

lint: dev
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

format: dev
	@$(BIN)/ruff check --fix . && $(BIN)/ruff format .

types: dev
	@$(BIN)/mypy
	@for platform in darwin win32; do echo "for $$platform:"; $(BIN)/mypy --platform $$platform \
		--no-warn-unreachable --cache-dir .mypy_cache/$$platform wfepy_core wfepy_gui || exit 1; done

contracts: dev
	@$(BIN)/lint-imports

test:
	@$(PYTHON) -E .ci/check.py

CASES ?= 20000
fuzz:
	@env PYTHONPATH=. QT_QPA_PLATFORM=offscreen $(PYTHON) -m tests.fuzz --cases $(CASES) $(if $(SEED),--seed $(SEED))

MINUTES ?= 4
contention:
	@env PYTHONPATH=. $(PYTHON) -m tests.fuzz.contention --minutes $(MINUTES) $(if $(SEED),--seed $(SEED))

bench:
	@for name in engine trigger advance_folder journal fleet graph_frames graph_open desktop_blocks desktop_context desktop_long_texts desktop_start; do \
		echo; echo "benchmarks/$$name.py"; env -u PYTHONSAFEPATH PYTHONPATH=. $(PYTHON) benchmarks/$$name.py || exit 1; \
	done

# For every Python at once, and not in .venv: that is made by these pins, which may just be in the way.
constraints:
	@$(PYTHON) -E -m venv build/pins && PIP_USER=0 build/pins/bin/pip install --quiet uv
	@build/pins/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --all-extras \
		--no-annotate --custom-compile-command "make constraints" --output-file constraints.txt pyproject.toml

translations: dev
	@$(BIN)/python .ci/translations.py

clean:
	rm -rf build dist scratch .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
