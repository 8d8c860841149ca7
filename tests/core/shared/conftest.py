"""What the tests of libraries on a server stand on."""

from __future__ import annotations

import pytest

pytest.importorskip("psycopg", reason="the extra recollect[shared] is not installed")

from tests.core.shared.server import address, server
from tests.core.store.conftest import photos

__all__ = ["address", "photos", "server"]
