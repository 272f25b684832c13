# The commands people type. `make` alone lists them.
#
# Needed beforehand: cargo (by rustup), node with npm, a C compiler, make. Everything else is set up by the first
# run and not again by the second.

SHELL := bash
.DEFAULT_GOAL := help
# The order in which `test` names its parts is the order in which they run.
.NOTPARALLEL:

# A CI machine clones afresh each time; what can be kept from one run to the next lies outside the clone.
ifeq ($(CI),true)
export CARGO_TARGET_DIR ?= $(HOME)/.cache/reelsheet/target
export npm_config_cache ?= $(HOME)/.cache/reelsheet/npm
endif
TARGET := $(abspath $(or $(CARGO_TARGET_DIR),target))

# One set of crates and features for lint, tests and the server of the end-to-end tests, so that nothing is
# compiled twice. `frontend` is not in it: it would turn on `hydrate` beside `ssr` in `app`.
HOST := -p gen-client -p model -p gen-sim -p store -p app -p server --features gen-client/http,app/ssr,server/failpoints
BROWSER := -p frontend -p app --features app/hydrate --target wasm32-unknown-unknown
XTASK := cargo run --locked -p xtask --
NODE_MODULES := end2end/node_modules/.package-lock.json
PLAYWRIGHT := cd end2end && CARGO_TARGET_DIR="$(TARGET)" npx --no-install playwright test

.PHONY: fuzz torture help demo test build dev check e2e screenshots bench fmt lint unit e2e-build site tools lint-tools browser

help: ## this list
	@sed -n 's/^\([a-z0-9]*\):.*## /\1\t/p' Makefile | expand -t 14

demo: build ## the dashboard with the built-in simulator on http://127.0.0.1:3000
	@exec "$(TARGET)/release/reelsheet" serve --demo

test: tools lint-tools fmt lint unit fuzz site browser e2e ## every test, the end-to-end ones in Chromium too

# The linker of the wasm and wasm-opt use one core for a long while: the server is compiled beside them.
build: tools $(NODE_MODULES) ## a release build: target/release/reelsheet, its site beside it
	@echo "== release build of the server and of the site"
	@$(XTASK) site & site=$$!; \
	 REELSHEET_COMMIT="$${REELSHEET_COMMIT:-$$(git rev-parse --short HEAD 2>/dev/null)}" \
	   cargo build --release --locked -p server; server=$$?; \
	 wait $$site && exit $$server
	@rm -rf "$(TARGET)/release/site" && cp -R "$(TARGET)/site" "$(TARGET)/release/site"
	@echo "built $(TARGET)/release/reelsheet"

dev: tools $(NODE_MODULES) ## the demo, built again and restarted when a source changes
	@$(XTASK) dev

check: tools lint-tools fmt lint unit ## format, lint and the fast tests

# All families of decoders at once, each on a thread of its own: a minute for each is a minute for all.
fuzz: ## the decoders of GEN's answers under random damage for a minute; FUZZ_SECONDS=600 for longer
	@echo "== fuzz: every family of decoders"
	@FUZZ_SECONDS="$${FUZZ_SECONDS:-60}" cargo test --locked $(HOST) --test decode fuzz -- --test-threads=16

# What takes long or much room, one line a test; `unit` runs the same tests smaller.
torture: ## the same tests as unit, at the sizes that hurt: a file of 1 GB, a thousand sequences of acts, …
	@UPLOAD_MIB=1024 cargo test --locked $(HOST) --test upload -- --nocapture
	@MODEL_CASES=1000 BULK_CELLS=5000 SHEET_CASES=200 cargo test --locked $(HOST) --test torture -- --nocapture
	@KILLS=2000 cargo test --locked $(HOST) --test kills -- --nocapture

e2e: tools e2e-build site browser ## the end-to-end tests alone; ARGS="…" is handed to Playwright
	@echo "== end-to-end tests: npx playwright test $(ARGS)"
	@$(PLAYWRIGHT) $(ARGS)

screenshots: build browser ## the pictures of the README, from the running demo
	@$(PLAYWRIGHT) --config screenshots.config.ts

bench: build browser ## how fast the release build is, as the table of docs/benchmarks.md
	@$(PLAYWRIGHT) --config bench.config.ts

fmt:
	@echo "== format: cargo fmt --check"
	@cargo fmt --all --check

lint: $(NODE_MODULES)
	@echo "== lint: cargo clippy, server side"
	@cargo clippy --quiet --locked $(HOST) --all-targets -- -D warnings
	@cargo clippy --quiet --locked -p xtask --all-targets -- -D warnings
	@echo "== lint: cargo clippy, browser side"
	@cargo clippy --quiet --locked $(BROWSER) -- -D warnings
	@echo "== lint: tsc, end-to-end tests"
	@cd end2end && npx --no-install tsc --noEmit

unit:
	@echo "== unit and integration tests: cargo test"
	@cargo test --locked -p xtask
	@cargo test --locked $(HOST)

# The tests' own build holds the server as well; a plain `cargo build` would choose other features and compile anew.
e2e-build:
	@cargo test --quiet --locked $(HOST) --no-run

site: tools $(NODE_MODULES)
	@echo "== site: what the browser loads"
	@$(XTASK) site

# What a machine needs. Each check is quick, so they run every time.
tools:
	@command -v cargo >/dev/null || { echo "missing: cargo (Rust 1.95 or newer), from https://rustup.rs" >&2; exit 1; }
	@command -v node >/dev/null || { echo "missing: node (20 or newer), from https://nodejs.org" >&2; exit 1; }
	@command -v npm >/dev/null || { echo "missing: npm, which comes with node from https://nodejs.org" >&2; exit 1; }
	@command -v cc >/dev/null || { echo "missing: a C compiler named cc (Debian: apt-get install build-essential)" >&2; exit 1; }
	@command -v c++ >/dev/null || { echo "missing: a C++ compiler named c++, which the simulator's video encoder is built with (Debian: apt-get install build-essential)" >&2; exit 1; }
	@test -d "$$(rustc --print target-libdir --target wasm32-unknown-unknown)" || { \
	  command -v rustup >/dev/null || { echo "missing: Rust's target wasm32-unknown-unknown, and no rustup to add it" >&2; exit 1; }; \
	  echo "== adding Rust's target wasm32-unknown-unknown" && rustup target add wasm32-unknown-unknown; }

lint-tools:
	@cargo fmt --version >/dev/null 2>&1 || { echo "== adding rustfmt" && rustup component add rustfmt; }
	@cargo clippy --version >/dev/null 2>&1 || { echo "== adding clippy" && rustup component add clippy; }

$(NODE_MODULES): end2end/package-lock.json end2end/package.json
	@echo "== node modules of end2end: npm ci"
	@cd end2end && npm ci --no-audit --no-fund && touch node_modules/.package-lock.json

browser: $(NODE_MODULES)
	@end2end/find-browser.sh --install
