#!/bin/sh
# Signs an app bundle and packs it into a disk image: make_dmg.sh Recollect.app recollect.dmg
#
# With SIGNING_IDENTITY ("Developer ID Application: …") and NOTARY_PROFILE (made once with
# `xcrun notarytool store-credentials`) in the environment, both are signed, notarised and stapled. Without them the
# signature is ad hoc: the program runs where it was built, and elsewhere after a right-click › Open.
set -eu

app="$1"
image="$2"
identity="${SIGNING_IDENTITY:--}"
# Apple's time stamp needs a real identity.
if [ "$identity" = - ]; then timestamp="--timestamp=none"; else timestamp="--timestamp"; fi
entitlements="$(dirname "$0")/entitlements.plist"

# From the inside out: a signature covers the signatures of what it contains.
find "$app/Contents" -type f \( -name '*.dylib' -o -name '*.so' -o -perm -u+x \) -print0 |
    xargs -0 codesign --force --options runtime "$timestamp" --sign "$identity"
codesign --force --options runtime "$timestamp" --entitlements "$entitlements" --sign "$identity" "$app"
codesign --verify --deep --strict "$app"

stage="$(mktemp -d)"
trap 'rm -rf "$stage"' EXIT
cp -R "$app" "$stage/"
ln -s /Applications "$stage/Applications"
rm -f "$image"
hdiutil create -volname Recollect -srcfolder "$stage" -fs HFS+ -format ULMO "$image"

if [ "$identity" != - ]; then
    codesign --sign "$identity" --timestamp "$image"
    if [ -n "${NOTARY_PROFILE:-}" ]; then
        xcrun notarytool submit "$image" --keychain-profile "$NOTARY_PROFILE" --wait
        xcrun stapler staple "$image"
    fi
fi
