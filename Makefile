# The commands of the portal. `make run` and `make test` set up what is missing by themselves.
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$python" && exit; \
	done; echo python3)
VENV := .venv/bin
PORT ?= 8000
JOBS ?= 2
export PORT

.DEFAULT_GOAL := help
.PHONY: help run services setup test bench check format lock pictures

help:            ## 显示这份说明
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST)

run:             ## 启动整个平台（PORT=8000），按 Ctrl-C 停止
	@exec $(PYTHON) -m services run

services:        ## 只启动数据库和消息服务，供 manage.py 使用
	@exec $(PYTHON) -m services services

setup:           ## 补齐开发和测试所需的依赖
	@$(PYTHON) -m services setup --tests

test: setup      ## 检查代码并运行全部测试（真实的数据库、消息服务和浏览器）
	@$(MAKE) --no-print-directory check
	@exec $(VENV)/python -m pytest -n $(JOBS) $(ARGS)

bench:           ## 测量性能指标（BENCH=small 为简短测量）
	@$(PYTHON) -m services setup --bench
	@exec $(VENV)/python -m bench $(ARGS)

check: setup     ## 检查格式、写法、类型、依赖方向、迁移和正式环境的设置
	@$(VENV)/ruff format --check .
	@$(VENV)/ruff check .
	@find templates -name '*.html' -print0 | xargs -0 $(VENV)/djade --check
	@$(VENV)/lint-imports
	@$(VENV)/mypy
	@$(VENV)/python -m services.check

format:          ## 整理代码和模板的格式
	@$(VENV)/ruff check --fix .
	@$(VENV)/ruff format .
	@find templates -name '*.html' -print0 | xargs -0 $(VENV)/djade

lock:            ## 按 requirements*.in 重新锁定依赖版本
	@for name in requirements requirements-dev requirements-servers requirements-bench requirements-node; do \
		uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--custom-compile-command "make lock" $$name.in -o $$name.txt || exit 1; done
	@npm install --package-lock-only --omit-lockfile-registry-resolved

pictures: setup  ## 重拍操作手册的插图（BASE=已启动的演示平台的网址）
	@exec $(VENV)/python -m services.pictures $(ARGS)
