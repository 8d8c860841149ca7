"""Run by the built program on Linux before anything else: keep its libraries to itself.

PyInstaller's starter puts the program's folder on LD_LIBRARY_PATH. The linker has read it by now; programs that we
start (a file manager, a viewer) would load our libraries in place of theirs and fail. Our own worker processes go
through the starter again, which has to be told that it must not rely on what we took away.
"""

import os

_VARIABLE = "LD_LIBRARY_PATH"

before = os.environ.pop(f"{_VARIABLE}_ORIG", None)
if before is None:
    os.environ.pop(_VARIABLE, None)
else:
    os.environ[_VARIABLE] = before
os.environ["PYINSTALLER_RESET_ENVIRONMENT"] = "1"
