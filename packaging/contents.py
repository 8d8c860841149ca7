"""What goes into the built program and what does not, each with its reason. `recollect.spec` reads this."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable
from fnmatch import fnmatch
from pathlib import Path, PurePath

ROOT = Path(__file__).resolve().parent.parent

HIDDEN_MODULES = [
    # Named in strings only: core.decode loads a codec when the first such file turns up.
    "pi_heif",
    "pillow_jxl",
    "rawpy",
    "tifffile",
    "resource" if sys.platform != "win32" else "msvcrt",
    # Named in a string only, too: core.encoder loads an engine when a tower wants it.
    "onnxruntime",
    # Imported by compiled code, which PyInstaller cannot read: core.shared speaks to servers with it.
    "psycopg_binary._psycopg",
    "psycopg_binary.pq",
    # Chosen at run time by what the system offers.
    "watchdog.observers",
    "watchdog.observers.polling",
    # open_clip builds image towers by name from timm, and reads tokenizer.json of the built-in model.
    "timm",
    "tokenizers",
    "safetensors.torch",
]
"""Modules that no import statement PyInstaller can see leads to."""

TORCH_PACKAGES = ["open_clip", "safetensors", "sympy", "networkx", "timm", "torch", "torchvision"]
"""What only torch's models need: the light edition has none of it."""


CLIP_WORDS = "bpe_simple_vocab_16e6.txt.gz"
"""In open_clip: the word list of CLIP's byte-pair encoding, which both editions read without its code."""


def hidden_modules(has_torch: bool) -> list[str]:
    """Return the hidden modules of an edition."""
    return [name for name in HIDDEN_MODULES if has_torch or name.partition(".")[0] not in TORCH_PACKAGES]


def is_of_edition(requirement: str, has_torch: bool) -> bool:
    """Tell whether a requirement of pyproject.toml belongs to an edition ("torch>=2.4" to the full one alone)."""
    name = re.split(r"[^A-Za-z0-9_-]", requirement, maxsplit=1)[0].lower()
    return has_torch or name not in ("open_clip_torch", "safetensors", "torch")


PACKAGES_WITH_LATE_IMPORTS = ["app", "core", "watchdog.observers"]
"""Packages all of whose modules are taken: they import each other late, by name or by platform."""

EXCLUDED_MODULES = [
    # Development and documentation tools that some package imports if they are there.
    "IPython",
    "lib2to3",
    "matplotlib",
    "pandas",
    "pip",
    "pkg_resources",
    "pydoc_data",
    "pytest",
    "readline",  # for typing at a prompt, which there is none; its library is under the GPL
    "scipy",
    "setuptools",
    "sphinx",
    "tkinter",
    "wheel",
    # torch: the logging to TensorBoard, the timing tool, and what would need a compiler on the user's computer.
    "caffe2",
    "tensorboard",
    "torch.utils.benchmark",
    "torch.utils.tensorboard",
    "triton",
    # huggingface_hub's faster transfer, 12 MB: a download falls back to plain HTTP.
    "hf_xet",
    # Text towers of other model families, 60 MB and more; such a model names the package it misses.
    "transformers",
    # Qt modules that nothing here uses and that a plugin would drag in.
    "PySide6.QtQml",
    "PySide6.QtQuick",
    "PySide6.QtSql",
    "PySide6.QtTest",
]

MAC_DOCUMENTS = [
    {
        "CFBundleTypeName": "Folder",
        "CFBundleTypeRole": "Viewer",
        "LSHandlerRank": "Alternate",
        "LSItemContentTypes": ["public.folder"],
    },
    {
        "CFBundleTypeName": "Picture",
        "CFBundleTypeRole": "Viewer",
        "LSHandlerRank": "Alternate",
        # public.camera-raw-image stands for the RAW formats of all makers that macOS knows.
        "LSItemContentTypes": [
            "com.adobe.photoshop-image",
            "com.adobe.raw-image",
            "com.compuserve.gif",
            "com.microsoft.bmp",
            "com.microsoft.ico",
            "org.webmproject.webp",
            "public.avif",
            "public.camera-raw-image",
            "public.heic",
            "public.heics",
            "public.heif",
            "public.jpeg",
            "public.jpeg-2000",
            "public.jpeg-xl",
            "public.png",
            "public.tiff",
        ],
    },
]
"""What "Open with" in macOS's Finder offers the program for, never as the first choice."""

_TORCH_TESTS_NEEDED = ("__init__", "common_dtype", "distributed", "logging_tensor")
"""Of torch's own tests, 11 MB, what `import torch` itself asks for."""


def torch_test_modules(torch: Path) -> list[str]:
    """Return the modules of torch's own tests that can be left out; `torch` is the package's folder."""
    names = {path.stem for path in (torch / "testing" / "_internal").iterdir()} - {"__pycache__"}
    return sorted(f"torch.testing._internal.{name}" for name in names.difference(_TORCH_TESTS_NEEDED))


_LEFT_OUT = (
    # torch's tests (83 MB), programs and headers for those who extend it. torch_shm_manager has to stay: torch
    # refuses to be imported without it.
    "torch/test/*",
    "torch/include/*",
    "torch/share/*",
    "torch/lib/*_test.*",
    "torch/lib/libbackend_with_compiler.so",
    "torch/lib/*.lib",
    "torch/utils/model_dump/*",
    "torch/_export/serde/*.thrift",
    # Type stubs and compiled leftovers of packages that ship their sources.
    "*.pyi",
    "*.pxd",
    "*/__pycache__/*",
    # ONNX Runtime's tools for those who convert and quantise models.
    "onnxruntime/backend/*",
    "onnxruntime/datasets/*",
    "onnxruntime/quantization/*",
    "onnxruntime/tools/*",
    "onnxruntime/transformers/*",
    # open_clip's and timm's own training tools and lists.
    "open_clip_train/*",
    "timm/data/_info/*",
    # Qt: what its plugins bring for devices without a desktop, QML, PDF and an on-screen keyboard.
    "PySide6/Qt/qml/*",
    "PySide6/Qt/plugins/egldeviceintegrations/*",
    "PySide6/Qt/plugins/imageformats/libqpdf*",
    "PySide6/Qt/plugins/networkinformation/*",
    "PySide6/Qt/plugins/platforminputcontexts/*virtualkeyboard*",
    "PySide6/Qt/plugins/platforms/libqeglfs*",
    "PySide6/Qt/plugins/platforms/libqlinuxfb*",
    "PySide6/Qt/plugins/platforms/libqminimal*",
    "PySide6/Qt/plugins/platforms/libqvkkhrdisplay*",
    "PySide6/Qt/plugins/platforms/libqvnc*",
    "PySide6/Qt/plugins/platformthemes/libqgtk3*",  # wants GTK 3; the portal's theme plugin knows light and dark
    "PySide6/Qt/plugins/sqldrivers/*",
    "PySide6/Qt/plugins/tls/*",
    "*Qt6Pdf*",
    "*Qt6Qml*",
    "*Qt6Quick*",
    "*Qt6VirtualKeyboard*",
    "*Qt6EglF*",
    # The same files on Windows, where the folders have no Qt level; and 20 MB of software OpenGL.
    "PySide6/plugins/imageformats/qpdf*",
    "PySide6/plugins/networkinformation/*",
    "PySide6/plugins/tls/*",
    "PySide6/plugins/platforminputcontexts/*virtualkeyboard*",
    "PySide6/opengl32sw.dll",
    # Full package metadata names build machines' folders; the spec writes a short form of its own.
    "*.dist-info/*",
    "*.egg-info/*",
)

_LEFT_OUT_ON_LINUX = (
    # Linked to CUDA's libraries, so it cannot be loaded beside a CPU build of torch: core/encoder/torchvision_guard.py.
    "torchvision/_C.so",
    "torchvision/image.so",
    "torchvision.libs/*",
    # What every desktop has and what has to fit the rest of it: its fonts, its message bus, its X server's library,
    # the C++ library (the graphics drivers of a newer system fail beside an older one). The .deb depends on them.
    "libstdc++.so.6",
    "libgcc_s.so.1",
    "libX11.so.6",
    "libX11-xcb.so.1",
    "libXau.so.6",
    "libXdmcp.so.6",
    "libXext.so.6",
    "libXrender.so.1",
    "libdbus-1.so.3",
    "libcups.so.2",  # what prints is asked of the system's own; without it Qt still writes PDF files
    "libfontconfig.so.1",
    "libfreetype.so.6",
    "libglib-2.0.so.0",
    "libgthread-2.0.so.0",
    "libgio-2.0.so.0",
    "libgobject-2.0.so.0",
    "libgmodule-2.0.so.0",
    "libgssapi_krb5.so.2",
    "libwayland-*",
    "libxkbcommon.so.0",
)

_KEPT = ("torch/bin/torch_shm_manager*",)
_QT_TRANSLATIONS = ("qtbase_en.qm", "qtbase_zh_CN.qm", "qtbase_zh_TW.qm")
"""Texts of Qt's own dialogs in the languages the window speaks."""

_LOADED_BY_NAME = ("libpython*", "torch/lib/*", "torch/bin/*", "*/plugins/*", "onnxruntime/capi/*")
"""Files that are opened at run time, without a library being linked to them."""

Entry = tuple[str, str, str]
"""A collected file as PyInstaller lists it: place in the program, source, kind."""


def without_orphans(binaries: Iterable[Entry], needs: Callable[[str], Iterable[str]]) -> list[Entry]:
    """Drop the libraries that only something left out was linked to; `needs` names what a file is linked to."""
    entries = list(binaries)
    by_name = {PurePath(place).name: (place, source, kind) for place, source, kind in entries if kind == "BINARY"}
    waiting = [entry for entry in entries if entry[2] == "EXTENSION" or _is_loaded_by_name(entry)]
    kept: dict[str, Entry] = {}
    while waiting:
        entry = waiting.pop()
        if entry[0] in kept:
            continue
        kept[entry[0]] = entry
        names = (PurePath(name).name for name in needs(entry[1]))
        waiting += [by_name[name] for name in names if name in by_name]
    return [*kept.values(), *(entry for entry in entries if entry[2] == "SYMLINK")]


def without_dangling(entries: Iterable[Entry], present: Iterable[Entry]) -> list[Entry]:
    """Drop the links to what is not `present`."""
    places = {PurePath(place).as_posix() for place, _, _ in present}
    return [entry for entry in entries if entry[2] != "SYMLINK" or PurePath(entry[1]).as_posix() in places]


def _is_loaded_by_name(entry: Entry) -> bool:
    place = PurePath(entry[0]).as_posix()
    return entry[2] == "BINARY" and any(fnmatch(place, pattern) for pattern in _LOADED_BY_NAME)


def belongs(place: str) -> bool:
    """Tell whether a file that PyInstaller collected stays in the program; `place` is relative to its folder."""
    path = PurePath(place).as_posix()
    if any(fnmatch(path, pattern) for pattern in _KEPT):
        return True
    if "/translations/" in path and path.startswith("PySide6/"):
        return path.endswith(_QT_TRANSLATIONS)
    if path.startswith("torch/bin/"):
        return False
    patterns = _LEFT_OUT + (_LEFT_OUT_ON_LINUX if sys.platform == "linux" else ())
    return not any(fnmatch(path, pattern) for pattern in patterns)
