"""The trial by itself: `python -m tests.torture.shared [SECONDS [SEED]]`; a release goes through ten minutes."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from tests.torture.shared.trial import Trial, figures_of

LONG_S = 600.0


def main() -> int:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else LONG_S
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    with tempfile.TemporaryDirectory(prefix="trial-") as folder:
        outcome = Trial(Path(folder), seed).run(seconds)
    sys.stdout.write("".join(f"{problem}\n" for problem in outcome.problems[:20]))
    sys.stdout.write(json.dumps(figures_of(outcome), ensure_ascii=False) + "\n")
    return 1 if outcome.problems else 0


if __name__ == "__main__":
    sys.exit(main())
