# Two commands do everything: `make run` and `make test`. Both install what the machine lacks.
.DEFAULT_GOAL := help
.PHONY: help setup setup-test build run watch test soak fuzz check measure archive proxies fmt clean

export PATH := $(CURDIR)/end2end/node_modules/.bin:$(HOME)/.cargo/bin:$(PATH)
# cargo-leptos and its tools want the same answer at build and at run time.
export CARGO_INCREMENTAL ?= 0

help: ## What there is.
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 14

setup: ## Installs what building needs (again and again without harm).
	@.ci/setup build

setup-test:
	@.ci/setup test

build: setup ## Builds the release: target/release/iel and target/site.
	@echo "== Building the release (about 7 minutes the first time on 2 cores)"
	@cargo leptos build --release --split
	@echo "== Naming the files after their content, and compressing them"
	@.ci/nommer.mjs
	@echo "== Built: target/release/iel"

run: build ## Builds, starts, and prints where to click.
	@target/release/iel serve

watch: setup ## Serves and rebuilds at each change, for developers.
	@cargo leptos watch --split

test: setup-test build ## Runs every test, browser included.
	@echo "== Tests of the domain, the pages and the server, on SQLite and PostgreSQL (about 8 minutes the first time)"
	@cargo test --quiet -p domain --all-features
	@cargo test --quiet -p app --features leptos/ssr
	@cargo test --quiet -p server
	@echo "== Trials of the promises, short (about 4 minutes)"
	@node end2end/epreuves/toutes.js court
	@echo "== Journeys in a browser"
	@cd end2end && npm test

soak: setup-test build ## The same trials at full size: kills, faults, full disks, floods, bad input (about 3 hours).
	@cargo test --quiet -p server description
	@node end2end/epreuves/toutes.js long
	@.ci/fuzz 300

fuzz: ## Feeds the parsers what nobody would type, a minute each (nightly Rust; 8 minutes the first time).
	@.ci/fuzz 60

check: setup ## Format, lints, docs, dependencies, licences, weight.
	@.ci/check

measure: setup-test build ## Lighthouse, a slow phone, keystrokes, weight: one table (about 5 minutes).
	@cd end2end/mesures && npm ci --no-fund --no-audit --loglevel=error && node mesurer.js

archive: build ## Builds target/iel-<version>-<arch>.tar.gz, all that a server needs.
	@.ci/archive

proxies: build ## Tries the service behind nginx and HAProxy, over https (as root).
	@.ci/proxies

fmt: ## Formats the code.
	@cargo fmt --all

clean: ## Forgets what was built.
	@cargo clean
