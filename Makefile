.PHONY: check test test-postgres test-postgres-first docs messages models pictures bench campaign

check: test
	ruff check .
	ruff format --check .
	mypy
	lint-imports

test:
	pytest

# tests of the store and of what stands on it, with a database in the place of each ledger's file; VERSION=16 or 18
VERSION ?= 18
ON_SERVERS = store changes undoing exchange rank searching redact verbs desk xref models engines granting acknowledged serve hooks every_verb evidence \
	exports claimreview imports fields publishing cli report
test-postgres:
	pytest --engine postgres --postgres $(VERSION) $(ON_SERVERS:%=tests/test_%.py)

# the few of them that .ci/run takes; test_engines, test_granting, test_acknowledged have a server of their own in `make test`
test-postgres-first: ON_SERVERS = store exchange hooks every_verb
test-postgres-first: test-postgres

docs:
	python -m cli.docs

# the new sentences of the program in ledger/languages, to be translated
messages:
	python -m cli.messages

# ledger/models/tables.py from schema.sql
models:
	python -m ledger.models.generate

# docs/images from the demo's report; needs Chromium
pictures:
	python docs/pictures.py

# needs the corpus of events beside the checkout, or CORPUS=...
CORPUS ?= ../shared/corpus
# sqlite-utils, in an environment of its own
PEER ?= ../peer/bin/sqlite-utils
bench:
	python bench/speed.py $(PEER) --write
	python bench/agreement_corpus.py $(wildcard $(CORPUS)/*/)
	for event in $(wildcard $(CORPUS)/*/); do python bench/suggest_corpus.py $$event; done

# the tests that take only so much of a kind in every run (tests/sizes.py)
WITH_SIZES = $(shell grep -l 'from sizes import' tests/test_*.py)
campaign:
	UNDO_DAYS=500 pytest -n 0 tests/test_undoing.py
	WHOLE=1 pytest -n 0 $(WITH_SIZES)
	SYNC_PAIRS=500 pytest -n 0 tests/test_syncing.py
	python -m campaigns all
	python -m campaigns.other_verifiers
	python -m campaigns.fuzz --runs 100000 --jobs 2
