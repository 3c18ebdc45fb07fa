.PHONY: check test docs pictures bench campaign

check: test
	ruff check .
	ruff format --check .
	mypy
	lint-imports

test:
	pytest

docs:
	python -m cli.docs

# docs/images from the demo's report; needs Chromium
pictures:
	python docs/pictures.py

bench:
	@for b in bench/*_corpus.py; do echo "$$b" && python "$$b" || exit 1; done

campaign:
	python bench/campaign.py all
