#!/bin/sh
# Runs one of our scripts (scripts/python.sh -m scripts.run) with the first Python that answers with 3.12 or newer.
# A name on the PATH may be a shim that fails when called, so each candidate is called, not just looked up.
cd "$(dirname "$0")/.." || exit 1
unset PYTHONDONTWRITEBYTECODE # without .pyc files every start costs seconds

answers() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 12))' >/dev/null 2>&1
}

newest_first=$(ls -d "${PYENV_ROOT:-$HOME/.pyenv}"/versions/*/bin/python3 2>/dev/null | sort -rV)
for candidate in .venv/bin/python python3.14 python3.13 python3.12 python3 $newest_first; do
    if answers "$candidate"; then
        exec "$candidate" "$@"
    fi
done

echo "Salesplan needs Python 3.12 or newer and found none that works. Install one (Debian 13, Ubuntu 24.04 and later:" \
    "apt install python3 python3-venv; older systems: pyenv install 3.13) and give the same command again." >&2
exit 1
