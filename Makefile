# 惠企 Huiqi. Everything runs from .venv, made on first use from requirements-dev.lock.
#   make demo            示例：真实企业遇上真实政策 · real firms meet real policies
#   make test            检查与测试 · lint, types, tests (under 15 minutes)
#   make test-all        另含耗时测试 · the slow tests as well
#   make lint            ruff and mypy alone
#   make spec-coverage   每条语义决定由哪些案例验证 · which cases exercise each decision
#   make docs            重写文档里的命令输出和清单 · rewrite the outputs in the pages
#   make bench           性能对比 · figures against peers (own environment, needs the network once)
#   make bench-library   规则库有多快、是什么样 · the shipped library: speed and make-up
#   make lock            重新锁定依赖 · resolve the dependencies again

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed-$(shell cat requirements-dev.lock pyproject.toml hatch_build.py 2>/dev/null | cksum | cut -d' ' -f1)

.DEFAULT_GOAL := help
.PHONY: help setup demo test test-all lint format spec-coverage docs bench bench-library lock clean

help:
	@sed -n '1,/^$$/s/^# \{0,1\}//p' Makefile

setup: $(STAMP)

# uv is used where it is there already, for speed alone; pip installs the same hashed set.
$(STAMP): requirements-dev.lock pyproject.toml hatch_build.py
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "需要 Python 3.11 以上 · Python 3.11 or newer is needed (make PYTHON=python3.12 …)"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@if command -v uv >/dev/null 2>&1; then \
	  uv pip sync -q --python $(BIN)/python --require-hashes requirements-dev.lock && \
	  uv pip install -q --python $(BIN)/python --no-deps --no-build-isolation -e . ; \
	else \
	  $(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.lock && \
	  $(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e . ; \
	fi
	@rm -f $(VENV)/.installed-* && touch $@

demo: $(STAMP)
	@$(BIN)/huiqi demo

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(STAMP)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

test: lint
	$(BIN)/python -m pytest

test-all: lint
	$(BIN)/python -m pytest -m "slow or not slow"

spec-coverage: $(STAMP)
	@$(BIN)/python -m tests.spec_coverage

docs: $(STAMP)
	@$(BIN)/python -m tests.docs.problem_codes
	@$(BIN)/python -m tests.docs.keywords
	@$(BIN)/python -m tests.docs.pages

bench: $(STAMP)
	@$(MAKE) --no-print-directory -C benchmarks/explain run HUIQI_PYTHON=$(CURDIR)/$(BIN)/python

bench-library: $(STAMP)
	@$(BIN)/python benchmarks/library/run.py

LOCK := pip compile -q --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-annotate --no-header

lock:
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	test -x $(BIN)/uv || $(BIN)/python -m pip install -q uv
	$(BIN)/uv $(LOCK) pyproject.toml -o requirements.lock
	$(BIN)/uv $(LOCK) --extra dev pyproject.toml -o requirements-dev.lock

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis dist
