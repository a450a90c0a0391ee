# `make` alone lists the targets.
.DEFAULT_GOAL := help
.PHONY: help build demo test lint deny conformance browser office bench stress limits faults fuzz mutate man editors dist clean

BUILT := $(or $(CARGO_TARGET_DIR),target)
SAMPLE := songjiang-2024

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' Makefile

build: ## build target/release/shenbao
	@tools/install.sh compiler
	cargo build --release

demo: build ## write the sample declaration to out/
	@tools/install.sh font
	@$(BUILT)/release/shenbao build data/$(SAMPLE)

test: ## run every test, and lint
	@tools/install.sh compiler font poppler
	cargo test
	tools/editors.sh
	@$(MAKE) --no-print-directory lint

lint: ## check the format and the lints, with and without layout, where rustfmt and clippy are there
	@tools/install.sh compiler
	@if cargo fmt --version >/dev/null 2>&1; then cargo fmt --check; \
	else echo "rustfmt is not installed, so the format was not checked" >&2; fi
	@# Whatever is not layout has to build without Typst. Its tests are those that `cargo test` has run.
	@if cargo clippy --version >/dev/null 2>&1; \
	then cargo clippy --all-targets -- -D warnings && cargo clippy --all-targets --no-default-features -- -D warnings; \
	else echo "clippy is not installed, so the lints were not checked" >&2; cargo check --all-targets --no-default-features; fi

deny: ## check licences, versions, sources and known vulnerabilities of the crates
	tools/deny/run

conformance: build ## validate the samples' PDFs with veraPDF (PDF/A-2a, PDF/UA-1)
	@tools/install.sh font
	tools/conformance/run

browser: build ## try the preview in headless Chromium
	tools/preview/run

office: build ## import files of Word and Excel by other programs, and have LibreOffice compute exported workbooks
	tools/office/run

bench: build ## time cold builds, rebuilds, many and large declarations against the Typst CLI
	@tools/install.sh font poppler python
	bench/run

faults: build ## kill a thousand runs; fill disks, take permissions, close streams, run several at once
	@tools/install.sh font python strace faketime
	tools/faults/run

stress: build ## build thousands of declarations, some broken; and edit one that is watched
	@tools/install.sh font python
	tools/stress/many.py
	tools/stress/watch.py

limits: build ## try the limits of docs/limits.md on large files, and measure what many units take
	@tools/install.sh font python
	tools/limits/large.py
	tools/limits/province.py

fuzz: ## fuzz each stage for a minute (TIME=seconds or COUNT=inputs, TARGETS="load fmt")
	TIME="$(TIME)" COUNT="$(COUNT)" TARGETS="$(TARGETS)" tools/fuzz/run

mutate: build ## run the program on 10,000 mutated declarations (COUNT=…, FIRST=the number of a case)
	tools/fuzz/mutate $(or $(COUNT),10000) $(or $(FIRST),1)

man: build ## write the man pages to target/man
	@$(BUILT)/release/shenbao man $(BUILT)/man

editors: ## try the schemas with taplo and tombi
	@tools/install.sh compiler
	cargo build --no-default-features
	tools/editors.sh

dist: build ## build target/dist/shenbao-…, with Chinese fonts in it (FONTS=a.ttc:b.ttc), for this machine or TARGET, and try it
	FONTS="$(FONTS)" TARGET="$(TARGET)" tools/dist/run

clean: ## remove what was built
	cargo clean
	rm -f out/*.pdf
