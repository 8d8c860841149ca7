"""`python -m core`: the command line from a checkout, without Qt."""

import sys


def _main() -> int:
    try:
        from core.interruption import ends_at_once

        with ends_at_once():
            import multiprocessing

            multiprocessing.freeze_support()
            from core.cli import main
        return main()
    except KeyboardInterrupt:  # while all that was imported
        sys.stderr.write("recollect: stopped.\n")
        return 130  # 128 + SIGINT, as shells count


if __name__ == "__main__":
    sys.exit(_main())
