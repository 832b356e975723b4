# Every target sets up what it needs; nothing but Python 3.11, make and git is assumed.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

PYTHON ?= python3.11
UV := .tools/uv/bin/uv
SYNC := .ci/sync
BIN := .venv/bin
ENVIRONMENTS := .environments

export UV_PYTHON := $(PYTHON)
export UV_PYTHON_DOWNLOADS := never

.PHONY: help
help: ## List every target
	@grep -hE '^[a-z][a-z-]*:.*## ' $(MAKEFILE_LIST) | sort | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

# --- set-up: each step is checked every time and redone only when it is not whole ---

# Rebuilt when the pinned requirement changes or the tool does not start (a set-up that was cut short).
.PHONY: uv
uv:
	@cmp -s .ci/uv.txt .tools/uv/requirements.txt && $(UV) --version >/dev/null 2>&1 || { \
	  echo "setting up uv" && rm -rf .tools/uv && $(PYTHON) -m venv .tools/uv && \
	  .tools/uv/bin/pip install --quiet --disable-pip-version-check --require-hashes -r .ci/uv.txt && \
	  cp .ci/uv.txt .tools/uv/requirements.txt; }

.PHONY: project
project: uv
	@$(SYNC) .venv --inexact
	@$(BIN)/python -c 'from tapeproof.gate.frontends.hcl.tree import import_parser; import_parser()' # builds its grammar once
	@$(BIN)/python -m compileall -q tapeproof \
	  $$($(BIN)/python -c 'import lark, hcl2, yaml; print(*lark.__path__, *hcl2.__path__, *yaml.__path__)') # every commit waits for it

.PHONY: embedded-aws
embedded-aws: uv
	@$(SYNC) $(ENVIRONMENTS)/embedded-aws --only-group embedded-aws

.PHONY: checkov
checkov: uv
	@$(SYNC) $(ENVIRONMENTS)/checkov --only-group checkov

.PHONY: terraform
terraform: project
	@$(BIN)/python -m tapeproof.local.terraform >/dev/null

.PHONY: setup
setup: project embedded-aws checkov terraform ## Set up the locked environments and Terraform

# What only tests need: an engine and a reader that are not ours, peers to measure against, and a browser.
.PHONY: test-setup
test-setup: setup
	@$(SYNC) .venv --inexact --group spark
	@$(SYNC) $(ENVIRONMENTS)/trestle --only-group trestle
	@$(SYNC) $(ENVIRONMENTS)/peers --only-group peers
	@if command -v npm >/dev/null 2>&1 && command -v java >/dev/null 2>&1; then \
	  mkdir -p $(ENVIRONMENTS)/validators && \
	  { cmp -s .ci/validators/package-lock.json $(ENVIRONMENTS)/validators/package-lock.json && [ -d $(ENVIRONMENTS)/validators/node_modules ]; } || { \
	    cp .ci/validators/package.json .ci/validators/package-lock.json $(ENVIRONMENTS)/validators/ && \
	    npm ci --silent --no-audit --no-fund --ignore-scripts --prefix $(ENVIRONMENTS)/validators && \
	    chmod u+x $(ENVIRONMENTS)/validators/node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool; } || \
	    { rm -rf $(ENVIRONMENTS)/validators && echo "the validators of SARIF and HTML could not be set up: their tests will be skipped"; }; \
	else echo "no npm or no Java here: the validators of SARIF and HTML are left out, and their tests skipped"; fi
	@command -v npm >/dev/null 2>&1 || { echo "no npm here: the comparison with another evaluator of policies will be skipped"; exit 0; }; \
	  cmp -s .ci/iam-simulate/package-lock.json $(ENVIRONMENTS)/iam-simulate/package-lock.json || { \
	  rm -rf $(ENVIRONMENTS)/iam-simulate && cp -R .ci/iam-simulate $(ENVIRONMENTS)/iam-simulate && \
	  npm ci --prefix $(ENVIRONMENTS)/iam-simulate --ignore-scripts --no-audit --no-fund --silent || { \
	  rm -rf $(ENVIRONMENTS)/iam-simulate; echo "npm cannot install: the comparison with another evaluator will be skipped"; }; }
	@command -v chromium chromium-browser google-chrome >/dev/null 2>&1 || { \
	  [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 && echo "installing a browser for the report's tests" && \
	  apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install --no-install-recommends -y chromium >/dev/null; } || \
	  echo "no browser here: the tests that open the report in one will be skipped"
	@{ command -v fish && command -v zsh; } >/dev/null 2>&1 || { \
	  [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 && echo "installing fish and zsh for the tests of completion" && \
	  apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install --no-install-recommends -y fish zsh >/dev/null; } || \
	  echo "no fish or zsh here: the tests of their completion will be skipped"

# --- the two commands ---

.PHONY: demo
demo: project embedded-aws terraform ## Run a whole trading session on this machine, prove it, and leave nothing behind
	@$(BIN)/tapeproof local demo

.PHONY: test
test: test-setup lint ## Set up everything and run every test
	@mkdir -p build/tests
	@$(BIN)/pytest -n 2 --dist worksteal -m "not embedded_aws" --junitxml=build/tests/junit.xml
	@$(BIN)/pytest -m embedded_aws --junitxml=build/tests/junit-embedded-aws.xml

# Long runs: as many generated cases as TAPEPROOF_SOAK says, where `make test` takes a few.
.PHONY: soak
soak: export TAPEPROOF_SOAK ?= 10000
soak: test-setup ## Run the long tests: thousands of generated cases, hours of processor time
	@$(BIN)/pytest -n 2 --dist worksteal --timeout=0 -m "not embedded_aws" tests/property tests/conformance
	@$(BIN)/pytest --timeout=0 -m embedded_aws tests/e2e

# --- everyday ---

.PHONY: lint
lint: project ## Check style and types
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check .
	@$(BIN)/mypy

.PHONY: format
format: project terraform ## Format Python and HCL
	@$(BIN)/ruff format --quiet .
	@$(BIN)/ruff check --quiet --fix .
	@"$$($(BIN)/python -m tapeproof.local.terraform)" fmt -recursive stack

.PHONY: hooks
hooks: setup ## Let every commit and push here answer to the gate, formatters and types
	@$(BIN)/pre-commit install

.PHONY: package
package: project ## Build the Lambda zip
	@$(BIN)/python -m tapeproof.local.package

.PHONY: gate
gate: project checkov ## Judge the stack with our gate and with the same rules inside checkov
	@$(BIN)/tapeproof gate check stack
	@.ci/checkov-stack

.PHONY: facts
facts: project terraform ## Make the tables of facts about AWS anew from the provider's schema and the kept references
	@.ci/generate-facts

.PHONY: report
report: project embedded-aws terraform ## Plan, collect evidence and write one signed bundle for auditors, chained to the one before
	@plan=build/plan.json; rm -f $$plan; $(BIN)/tapeproof local plan --var-file stack/environments/prod.tfvars --out $$plan || \
	  echo "no plan could be made: what only a plan shows is not evaluated; name one of your own with --plan"; \
	$(BIN)/tapeproof evidence report --create-key --previous latest $$([ ! -e $$plan ] || echo --plan $$plan)

.PHONY: release
release: project ## Build and sign a release in build/release with the maintainer's key (KEY=path), and say what remains
	@[ -n "$(KEY)" ] || { echo "name the maintainer's private key: make release KEY=path"; exit 2; }
	@$(BIN)/python .ci/release/prepare.py --key "$(KEY)" --output build/release

.PHONY: bench
bench: test-setup ## Measure, against named peers, what the README's performance table shows
	@for script in benchmarks/*.py; do echo "== $$script" && $(BIN)/python "$$script"; done

# Evidence bundles and the key that signs them cannot be made again, so they stay.
.PHONY: clean
clean: ## Remove what set-up and runs made, but no evidence and no key
	@if $(BIN)/tapeproof --version >/dev/null 2>&1; then $(BIN)/tapeproof local down >/dev/null; fi
	@rm -rf .venv $(ENVIRONMENTS) .tools .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@if [ -d .local ]; then find .local -mindepth 1 -maxdepth 1 ! -name evidence-key.pem -exec rm -rf {} +; fi
	@if [ -d build ]; then find build -mindepth 1 -maxdepth 1 ! -name evidence -exec rm -rf {} +; fi
	@rmdir .local build 2>/dev/null || true
