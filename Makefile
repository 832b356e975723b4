# Every target sets up what it needs; nothing but Python 3.11, make and git is assumed.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

PYTHON ?= python3.11
UV := .tools/uv/bin/uv
BIN := .venv/bin
UV_LOCKED := --locked --quiet

export UV_PYTHON := $(PYTHON)
export UV_PYTHON_DOWNLOADS := never

.PHONY: help
help: ## List every target
	@grep -hE '^[a-z][a-z-]*:.*## ' $(MAKEFILE_LIST) | sort | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

# Rebuilt when the pinned requirement changes or the tool does not start (a set-up that was cut short).
.PHONY: uv
uv:
	@cmp -s .ci/uv.txt .tools/uv/requirements.txt && $(UV) --version >/dev/null 2>&1 || { \
	  rm -rf .tools/uv && $(PYTHON) -m venv .tools/uv && \
	  .tools/uv/bin/pip install --quiet --disable-pip-version-check --require-hashes -r .ci/uv.txt && \
	  cp .ci/uv.txt .tools/uv/requirements.txt; }

.PHONY: setup
setup: uv ## Set up the locked environments
	@$(UV) sync $(UV_LOCKED) --inexact
	@UV_PROJECT_ENVIRONMENT=.environments/embedded-aws $(UV) sync $(UV_LOCKED) --only-group embedded-aws
	@UV_PROJECT_ENVIRONMENT=.environments/checkov $(UV) sync $(UV_LOCKED) --only-group checkov

.PHONY: test
test: setup ## Set up everything and run every test
	@$(BIN)/pytest
