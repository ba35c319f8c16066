# The work is done in scripts/; README.md says what each command is for.
PYTHON := sh scripts/python.sh

.PHONY: run install test test-fast check bench lock clean

run:
	@exec $(PYTHON) -m scripts.run

# What a deployment needs before it can start (docs/operations.md); touches no database.
install:
	@exec $(PYTHON) -m scripts.setup

test:
	@exec $(PYTHON) -m scripts.test all

test-fast:
	@exec $(PYTHON) -m scripts.test fast

check:
	@exec $(PYTHON) -m scripts.test check

bench:
	@exec $(PYTHON) -m scripts.test bench

# make lock UPGRADE=1 takes the newest versions that pyproject.toml and package.json allow.
lock:
	@exec $(PYTHON) -m scripts.lock $(if $(UPGRADE),--upgrade)

# Leaves the database and its secret key (var/db.sqlite3, var/secret_key) alone.
clean:
	rm -rf .venv node_modules static/vendor static/icons.svg var/static var/stamps var/log var/test
	rm -rf .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	find . -name "*.mo" -type f -delete
