# Two commands do everything on a fresh machine: `make run` and `make test`.
PYTHON ?= python3

.DEFAULT_GOAL := help
.PHONY: help run test bench constraints translations clean

help:
	@echo "make run          open the desktop on example instances (pictures only, without a screen)"
	@echo "make test         check everything in fresh environments"
	@echo "make bench        measure everything against its budget, in this environment"
	@echo "make constraints  pin the newest releases of everything the project installs"
	@echo "make translations  write the template for translators anew"
	@echo "make clean        remove what the other targets made, scratch instances included"

run:
	@$(PYTHON) .ci/show_desktop.py

test:
	@$(PYTHON) .ci/check.py

bench:
	@for name in engine trigger journal fleet graph_frames graph_open desktop_blocks desktop_context desktop_start; do \
		echo; echo "benchmarks/$$name.py"; env PYTHONPATH=. $(PYTHON) benchmarks/$$name.py || exit 1; \
	done

constraints:
	@$(PYTHON) .ci/pin_constraints.py

translations:
	@$(PYTHON) .ci/extract_texts.py

clean:
	rm -rf build dist scratch .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
