# Two commands matter: `make run` and `make test`. Each sets up what it needs inside .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv --quiet
# Compiled once at the set-up: it halves every later start, where Python may not write beside its
# modules.
INTO := --python $(BIN)/python --compile-bytecode

.PHONY: run test check fmt lint types layers questions audit unit lock clean chromium

run: $(VENV)/.run
	@$(BIN)/python -m compileall -q interviewer ui
	@$(BIN)/interviewer up $(ARGS)

test: check unit

check: lint types layers questions

fmt: $(VENV)/.test
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format .

lint: $(VENV)/.test
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(VENV)/.test
	@$(BIN)/basedpyright

layers: $(VENV)/.test
	@PYTHONPATH=. $(BIN)/lint-imports --no-logo

questions: $(VENV)/.test
	@$(BIN)/interviewer check

unit: $(VENV)/.test chromium
	@$(BIN)/python -m pytest -n 2 --dist loadgroup $(ARGS)

# What the image installs is a superset of what `make run` does.
audit: $(VENV)/.test
	@$(BIN)/pip-audit --require-hashes --disable-pip -r requirements/serve.txt

# The browser that the tests drive: $CHROMIUM, one that is found, else Debian's.
chromium:
	@sh tests/browser/find-chromium.sh >/dev/null

lock: $(VENV)/.uv
	@$(UV) pip compile --universal --generate-hashes --no-emit-index-url --extra test --extra oidc \
		--extra otel pyproject.toml -o requirements/test.txt
	@$(UV) pip compile --universal --generate-hashes --no-emit-index-url -c requirements/test.txt \
		pyproject.toml -o requirements/run.txt
	@$(UV) pip compile --universal --generate-hashes --no-emit-index-url -c requirements/test.txt \
		--extra oidc --extra otel pyproject.toml -o requirements/serve.txt

$(VENV)/.uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Interviewer needs Python 3.11 or newer; $(PYTHON) is older." >&2; exit 2; }
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	@touch $@

$(VENV)/.run: $(VENV)/.uv requirements/run.txt pyproject.toml
	@echo "Setting up .venv (once) …"
	@$(UV) pip install $(INTO) --require-hashes -r requirements/run.txt
	@$(UV) pip install $(INTO) --no-deps --editable .
	@touch $@

$(VENV)/.test: $(VENV)/.uv requirements/test.txt pyproject.toml
	@$(UV) pip install $(INTO) --require-hashes -r requirements/test.txt
	@$(UV) pip install $(INTO) --no-deps --editable .
	@touch $@ $(VENV)/.run

clean:
	rm -rf $(VENV) build dist
