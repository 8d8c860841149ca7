#!/bin/sh
# Qt's wheels expect a few libraries that every Linux desktop has and a bare server or container lacks.
# Installs them where that is possible without asking (Debian, as root), else says in one line what to install.
set -eu

[ "$(uname -s)" = Linux ] || exit 0

# file name : Debian package. The first six are needed to draw at all, the others to open a window on X11.
libraries="libEGL.so.1:libegl1 libGL.so.1:libgl1 libxkbcommon.so.0:libxkbcommon0 libdbus-1.so.3:libdbus-1-3
libfontconfig.so.1:libfontconfig1 libglib-2.0.so.0:libglib2.0-0
libxkbcommon-x11.so.0:libxkbcommon-x11-0 libxcb-cursor.so.0:libxcb-cursor0 libxcb-icccm.so.4:libxcb-icccm4
libxcb-image.so.0:libxcb-image0 libxcb-keysyms.so.1:libxcb-keysyms1 libxcb-render-util.so.0:libxcb-render-util0
libxcb-shape.so.0:libxcb-shape0"

PATH="$PATH:/sbin:/usr/sbin"
present=$(ldconfig -p 2>/dev/null || true)
missing=""
for library in $libraries; do
    case "$present" in
        *"${library%%:*} "*) ;;
        *) missing="$missing ${library#*:}" ;;
    esac
done
# Without any font the window is blank; Debian's smallest one that is complete enough for its menus.
if ! command -v fc-list >/dev/null 2>&1 || [ -z "$(fc-list 2>/dev/null | head -n 1)" ]; then
    missing="$missing fontconfig fonts-dejavu-core"
fi
[ -n "$missing" ] || exit 0

if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    echo "Installing libraries that Qt needs:$missing"
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $missing >/dev/null
    exit 0
fi
echo "Qt needs libraries that are missing here. On Debian and Ubuntu: sudo apt-get install$missing" >&2
# Drawing works without the X11 part (offscreen, Wayland), so only the first six stop us.
case "$missing" in
    *libegl1*|*libgl1*|*libxkbcommon0*|*libdbus-1-3*|*libfontconfig1*|*libglib2.0-0*) exit 1 ;;
esac
