#!/usr/bin/env bash
# Fetches the Python packages that a file lists with their hashes: `tools/python.sh REQUIREMENTS FOLDER`.
#
# They go into FOLDER alone, which belongs on PYTHONPATH. What is there already for the same list is kept.
set -euo pipefail

wanted=$1
folder=$2

! cmp --silent "$wanted" "$folder/requirements.txt" || exit 0
"$(dirname "$0")/install.sh" pip
mkdir -p "$(dirname "$folder")"
rm -rf "$folder"
fetched=$(mktemp -d "$folder.XXXXXX")
trap 'rm -rf "$fetched"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --root-user-action=ignore \
    --only-binary=:all: --require-hashes --target "$fetched" --requirement "$wanted"
cp "$wanted" "$fetched/requirements.txt"
# Moved when complete: an interrupted fetch leaves nothing that looks like the packages.
mv "$fetched" "$folder"
