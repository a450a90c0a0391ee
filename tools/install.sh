#!/usr/bin/env bash
# Makes sure that a make target finds what it needs on this machine: `tools/install.sh font poppler`.
#
# Debian and Ubuntu get the missing packages, without a question; elsewhere the script says what to
# install and fails. What is there already costs a few milliseconds and changes nothing.
set -euo pipefail

has() { command -v "$1" >/dev/null 2>&1; }

# Files come before fontconfig: a bare container has fonts but no fc-list.
has_noto() {
    compgen -G "/usr/share/fonts/*/noto/Noto$1CJK-Regular.ttc" >/dev/null ||
        compgen -G "/usr/share/fonts/*/Noto$1CJK-Regular.ttc" >/dev/null ||
        compgen -G "${HOME:-}/Library/Fonts/Noto$1CJK*-Regular.*" >/dev/null ||
        { has fc-list && [ -n "$(fc-list "Noto $1 CJK SC" family)" ]; }
}

# Whether a compiler of Rust is of the version that the project asks for.
new_enough() {
    local wanted
    wanted=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' "$(dirname "$0")/../Cargo.toml")
    printf '%s\n' "$wanted" "$("$1" --version | cut -d ' ' -f 2)" | sort -VC
}

present() {
    case $1 in
        # Rust from rustup brings no linker of its own, and the allocator is written in C.
        compiler) has cc ;;
        c++) has c++ ;;
        font) has_noto Serif && has_noto Sans ;;
        poppler) has pdftotext && has pdftoppm ;;
        # A source file is run as it is, for which a runtime without a compiler isn't enough.
        java) has javac && has java ;;
        jaxb) [ -n "${JAXB_JARS:-}" ] || [ -e /usr/share/java/jaxb-runtime.jar ] ;;
        # Only together do they fit: a driver is made for one version of the browser.
        chromium) has "${CHROMIUM:-chromium}" && has "${CHROMEDRIVER:-chromedriver}" ;;
        office) has soffice && { ! has dpkg || dpkg -s libreoffice-writer >/dev/null 2>&1; } ;;
        pip) python3 -m pip --version >/dev/null 2>&1 ;;
        python) has python3 ;;
        strace) has strace ;;
        faketime) compgen -G "/usr/lib*/*/faketime/libfaketime.so.1" >/dev/null ||
            compgen -G "/usr/lib*/faketime/libfaketime.so.1" >/dev/null ;;
        # On Linux the Typst CLI links OpenSSL; this program doesn't.
        # Debian's Rust, which compiles the standard library for other systems from its sources.
        rust-web) [ -x /usr/bin/cargo ] && [ -e /usr/lib/rustlib/src/rust/library/Cargo.lock ] && new_enough /usr/bin/rustc ;;
        mingw) has x86_64-w64-mingw32-gcc ;;
        # Sources of locales: few machines have a Chinese one.
        locales) has localedef && [ -e /usr/share/i18n/locales/zh_CN ] ;;
        wine) has wine64 || [ -x /usr/lib/wine/wine64 ] ;;
        qemu) has qemu-aarch64-static && has qemu-loongarch64-static ;;
        openssl) [ "$(uname)" != Linux ] || { has pkg-config && pkg-config --exists openssl; } ;;
    esac
}

packages() {
    case $1 in
        compiler) echo gcc libc6-dev ;;
        c++) echo g++ ;;
        font) echo fonts-noto-cjk ;;
        poppler) echo poppler-utils ;;
        java) echo default-jdk-headless ;;
        jaxb) echo libjaxb-java ;;
        chromium) echo chromium chromium-driver ;;
        office) echo libreoffice-calc libreoffice-writer ;;
        pip) echo python3 python3-pip ;;
        python) echo python3 ;;
        rust-web) echo rustc-web cargo-web rust-web-src ;;
        mingw) echo gcc-mingw-w64-x86-64 ;;
        wine) echo wine64 ;;
        qemu) echo qemu-user-static ;;
        locales) echo locales ;;
        strace) echo strace ;;
        faketime) echo faketime ;;
        openssl) echo libssl-dev pkg-config ;;
        *) return 1 ;;
    esac
}

advice() {
    case $1 in
        compiler) cat <<'TEXT' ;;
  缺少 C 编译器 / No C compiler:
    Fedora    sudo dnf install gcc
    macOS     xcode-select --install
    Windows   安装 Visual Studio 生成工具 / install the Visual Studio Build Tools (C++)
TEXT
        c++) cat <<'TEXT' ;;
  缺少 C++ 编译器 / No C++ compiler:
    Fedora    sudo dnf install gcc-c++
    macOS     xcode-select --install
TEXT
        font) cat <<'TEXT' ;;
  缺少中文字体 / No Chinese font (Noto Serif CJK SC, Noto Sans CJK SC):
    Fedora    sudo dnf install google-noto-serif-cjk-fonts google-noto-sans-cjk-fonts
    macOS     brew install --cask font-noto-serif-cjk-sc font-noto-sans-cjk-sc
    Windows   安装 notofonts/noto-cjk 的字体 / install the fonts of github.com/notofonts/noto-cjk
TEXT
        poppler) cat <<'TEXT' ;;
  缺少 pdftotext、pdftoppm / No pdftotext and pdftoppm (Poppler):
    Fedora    sudo dnf install poppler-utils
    macOS     brew install poppler
    Windows   scoop install poppler
TEXT
        java) cat <<'TEXT' ;;
  缺少 JDK（11 或更高）/ No JDK (11 or later):
    Fedora    sudo dnf install java-latest-openjdk-devel
    macOS     brew install openjdk
    Windows   winget install EclipseAdoptium.Temurin.21.JDK
TEXT
        jaxb) cat <<'TEXT' ;;
  缺少 JAXB 2.3 / No JAXB 2.3:
    从 Maven Central 下载 org.glassfish.jaxb:jaxb-runtime:2.3 及其依赖，再设 JAXB_JARS='目录/*'
    Get org.glassfish.jaxb:jaxb-runtime:2.3 and what it depends on from Maven Central, then set JAXB_JARS='folder/*'
TEXT
        chromium) cat <<'TEXT' ;;
  缺少 Chromium 与 chromedriver / No Chromium with its chromedriver (CHROMIUM and CHROMEDRIVER name others):
    Fedora    sudo dnf install chromium chromedriver
    macOS     brew install --cask chromium chromedriver
    Windows   scoop install chromium chromedriver
TEXT
        office) cat <<'TEXT' ;;
  缺少 LibreOffice（Calc、Writer）/ No LibreOffice (Calc and Writer):
    Fedora    sudo dnf install libreoffice-calc libreoffice-writer
    macOS     brew install --cask libreoffice
    Windows   winget install TheDocumentFoundation.LibreOffice
TEXT
        pip | python) cat <<'TEXT' ;;
  缺少 Python 3 与 pip / No Python 3 with pip:
    Fedora    sudo dnf install python3 python3-pip
    macOS     brew install python
    Windows   winget install Python.Python.3.13
TEXT
        rust-web) cat <<'TEXT' ;;
  没有目标系统的 Rust 标准库 / No Rust standard library for the target:
    rustup target add x86_64-pc-windows-gnu
TEXT
        mingw) cat <<'TEXT' ;;
  缺少 MinGW-w64 编译器 / No MinGW-w64 compiler:
    Fedora    sudo dnf install mingw64-gcc
    macOS     brew install mingw-w64
TEXT
        wine) cat <<'TEXT' ;;
  缺少 Wine（64 位）/ No Wine (64-bit):
    Fedora    sudo dnf install wine-core
    macOS     brew install --cask wine-stable
TEXT
        qemu) cat <<'TEXT' ;;
  缺少 QEMU 用户态模拟器 / No QEMU in user mode:
    Fedora    sudo dnf install qemu-user-static
TEXT
        locales) cat <<'TEXT' ;;
  缺少区域设置的源文件 / No sources of locales:
    Fedora    sudo dnf install glibc-locale-source
TEXT
        strace | faketime) cat <<TEXT ;;
  缺少 $1 / No $1:
    Fedora    sudo dnf install $([ "$1" = strace ] && echo strace || echo libfaketime)
    其他系统上相应的测试会跳过 / elsewhere the tests that need it are skipped
TEXT
        openssl) cat <<'TEXT' ;;
  缺少 OpenSSL 开发文件 / No OpenSSL headers:
    Fedora    sudo dnf install openssl-devel pkgconf-pkg-config
TEXT
    esac
}

as_root() {
    # -n: sudo fails where it would ask for a password.
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

# Whether all of what was missing is there.
complete() {
    local what
    for what in "${missing[@]}"; do present "$what" || return; done
}

apt_install() {
    local apt=(env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300)
    local install=(install -y --no-install-recommends "$@")
    # The lists of a fresh container are empty, those of an old one name files that are gone or programs that are too old:
    # all that shows afterwards, and only then is the refresh worth its seconds.
    as_root "${apt[@]}" "${install[@]}" >/dev/null 2>&1 </dev/null && complete && return
    as_root "${apt[@]}" update </dev/null
    as_root "${apt[@]}" "${install[@]}" >/dev/null </dev/null
}

missing=()
wanted=()
for what in "$@"; do
    # shellcheck disable=SC2207  # package names hold no spaces
    names=($(packages "$what")) || {
        echo "install.sh: '$what' is none of: compiler c++ font poppler java jaxb chromium office pip python strace faketime rust-web mingw wine locales qemu openssl" >&2
        exit 2
    }
    if ! present "$what"; then
        missing+=("$what")
        wanted+=("${names[@]}")
    fi
done
[ ${#missing[@]} -gt 0 ] || exit 0

command="apt-get install -y --no-install-recommends ${wanted[*]}"
if has apt-get && as_root true 2>/dev/null; then
    echo "正在安装 / Installing: ${wanted[*]}" >&2
    apt_install "${wanted[@]}" || true
fi

status=0
for what in "${missing[@]}"; do
    present "$what" && continue
    if [ $status = 0 ]; then
        status=1
        echo "还缺以下软件，请安装后重试 / Still missing; install and run again:" >&2
        if has apt-get; then echo "  sudo $command" >&2; fi
    fi
    if ! has apt-get; then advice "$what" >&2; fi
done
exit $status
