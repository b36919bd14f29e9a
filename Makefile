# Every target works without Slack and without a database server.
.DEFAULT_GOAL := help
GOLANGCI := go run github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0

.PHONY: help run test crash race lint fmt golden bench shots docs docker fuzz

help: ## Show the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

run: ## Try it in a browser
	go run . try

test: ## Run all tests
	go test ./...

crash: ## Kill the real program 200 times, alone and as three replicas
	go test ./app -run 'TestCrash' -v -timeout 60m -kills 200

race: ## Run all tests under the race detector (needs a C compiler)
	go test -race ./...

lint: ## Run the linters
	$(GOLANGCI) run --allow-parallel-runners ./...

fmt: ## Format the code
	$(GOLANGCI) fmt ./...

golden: ## Rewrite the golden files; read their diff as product text
	go test ./ask ./render ./commands ./picture -update

bench: ## Run the benchmarks that docs/performance.md quotes
	go test -run "^$$" -bench . -benchmem ./ask ./delivery ./evaluation ./ledger ./picture ./policy ./storage/embedded ./storage/mongo ./bot ./scheduler ./workspace ./app

shots: ## Take the READMEs' screenshots anew, in a browser
	go test ./app -run TestShots -shots $(CURDIR)/docs/screenshots

docs: ## Rewrite the generated documentation
	go test ./app ./evaluation -run TestDocs -update

docker: ## Build the image
	docker build -t wainao .

fuzz: ## Fuzz the question answering for a minute
	go test ./ask -run '^$$' -fuzz FuzzAnswer -fuzztime 1m
