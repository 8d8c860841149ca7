"""Print what the changelog says of the version that is being released, or fail: `release_notes.py [vX.Y.Z]`.

Without a tag it only checks that the changelog has something to say of what is not released yet.
"""

from __future__ import annotations

import sys

from project import notes, project


def main(arguments: list[str]) -> int:
    """Check and print; return the exit status."""
    version, tag = project().version, next(iter(arguments), "")
    if tag and tag != f"v{version}":
        print(f"the tag is {tag}, but pyproject.toml says {version}", file=sys.stderr)
        return 1
    try:
        print(notes(version if tag else "Unreleased"))
    except LookupError as error:
        print(error, file=sys.stderr)
        return 1 if tag else 0
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
