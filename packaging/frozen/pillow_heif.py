"""`pillow_heif` as the built program has it: its sister package that only reads.

The wheels of pillow-heif carry the HEVC encoder x265, which is under the GPL, 20 MB large and never used here.
pi-heif comes from the same sources without it. The spec puts this folder before all others.
"""

from pi_heif import register_heif_opener  # pyright: ignore[reportMissingImports] - only there where programs are built

__all__ = ["register_heif_opener"]
