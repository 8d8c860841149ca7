#!/bin/sh
# Recollect for Linux: `sh FILE` installs it for you, below ~/.local; `sh FILE --unpack FOLDER` only unpacks it.
# What follows this script is the same .tar.xz that can be downloaded by itself.
set -eu

for tool in tail tar xz sha256sum; do
    command -v "$tool" >/dev/null || { echo "Recollect cannot be unpacked: $tool is not installed." >&2; exit 1; }
done
payload() { tail -n +@LINES@ "$0"; }
if [ "$(payload | sha256sum | cut -d ' ' -f 1)" != "@SHA256@" ]; then
    echo "This file is damaged. Download it again." >&2
    exit 1
fi
if [ "${1:-}" = "--unpack" ]; then
    mkdir -p "$2"
    payload | tar -C "$2" -xJf -
    exit 0
fi
# Beside the place where it will be, which has the room; /tmp is often in memory.
mkdir -p "$HOME/.local/lib"
folder="$(mktemp -d "$HOME/.local/lib/recollect-XXXXXX")"
trap 'rm -rf "$folder"' EXIT
payload | tar -C "$folder" --strip-components=1 -xJf -
sh "$folder/install.sh"
exit 0
