"""What every `core.store.Catalog` has to do, as tests: derive a class that gives the fixture `catalog`, empty."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core.errors import FolderError, ModelError
from core.messages import file_reasons, folder_messages
from core.photo import Facts, Root
from core.query import EVERYTHING, Order
from core.query.parser import parse
from core.store import Batch, Catalog, LinkedFile, MovedFile, PartVector, SkippedStamp, ThumbnailVector
from core.store.records import ThumbnailLook
from core.vectors import WHOLE
from tests.core.store.conftest import embedded, identity, stamp, unit


class CatalogContract:
    """The tests; a catalogue is empty and may be written to when each begins."""

    @pytest.fixture
    def catalog(self) -> Catalog:
        raise NotImplementedError

    @pytest.fixture
    def root(self, catalog: Catalog, photos: Path) -> Root:
        return catalog.add_root(photos)

    def test_folders_are_kept_and_only_once(self, catalog: Catalog, photos: Path) -> None:
        root = catalog.add_root(photos)
        assert [known.path for known in catalog.roots()] == [photos]
        with pytest.raises(FolderError):
            catalog.add_root(photos)
        assert catalog.remove_root(root.root_id) == () and catalog.roots() == ()
        with pytest.raises(FolderError):
            catalog.remove_root(root.root_id)

    def test_a_folder_is_away_and_comes_back(self, catalog: Catalog, root: Root) -> None:
        reason = folder_messages.REMOVE_UNKNOWN()
        catalog.set_offline(root.root_id, reason)
        assert catalog.roots()[0].offline == reason
        catalog.set_online(root.root_id, 2**64 - 1)
        assert catalog.roots()[0].offline is None
        assert catalog.was_on_device(root.root_id, 2**64 - 1) and not catalog.was_on_device(root.root_id, 1)
        assert catalog.mounts(root.root_id) == {}
        catalog.set_mounts(root.root_id, {"media/drive": 7}, [])
        catalog.set_mounts(root.root_id, {"media/other": 8}, [])
        assert catalog.mounts(root.root_id) == {"media/other": 8}

    def test_a_part_of_a_folder_is_away_and_comes_back(self, catalog: Catalog, root: Root) -> None:
        """The path of a part is nothing but text, and another one may begin like it."""
        for number, name in enumerate(("media/dri_e%/1.jpg", "media/dri_e%/1.nef", "media/drives/2.jpg", "3.jpg")):
            put(catalog, root, number, name, facts=Facts(taken_at="2024-05-17T18:03:55"))
        assert catalog.roots()[0].away == frozenset()
        catalog.set_mounts(root.root_id, {}, ["media/dri_e%", "sch\udcf6n"])
        assert catalog.roots()[0].away == {"media/dri_e%", "sch\udcf6n"}
        asked = catalog.passing(parse("is:offline").query.filter)
        photos = {one: catalog.photo(one) for one in catalog.all_photos().tolist()}
        away = [one for one, photo in photos.items() if photo is not None and photo.offline]
        assert catalog.counts("m").offline == len(away) == 2 and asked is not None and asked.tolist() == away
        assert [file.location.offline for file in catalog.files_of(away)] == [True, True]
        catalog.set_mounts(root.root_id, {}, [])
        assert catalog.counts("m").offline == 0 and not any(
            photo and photo.offline for photo in map(catalog.photo, away)
        )

    def test_a_photo_comes_back_as_it_went_in(self, catalog: Catalog, root: Root) -> None:
        facts = Facts(4000, 3000, "2024-05-17T18:03:55", "Canon R5", "50mm", 6, 48.1, 11.5, 4, "JPEG")
        content_id = put(catalog, root, 1, "a/b.jpg", facts=facts)
        photo = catalog.photo(content_id)
        assert photo is not None and (photo.fingerprint, photo.facts) == (identity(1), facts)
        assert [place.relative_path for place in photo.places] == ["a/b.jpg"]
        assert catalog.thumbnail(content_id) == b"jpeg 1"
        assert catalog.photo(content_id + 1) is None and catalog.thumbnail(content_id + 1) is None
        assert list(catalog.content_ids_of([identity(1), identity(2)])) == [content_id]
        assert catalog.fingerprints_of([content_id, 99]) == {content_id: identity(1)}
        (known,) = catalog.known_files(root.root_id)
        assert (known.relative_path, known.retry) == ("a/b.jpg", False)
        assert identity(1) in catalog.fingerprints_like(stamp(root, "a/b.jpg"))
        assert not catalog.fingerprints_like(stamp(root, "another", size=11))
        assert catalog.check() == []

    def test_a_batch_is_true_as_a_whole_or_not_at_all(self, catalog: Catalog, root: Root) -> None:
        good, bad = embedded(1, stamp(root, "1")), replace(embedded(2, stamp(root, "2")), vector=2 * unit(2))
        with pytest.raises(ValueError, match="no embedding"):
            catalog.record(Batch("m", (good, bad)))
        assert catalog.counts("m").photos == 0 and list(catalog.known_files(root.root_id)) == []
        catalog.record(Batch("m", (good,)))
        with pytest.raises(ModelError):
            catalog.record(Batch("m", (replace(good, vector=unit(1, dimension=9)),)))
        assert catalog.counts("m").indexed == 1 and catalog.check() == []

    def test_where_photos_were_taken(self, catalog: Catalog, root: Root) -> None:
        assert len(catalog.positions()) == 0
        put(catalog, root, 1, "nowhere", facts=Facts(latitude=3.0))
        here = put(catalog, root, 2, "here", facts=Facts(latitude=48.25, longitude=-11.5))
        there = put(catalog, root, 3, "there", facts=Facts(latitude=0.0, longitude=0.0))
        positions = catalog.positions()
        assert positions.ids.tolist() == [here, there]
        assert positions.latitudes.tolist() == [48.25, 0.0] and positions.longitudes.tolist() == [-11.5, 0.0]
        assert positions.among(np.array([there, 99])).ids.tolist() == [there]

    def test_another_process_can_tell_what_is_new(self, catalog: Catalog, root: Root) -> None:
        before = catalog.revision()
        assert catalog.revision() == before
        one, two = put(catalog, root, 1, "a"), put(catalog, root, 2, "b")
        assert catalog.revision() != before
        assert catalog.embedded("m").tolist() == [one, two] and catalog.embedded("other").tolist() == []
        (rows,) = catalog.vectors_of("m", np.array([two, 99]))
        assert rows.ids.tolist() == [two] and rows.parts.tolist() == [WHOLE]
        np.testing.assert_allclose(rows.vectors[0], unit(2), atol=1e-3)
        assert list(catalog.vectors_of("other", np.array([one]))) == []

    def test_content_is_known_by_its_bytes(self, catalog: Catalog, root: Root) -> None:
        content_id = put(catalog, root, 1, "a")
        done = catalog.record(
            Batch(linked=(LinkedFile(stamp(root, "copy"), identity(1)), LinkedFile(stamp(root, "b"), identity(9))))
        )
        assert done.linked == (content_id, None)
        (state, unseen) = catalog.content_of(identity(1), "m"), catalog.content_of(identity(9), "m")
        assert state is not None and state.searchable and unseen is None
        files = {known.relative_path: known for known in catalog.known_files(root.root_id)}
        catalog.record(Batch(moved=(MovedFile(files["copy"].file_id, stamp(root, "c/copy")),)))
        assert catalog.forget_files([files["a"].file_id]) == ()
        assert catalog.forget_files([files["copy"].file_id]) == (content_id,)
        assert catalog.photo(content_id) is None and catalog.thumbnail(content_id) is None
        (kept,) = catalog.kept_vectors(identity(1), "m")
        assert kept.part == WHOLE and catalog.kept_vectors(identity(1), "new") == ()
        np.testing.assert_allclose(kept.vector, unit(1), atol=1e-3)
        assert put(catalog, root, 1, "a") != content_id
        assert catalog.kept_vectors(identity(1), "m") == ()

    def test_the_files_of_photos_are_told_photo_by_photo(self, catalog: Catalog, root: Root) -> None:
        facts = Facts(4000, 3000, "2024-05-17T18:03:55", "Canon R5", format="JPEG")
        twice = put(catalog, root, 1, "b.jpg", facts=facts)
        once = put(catalog, root, 2, "c.jpg")
        catalog.record(Batch("m", linked=(LinkedFile(stamp(root, "a/é.jpg"), identity(1)),)))
        assert catalog.repeated_photos().tolist() == [twice]
        files = list(catalog.files_of([once, twice, 99]))
        assert [(file.content_id, file.location.relative_path) for file in files] == [
            (twice, "a/é.jpg"),
            (twice, "b.jpg"),
            (once, "c.jpg"),
        ]
        first = files[0]
        assert (first.fingerprint, first.size, first.mtime_ns) == (identity(1), 10, stamp(root, "").mtime_ns)
        known = (first.width, first.height, first.format, first.camera, first.taken_at)
        assert known == (4000, 3000, "JPEG", "Canon R5", "2024-05-17T18:03:55")
        assert first.location.root == root.path and not first.location.offline and not first.protected

    def test_a_raw_file_and_its_jpeg_are_of_one_shot(self, catalog: Catalog, root: Root) -> None:
        def of(kind: str, second: int = 55) -> Facts:
            return Facts(format=kind, taken_at=f"2024-05-17T18:03:{second:02}")

        raw = put(catalog, root, 1, "a/IMG_1.NEF", facts=of("NEF"))
        jpeg = put(catalog, root, 2, "a/IMG_1.jpg", facts=of("JPEG"))
        put(catalog, root, 3, "b/IMG_1.jpg", facts=of("JPEG"))  # in another folder
        put(catalog, root, 4, "a/IMG_1.edited.jpg", facts=of("JPEG"))  # of another name
        late = put(catalog, root, 5, "a/IMG_2.NEF", facts=of("NEF"))
        put(catalog, root, 6, "a/IMG_2.jpg", facts=of("JPEG", 56))  # of another second
        assert catalog.pair_shots() == (6, True) and catalog.pair_shots() == (0, False)
        groups = catalog.groups()
        assert groups.ids.tolist() == [raw, jpeg] and groups.shots.tolist() == [jpeg, jpeg]
        photo = catalog.photo(jpeg)
        assert photo is not None and [place.relative_path for place in photo.shot] == ["a/IMG_1.NEF"]
        heif = put(catalog, root, 7, "a/IMG_2.heic", facts=of("HEIF"))
        assert catalog.pair_shots() == (1, True)
        assert catalog.groups().ids.tolist() == [raw, jpeg, late, heif]
        assert catalog.groups().shots.tolist() == [jpeg, jpeg, heif, heif]
        (known,) = [file for file in catalog.known_files(root.root_id) if file.relative_path == "a/IMG_1.jpg"]
        catalog.record(Batch(moved=(MovedFile(known.file_id, stamp(root, "c/IMG_1.jpg")),)))
        assert catalog.pair_shots() == (1, True)
        assert catalog.groups().ids.tolist() == [late, heif]

    def test_another_model_is_pending_until_it_has_seen_every_photo(self, catalog: Catalog, root: Root) -> None:
        ids = [put(catalog, root, number, f"{number}") for number in range(3)]
        assert [item.content_id for item in catalog.pending("new")] == ids and catalog.count_pending("new") == 3
        catalog.record(Batch("new", from_thumbnails=(ThumbnailVector(ids[0], unit(7)),)))
        states = [catalog.content_of(identity(0), key) for key in ("m", "new")]
        assert [state is not None and state.searchable for state in states] == [True, False]
        for number in range(3):
            put(catalog, root, number, f"{number}", model="new")
        assert catalog.count_pending("new") == catalog.count_pending("m") == 0
        assert catalog.model_keys() == ("m", "new") and catalog.vector_usage("new").photos == 3
        catalog.forget_model("m")
        assert catalog.model_keys() == ("new",) and catalog.vector_usage("m").photos == 0
        assert not list(catalog.load_vectors("m"))

    def test_every_part_has_its_vector(self, catalog: Catalog, root: Root) -> None:
        photo = replace(embedded(1, stamp(root, "film")), parts=(PartVector(2, unit(12)),))
        (content_id,) = catalog.record(Batch("m", (photo,))).embedded
        (rows,) = catalog.load_vectors("m")
        assert sorted(zip(rows.ids.tolist(), rows.parts.tolist(), strict=True)) == [
            (content_id, WHOLE),
            (content_id, 2),
        ]
        assert np.abs(rows.vectors[rows.parts.tolist().index(2)] - unit(12)).max() < 1e-3
        assert catalog.counts("m").indexed == 1
        put(catalog, root, 1, "film")
        (rows,) = catalog.load_vectors("m")
        assert rows.parts.tolist() == [WHOLE]

    def test_what_cannot_be_read_is_listed_with_its_reason(self, catalog: Catalog, root: Root) -> None:
        reason = file_reasons.TRUNCATED()
        catalog.record(Batch(skipped=(SkippedStamp(stamp(root, "x.jpg"), reason, transient=True),)))
        (skipped,) = catalog.skipped()
        assert (skipped.path.name, skipped.reason) == ("x.jpg", reason)
        assert [known.retry for known in catalog.known_files(root.root_id)] == [True]
        put(catalog, root, 1, "x.jpg")
        assert catalog.skipped() == () and catalog.counts("m").skipped == 0

    def test_photos_are_listed_in_order(self, catalog: Catalog, root: Root) -> None:
        days = ("2020-01-02", "2019-01-01", "2021-03-04")
        ids = [
            put(catalog, root, number, f"{number}", facts=Facts(taken_at=f"{day}T00:00:00"))
            for number, day in enumerate(days)
        ]
        assert catalog.listed(EVERYTHING, Order.NEWEST).tolist() == [ids[2], ids[0], ids[1]]
        assert catalog.listed(EVERYTHING, Order.OLDEST, 1).tolist() == [ids[1]]
        assert catalog.ordered(np.array(ids[:2]), Order.OLDEST).tolist() == [ids[1], ids[0]]
        assert catalog.passing(EVERYTHING).tolist() == ids
        for some in (None, np.array([ids[0], ids[2], 99])):
            known, taken = catalog.days(some)
            of = dict(zip(known.tolist(), taken.tolist(), strict=True))
            assert (of[ids[0]], of[ids[2]], of.get(99)) == (20200102, 20210304, None)
        info = catalog.path_info(root.path / "1")
        assert info.content_id == ids[1]

    def test_of_an_empty_library_no_day_is_known(self, catalog: Catalog) -> None:
        assert [len(part) for part in catalog.days(None)] == [0, 0]
        assert [len(part) for part in catalog.days(np.array([1]))] == [0, 0]

    def test_what_was_seen_of_thumbnails_is_kept_and_asked_for_once(self, catalog: Catalog, root: Root) -> None:
        ids = [put(catalog, root, number, f"{number}") for number in range(3)]
        assert catalog.count_unseen() == 3 and catalog.unseen_photos(ids[0]) == ids[1:]
        assert [len(part) for part in catalog.colours()] == [0, 0]
        looks = [ThumbnailLook(ids[0], bytes(32), 0), ThumbnailLook(ids[1], None), ThumbnailLook(99, None, 7)]
        catalog.record_looks([*looks, ThumbnailLook(ids[2], None, 0xFFFFFF)])
        assert catalog.count_unseen() == 0 and catalog.unseen_photos(0) == []
        known, colours = catalog.colours()
        assert dict(zip(known.tolist(), colours.tolist(), strict=True)) == {ids[0]: 0, ids[2]: 0xFFFFFF}
        catalog.record_looks([ThumbnailLook(ids[0], None, 5)])
        assert catalog.hashed_photos().has_hash.tolist() == [True, False, False]

    def test_settings_are_kept(self, catalog: Catalog) -> None:
        catalog.set_setting("zoom", {"level": [1, None, "ü"]})
        assert catalog.setting("zoom") == {"level": [1, None, "ü"]} and catalog.setting("none", 7) == 7
        assert catalog.settings_among(["zoom", "none"]) == {"zoom": {"level": [1, None, "ü"]}}
        catalog.forget_settings(["zoom"])
        assert catalog.setting("zoom") is None


def put(catalog: Catalog, root: Root, number: int, name: str, *, facts: Facts | None = None, model: str = "m") -> int:
    """Record one photo; return its id."""
    (content_id,) = catalog.record(Batch(model, (embedded(number, stamp(root, name), facts=facts),))).embedded
    assert content_id is not None
    return content_id
