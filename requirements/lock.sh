#!/bin/sh
# Renew the pinned requirements from pyproject.toml; no registry address is written.
set -eu
compile() { uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet --upgrade "$@"; }
echo uv | compile - -o requirements/uv.txt
compile pyproject.toml --extra build -o requirements/run.txt
compile pyproject.toml --extra build --extra pyvis --extra notebook --extra brief -c requirements/run.txt -o requirements.txt
compile pyproject.toml --all-extras -c requirements.txt -o requirements/dev.txt
