"""The file names the scanner lists as photos. What a file really is, its bytes decide (`formats`)."""

from __future__ import annotations


def _dotted(names: str) -> frozenset[str]:
    return frozenset(f".{name}" for name in names.split())


RAW_SUFFIXES = _dotted(
    "3fr arw cr2 cr3 crw dcr dng erf fff gpr iiq kdc mef mos mrw nef nrw orf pef raf raw rw2 rwl sr2 srf srw x3f"
)
"""Camera RAW."""

SUPPORTED_SUFFIXES = RAW_SUFFIXES | _dotted(
    "apng avif bmp dib gif heic heics heif heifs hif ico j2c j2k jfif jp2 jpc jpe jpeg jpf jpg jpx jxl mpo"
    " pbm pcx pfm pgm png pnm ppm psd qoi tif tiff webp"
)
"""What the scanner lists as photos: lower case, with the dot."""
