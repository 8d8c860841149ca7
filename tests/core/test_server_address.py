"""Addresses as they are typed, kept and shown."""

from __future__ import annotations

import pytest

from core.server_address import short_address, understood_address, written_address


@pytest.mark.parametrize(
    ("host", "database", "user", "address"),
    [
        ("photos.example.com", "photos", "ann", "postgresql://ann@photos.example.com/photos"),
        (" server:5433 ", "photos", "", "postgresql://server:5433/photos"),
        ("[::1]:5433", "two words", "a@b", "postgresql://a%40b@[::1]:5433/two%20words"),
        ("/run/postgresql", "photos", "ann", "postgresql://ann@/photos?host=/run/postgresql"),
        ("server", "", "", "postgresql://server/"),
    ],
)
def test_an_address_of_three_fields(host: str, database: str, user: str, address: str) -> None:
    assert written_address(host, database, user) == address


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("postgresql://ann:secret@host/photos", "postgresql://ann@host/photos"),
        ("postgresql://host/photos?password=secret&sslmode=require", "postgresql://host/photos?sslmode=require"),
        ("postgresql://host/photos?library=prints&password=secret", "postgresql://host/photos?library=prints"),
        ("postgresql://host/photos?password=secret", "postgresql://host/photos"),
        (" studio ", "postgresql://?service=studio"),
        ("service=studio", "postgresql://?service=studio"),
    ],
)
def test_what_is_kept_of_an_address_has_no_password(written: str, kept: str) -> None:
    assert understood_address(written) == kept


@pytest.mark.parametrize(
    ("address", "short"),
    [
        ("postgresql://ann@host:5433/photos?sslmode=require", "photos · host:5433"),
        ("postgresql://host/photos?library=prints", "photos (prints) · host"),
        ("postgresql://?service=studio", "studio"),
        ("postgresql:///photos?host=/run", "photos"),
    ],
)
def test_a_title_has_room_for_an_address(address: str, short: str) -> None:
    assert short_address(address) == short
