#!/usr/bin/env bash
# Installs what building and running kokai need on Debian 12: only what is missing, no questions, again and again if you like.
#   pipeline/setup.sh            for the program and the catalog's pages
#   pipeline/setup.sh --tests    what the tests need, too
set -euo pipefail
cd "$(dirname "$0")/.."

packages=(
    ca-certificates cmake g++ ninja-build pkg-config git
    libgdal-dev libproj-dev libtiff-dev libcurl4-openssl-dev nlohmann-json3-dev libcli11-dev libfmt-dev libvalijson-dev
    libkainjow-mustache-dev libexpat1-dev libzip-dev zlib1g-dev libisal-dev libxlsxwriter-dev libicu-dev libre2-dev
    libsimdjson-dev libgeos-dev libssl-dev libphonenumber-dev libsqlite3-dev
    libflatbuffers-dev libprotozero-dev libcpp-httplib-dev
)
if [ "${1:-}" = "--tests" ]; then
    packages+=(catch2 clang-format clang-tidy gdal-bin jq python3 python3-openpyxl python3-xlrd faketime locales util-linux procps
               chromium fonts-noto-cjk zip unzip postgresql-15 postgresql-15-postgis-3
               lighttpd lighttpd-mod-webdav swift-proxy swift-account swift-container swift-object)
fi
# Node may be there without a Debian package; npm from Debian would pull in hundreds.
command -v node >/dev/null || packages+=(nodejs)
command -v npm >/dev/null || packages+=(npm)

missing=()
for package in "${packages[@]}"; do
    state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
    [ "$state" = installed ] || missing+=("$package")
done
if [ "${#missing[@]}" -gt 0 ]; then
    as_root=()
    [ "$(id -u)" = 0 ] || as_root=(sudo)
    echo "setup: installing ${missing[*]}" >&2
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -qq
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi

# npm's packages for the pages (and, for the tests, the browser driver), exactly as locked.
install_npm() {
    local stamp="$1/node_modules/.installed-from"
    if ! cmp -s "$1/package-lock.json" "$stamp"; then
        echo "setup: npm ci in $1" >&2
        (cd "$1" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)
        cp "$1/package-lock.json" "$stamp"
    fi
}
install_npm pipeline/portal
if [ "${1:-}" = "--tests" ]; then
    install_npm tests/browser
    # The tests run once in each of these.
    for locale in ja_JP tr_TR en_US; do
        if ! locale -a 2>/dev/null | grep -q "^$locale.utf8"; then
            as_root=()
            [ "$(id -u)" = 0 ] || as_root=(sudo)
            "${as_root[@]}" localedef -i "$locale" -f UTF-8 "$locale.UTF-8"
        fi
    done
fi
