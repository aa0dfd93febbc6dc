# wcs-ami: builds the Wizzie Community Stack AMI.
# Standard output carries the AMI ID alone; whatever the tools have to say goes to standard error.

JAR        := target/wcs-ami.jar
SOURCES    := $(shell find src/main -type f) pom.xml
COMMIT     := $(shell git rev-parse --short=12 HEAD 2>/dev/null || echo unknown)
MVN        := mvn -B -ntp -Dstyle.color=never -Dbuild.commit=$(COMMIT)
# Guests of the local region have addresses of their own, which takes root.
AS_ROOT    := $(if $(filter 0,$(shell id -u)),,sudo )
# Integration tests that have more cases than make test lets them run.
SOAK       := CalledActionsIT,FaultMatrixIT,FaultyTrialsIT,FaultyCleaningIT,SshFaultBuildsIT,CrashedBuildsIT,SshFaultMatrixIT
# More options for the program, such as: make ARGS="--region us-east-1 --verbose"
ARGS       ?=
# Of make fresh; without, all whose mirror can be reached.
RELEASES   ?=

MAKEFLAGS  += --no-print-directory
.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.PHONY: help all local jar test fresh soak conformance lint fmt bench differential clean setup-build setup-local setup-test setup-conformance

help: ## Lists the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

all: setup-build $(JAR) ## Builds the AMI in AWS, with the caller's credentials; prints its ID
	@java -jar $(JAR) build $(ARGS)

local: setup-local $(JAR) ## Builds and verifies the AMI in the local region, no AWS account needed; prints its ID
	@$(AS_ROOT)java -jar $(JAR) build --region local --verify $(ARGS)

jar: setup-build $(JAR) ## Makes target/wcs-ami.jar

test: setup-test lint ## Runs every check and every test
	@.tools/ruby-tests >&2
	@$(MVN) verify >&2
	@.tools/reproducible $(JAR) $(COMMIT) >&2

fresh: setup-local ## Runs make test and make local in minimal Debian and Ubuntu roots: make fresh [RELEASES="bookworm trixie"]
	@$(AS_ROOT).tools/fresh $(RELEASES) >&2

soak: setup-test $(JAR) ## Puts every trouble in the way of builds, and kills them at every point; an hour or more
	@$(MVN) verify -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false -Dit.test='$(SOAK)' -Dwcs-ami.soak=true >&2

conformance: setup-conformance $(JAR) ## Lets the AWS CLI, boto3 and Packer use the local region; a few minutes
	@.tools/conformance/run $(JAR) >&2

lint: setup-test ## Checks format, style and shell scripts; the compiler's checks are part of every build
	@$(MVN) -q spotless:check >&2
	@.tools/lint >&2

fmt: setup-test ## Formats the Java and Ruby sources
	@$(MVN) -q spotless:apply >&2
	@.tools/lint --fix >&2

bench: setup-local $(JAR) ## Measures start-up and a whole build in the local region
	@$(AS_ROOT).tools/bench $(JAR) >&2

differential: setup-test ## Compares the stand-in with a real Chef: make differential CHEF=/path/to/cinc.deb (or a folder)
	@test -n "$(CHEF)" || { echo "wcs-ami: name a package or a folder with bin/chef-solo: make differential CHEF=/path/to/cinc.deb" >&2; exit 2; }
	@$(MVN) verify -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false -Dit.test='ChefDifferentialIT#theGivenChef*' -Dwcs-ami.chef='$(abspath $(CHEF))' >&2

clean: ## Removes what make made (images of the local region: java -jar target/wcs-ami.jar local reset)
	@rm -rf target

setup-build setup-local setup-test setup-conformance: setup-%:
	@.tools/setup $* >&2

$(JAR): $(SOURCES)
	@echo "Making $(JAR) (the first time, Maven downloads what it needs: a minute or two)" >&2
	@$(MVN) -q -DskipTests package >&2
	@touch $(JAR)
