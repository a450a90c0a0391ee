# shellcheck shell=bash
# What the builds of `make dist` share, read by each: messages, the fonts to compile in, their licence, a Cargo for
# another system. Sets $target, the folder where Cargo builds.

target=$(mkdir -p "${CARGO_TARGET_DIR:-target}" && cd "${CARGO_TARGET_DIR:-target}" && pwd)
# Between the paths of a list, as in PATH. It is of the system that builds, whatever it builds for.
separator=:
case $(uname -s) in MINGW* | MSYS* | CYGWIN*) separator=';' ;; esac

say() { printf '%s\n' "$*" >&2; }
fail() { say "$@"; exit 1; }

# The first file of Noto Serif or Sans CJK in a weight; both weights, as titles and heads of forms are bold.
noto() {
    local file
    for file in /usr/share/fonts/*/noto/"Noto$1CJK-$2.ttc" /usr/share/fonts/*/"Noto$1CJK-$2.ttc" \
        "${HOME:-}/Library/Fonts/Noto$1CJK"*"-$2".*; do
        if [ -e "$file" ]; then echo "$file"; return; fi
    done
}

# Sets $FONTS, unless it names files already, and $fonts, the same as an array.
find_fonts() {
    local face weight file
    if [ -z "${FONTS:-}" ]; then
        tools/install.sh font
        for face in Serif Sans; do
            [ -n "$(noto $face Regular)" ] || fail "没有找到 Noto $face CJK，请用 FONTS 列出字体文件 /" \
                "no file of Noto $face CJK is in its usual place: name font files with FONTS"
            for weight in Regular Bold; do
                file=$(noto $face $weight)
                [ -z "$file" ] || FONTS=${FONTS:+$FONTS$separator}$file
            done
        done
    fi
    IFS=$separator read -r -a fonts <<<"$FONTS"
}

# Puts the file $1 into target/dist under the name $2, with the licence of the fonts, which has to come along, and prints
# what there is, with the remark $3. Sets $program, the path.
place() {
    local font file dist=$target/dist
    local licence=$dist/${2%.exe}.fonts-licence.txt
    program=$dist/$2
    mkdir -p "$dist"
    rm -f "$program" "$licence"
    cp "$1" "$program"
    tools/dist/sbom "$dist/${2%.exe}.cdx.json" "${4:-}"
    for font in "${fonts[@]}"; do
        for file in "$(dirname "$font")"/{OFL,LICENSE,LICENCE}*.txt /usr/share/doc/fonts-noto-cjk/copyright \
            /usr/share/licenses/google-noto-*-cjk*/{OFL,LICENSE}*; do
            # The last two are of packages, and say nothing of a font from elsewhere.
            case $file in /usr/share/*) case $font in /usr/share/*) ;; *) continue ;; esac ;; esac
            if [ -e "$file" ] && [ ! -e "$licence" ]; then cp "$file" "$licence"; fi
        done
    done
    echo "$program"
    echo "  $(($(wc -c <"$program") / 1000000)) MB, $3, fonts:"
    for font in "${fonts[@]}"; do echo "  $(($(wc -c <"$font") / 1000000)) MB  $font"; done
    if [ -e "$licence" ]; then
        echo "  字体许可证，分发时须一并附上 / the fonts' licence, which has to go along: $licence"
    else
        echo "  没有找到字体许可证：分发之前请先查明是否允许 /" \
            "no licence of the fonts was found: make sure that they may be given away before you do"
    fi
}

# Builds for the target $1, fonts included, with the Cargo in use if it has that target's standard library. Debian packages
# no such libraries, but the sources of its own: there they are compiled along, which takes a compiler of the same version
# and the switch that lets a stable one do so.
build_for() {
    local cargo=(cargo)
    if [ ! -d "$(rustc --print sysroot 2>/dev/null)/lib/rustlib/$1/lib" ]; then
        tools/install.sh rust-web
        # rustup's programs may come first in PATH, and would be the wrong ones for these sources.
        cargo=(env RUSTC_BOOTSTRAP=1 RUSTC=/usr/bin/rustc RUSTDOC=/usr/bin/rustdoc /usr/bin/cargo)
        set -- "$1" -Z build-std=std,panic_abort,panic_unwind "${@:2}"
    fi
    SHENBAO_FONTS=$FONTS "${cargo[@]}" build --release --features embed-fonts --target "$@"
}
