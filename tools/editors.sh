#!/usr/bin/env bash
# Tries the schemas with taplo and tombi, the two servers behind editors' support of TOML: the samples have to pass,
# and a misspelled key, a missing one and an amount without its unit have to be told. Both come from PyPI.
set -euo pipefail
cd "$(dirname "$0")/.."

target=$(realpath -m "${CARGO_TARGET_DIR:-target}")
shenbao=${SHENBAO:-$target/debug/shenbao}
tools=$target/editors
bin=$tools/bin
skip() {
    echo "skipped: $1, so taplo and tombi were not tried" >&2
    exit 0
}

if [ ! -x "$bin/taplo" ] || [ ! -x "$bin/tombi" ]; then
    command -v python3 >/dev/null || skip "Python 3 is not installed (Debian: python3 python3-venv)"
    python3 -c 'import ensurepip, venv' 2>/dev/null || skip "Python has no module venv (Debian: python3-venv)"
    mkdir -p "$target"
    log=$(mktemp "$target/editors.XXXXXX")
    trap 'rm -f "$log"' EXIT
    if ! python3 -m venv "$tools" >"$log" 2>&1; then
        cat "$log" >&2
        skip "Python could not make an environment in $tools"
    fi
    if ! "$bin/pip" install --quiet --disable-pip-version-check taplo==0.9.3 tombi==1.9.6 >"$log" 2>&1; then
        cat "$log" >&2
        skip "pip could not install them"
    fi
    rm -f "$log"
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for kind in declaration project; do
    "$shenbao" schema "$kind" >"$work/$kind.schema.json"
done

# with_schema KIND FROM TO: a copy that names its schema in its first line.
with_schema() {
    { echo "#:schema file://$work/$1.schema.json"; cat "$2"; } >"$3"
}

lint() {
    "$bin/taplo" lint "$1" >"$work/taplo.log" 2>&1 && taplo=passes || taplo=rejects
    "$bin/tombi" lint --offline "$1" >"$work/tombi.log" 2>&1 && tombi=passes || tombi=rejects
}

expect() {
    lint "$2"
    for got in "taplo $taplo" "tombi $tombi"; do
        if [ "${got#* }" != "$1" ]; then
            echo "$got $3, which is expected to be: $1" >&2
            cat "$work/${got% *}.log" >&2
            exit 1
        fi
    done
}

for folder in data/songjiang-2024 data/linjiang-2023 tests/input/good; do
    with_schema declaration "$folder/declaration.toml" "$work/it.toml"
    expect passes "$work/it.toml" "$folder/declaration.toml"
    for file in "$folder"/projects/*.toml; do
        with_schema project "$file" "$work/it.toml"
        expect passes "$work/it.toml" "$file"
    done
done

good=tests/input/good/projects/1-network.toml
for change in 's/^code = /kode = /' 's/^target = .*//' 's/"20万元"/"20万"/' 's/^weight = 20/weight = "20"/'; do
    sed "$change" "$good" >"$work/changed.toml"
    with_schema project "$work/changed.toml" "$work/it.toml"
    expect rejects "$work/it.toml" "$good after $change"
done
echo "taplo and tombi read the schemas as they are meant"
