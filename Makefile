PYTHON ?= python3
VENV ?= .venv
TORCH_CPU_INDEX ?= https://download.pytorch.org/whl/cpu
BIN = $(VENV)/bin
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help run test fix check eval bench train install install-dev

help: ## List what can be done here
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 14

run: $(VENV)/installed ## Start the chat at http://127.0.0.1:7860 (options: ARGS="--port 8000")
	@$(BIN)/python app.py $(ARGS)

test: $(VENV)/installed-dev ## Run the tests (options: ARGS="-k chunking")
	@$(BIN)/python -m pytest $(ARGS)

check: $(VENV)/installed-dev ## Lint, formatting and types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy .

fix: $(VENV)/installed-dev ## Mend lint and formatting where a tool can
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

eval: $(VENV)/installed ## Measure quality against eval/floors.json, also as build/eval.json (quick: ARGS=--sample)
	@$(BIN)/python -m eval floors --output build/eval.json $(ARGS)

bench: $(VENV)/installed ## Measure speed: encoding, indexing, retrieval, answers
	@$(BIN)/python -m eval bench $(ARGS)

train: $(VENV)/installed-train ## Train the reader anew from SQuAD-format sets (options: ARGS="--data DIR")
	@$(BIN)/python -m train $(ARGS)

install: $(VENV)/installed ## Make the environment for running

install-dev: $(VENV)/installed-dev ## Make the environment for developing

# The plain wheel of PyTorch for Linux brings gigabytes of CUDA, so its CPU build is tried first.
$(VENV)/installed: requirements.txt
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 to 3.13 is needed: install it, or name it with PYTHON=..."; exit 2; }
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' \
		|| { echo "Python 3.11 to 3.13 is needed, $(PYTHON) is another: name one with PYTHON=..."; exit 2; }
	$(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install --quiet --disable-pip-version-check --retries 0 --no-deps \
		--index-url $(TORCH_CPU_INDEX) "$$(grep '^torch==' requirements.txt)" 2>/dev/null \
		|| echo "PyTorch's CPU build is not to be had from $(TORCH_CPU_INDEX), taking the plain one"
	$(BIN)/pip install --quiet --disable-pip-version-check --requirement requirements.txt
	@touch $@

$(VENV)/installed-train: requirements-train.txt $(VENV)/installed
	$(BIN)/pip install --quiet --disable-pip-version-check --requirement requirements-train.txt
	@touch $@

$(VENV)/installed-dev: requirements-dev.txt requirements-train.txt requirements-mcp.txt $(VENV)/installed
	$(BIN)/pip install --quiet --disable-pip-version-check --requirement requirements-dev.txt
	@touch $@
