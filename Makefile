# One entry for everything. `make` alone says what there is.

SHELL         := bash
.SHELLFLAGS   := -euo pipefail -c
.DEFAULT_GOAL := help
.NOTPARALLEL:

CONFIGURATION := Release
DOTNET        := dotnet
RESULTS       := artifacts/test-results

# Nothing here needs a build server that outlives the command.
export DOTNET_CLI_TELEMETRY_OPTOUT := 1
export DOTNET_NOLOGO               := 1
export MSBUILDDISABLENODEREUSE     := 1

QUIET := -v quiet --nologo
CHAOS := PULUMI_EVS_BIN="$(CURDIR)/bin" $(DOTNET) run --no-build --project tests/chaos -c $(CONFIGURATION) --

# Analyzers take more time than all else of a build; `make lint` is where they judge.
build test test-% accept demo demo-pulumi build-chaos: export RunAnalyzers := false

.PHONY: help
help: ## Say what the targets do
	@awk 'BEGIN { FS = ":.*## " } /^[a-z][a-z-]*:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: build
build: ## Build the plugin and the local EVS, runnable, into ./bin
	@$(DOTNET) publish provider/Provider.csproj -c $(CONFIGURATION) -o bin $(QUIET)
	@$(DOTNET) publish simulator/Simulator.csproj -c $(CONFIGURATION) -o bin $(QUIET)
	@ln -sf bin/pulumi-resource-evs pulumi-resource-evs

.PHONY: test
test: build ## Run all tests: unit, functional (real processes), interop (the official Node stubs)
	@CONFIGURATION=$(CONFIGURATION) RESULTS=$(RESULTS) build/test unit functional interop

.PHONY: test-unit test-functional test-interop
test-unit: ## Run the unit tests alone
	@CONFIGURATION=$(CONFIGURATION) RESULTS=$(RESULTS) build/test unit

test-functional test-interop: test-%: build ## Run one of the other rings alone
	@CONFIGURATION=$(CONFIGURATION) RESULTS=$(RESULTS) build/test $*

.PHONY: chaos
chaos: build-chaos ## Random stacks, random faults, until all converges: RUNS=100 SEED=1 [BREAK=journal|retry|id]
	@$(CHAOS) chaos runs=$(RUNS) seed=$(SEED) break=$(BREAK) workers=$(WORKERS)

.PHONY: kills
kills: build-chaos ## Kill the plugin at random instants of a create, on v3 and on v2.1: RUNS=200 SEED=1
	@$(CHAOS) kills runs=$(RUNS) seed=$(SEED)

.PHONY: fuzz
fuzz: build-chaos ## Feed bad bytes to all that reads bytes of others: INPUTS=1000000 SEED=1
	@$(CHAOS) fuzz inputs=$(INPUTS) seed=$(SEED)

.PHONY: build-chaos
build-chaos: build
	@$(DOTNET) build tests/chaos/Chaos.csproj -c $(CONFIGURATION) $(QUIET)

.PHONY: bench
bench: ## Measure against the targets and the other tools, in one table: PARTS=waiting,sample,startup,calls,micro,crowd
	@CONFIGURATION=$(CONFIGURATION) build/bench parts=$(PARTS) crowd=$(CROWD) seed=$(SEED)

.PHONY: demo
demo: build ## Watch the plugin make, change and delete disks of a local EVS: no account, no Pulumi CLI
	@PULUMI_EVS_BIN="$(CURDIR)/bin" $(DOTNET) run --project tests/demo -c $(CONFIGURATION)

.PHONY: demo-pulumi
demo-pulumi: build ## The same through a real Pulumi CLI (examples/volume-yaml), where one is installed
	@build/demo-pulumi

.PHONY: sdk
sdk: ## Make anew what is made from the declarations: schema, C# SDK, reference documents
	@$(DOTNET) build sdk/generator/Generator.csproj -c $(CONFIGURATION) $(QUIET)
	@$(DOTNET) run --project sdk/generator -c $(CONFIGURATION) -- .

.PHONY: accept
accept: build ## Put into the manuals what the programs print now: read the difference before you commit it
	@PULUMI_EVS_BIN="$(CURDIR)/bin" PULUMI_EVS_ACCEPT=1 $(DOTNET) test tests/functional -c $(CONFIGURATION) $(QUIET) \
	  --filter FullyQualifiedName~DoctorTests.It_prints

.PHONY: dist
dist: ## Make the archives of a release, the SDK's package and checksums, in ./dist: PLATFORMS="linux-amd64 ..."
	@build/dist $(PLATFORMS)

.PHONY: test-dist
test-dist: ## Run the interop tests against this machine's archives in ./dist, with no .NET to be found
	@build/test-dist

.PHONY: install
install: ## Put plugin and local EVS where pulumi looks: under PULUMI_HOME, else ~/.pulumi
	@build/install

.PHONY: lint
lint: ## Check the formatting, and build everything with warnings as errors
	@$(DOTNET) format Provider.sln --verify-no-changes
	@$(DOTNET) build Provider.sln -c $(CONFIGURATION) --no-incremental $(QUIET)

.PHONY: clean
clean: ## Remove everything that was built
	@rm -rf bin pulumi-resource-evs dist artifacts .packages tests/interop/node_modules
