#!/bin/sh
# Installs this folder for the user who runs it, without administrator rights, below ~/.local; --uninstall takes it
# away again and leaves the library with its settings where it is.
set -eu

data="${XDG_DATA_HOME:-$HOME/.local/share}"
program="$HOME/.local/lib/recollect"
link="$HOME/.local/bin/recollect"

# Desktops look up in a list who opens a kind of file. Where this was the only program in it, it goes as well.
list_kinds() {
    if [ -d "$data/applications" ] && command -v update-desktop-database > /dev/null; then
        update-desktop-database -q "$data/applications" || true
        if ! grep -q = "$data/applications/mimeinfo.cache" 2> /dev/null; then
            rm -f "$data/applications/mimeinfo.cache"
        fi
    fi
}

remove() {
    rm -rf "$program"
    if [ -L "$link" ]; then rm -f "$link"; fi
    # The list was written when the files were put there, so nothing else is touched.
    if [ -f "$data/recollect-installed-files" ]; then
        while IFS= read -r file; do rm -f "$data/$file"; done < "$data/recollect-installed-files"
        rm -f "$data/recollect-installed-files"
    fi
}

here="$(cd "$(dirname "$0")" && pwd)"
if [ "${1:-}" = "--uninstall" ]; then
    remove
    list_kinds
    echo "Recollect was removed. Your library was kept."
    exit 0
fi

remove
mkdir -p "$program" "$(dirname "$link")" "$data"
cp -R "$here/recollect/." "$program/"
cp "$0" "$program/install.sh"
ln -s "$program/recollect" "$link"
(cd "$here/share" && find . -type f | sed 's,^\./,,') > "$data/recollect-installed-files"
cp -R "$here/share/." "$data/"
# A menu does not look for programs in ~/.local/bin everywhere.
sed -i "s,^Exec=recollect,Exec=\"$program/recollect\"," "$data/applications/recollect.desktop"
list_kinds
touch "$data/icons/hicolor"  # or the desktop goes on with its older list of icons
echo "Recollect is installed. Start it from the menu, or with: $link"
echo "To remove it: sh \"$program/install.sh\" --uninstall"
