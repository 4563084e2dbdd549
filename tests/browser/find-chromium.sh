#!/bin/sh
# Prints the path of a Chromium: $CHROMIUM, one on the PATH, else Debian's, installed with apt.
set -eu
for candidate in "${CHROMIUM:-}" chromium chromium-browser google-chrome; do
    [ -n "$candidate" ] && command -v "$candidate" && exit 0
done
if ! command -v apt-get >/dev/null; then
    echo "The browser tests need Chromium: install it, or set CHROMIUM to its path." >&2
    exit 1
fi
sudo=""
[ "$(id -u)" = 0 ] || sudo="sudo"
{ $sudo apt-get update && $sudo apt-get install -y --no-install-recommends chromium; } >&2 || {
    echo "Chromium could not be installed with apt: install it, or set CHROMIUM to its path." >&2
    exit 1
}
command -v chromium
