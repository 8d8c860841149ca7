"""The models of a library: the wanted one, the one that answers, and their encoders.

The *wanted* model is what the user chose, and what indexing embeds with; the *answering* one is what queries are
ranked by. They differ only after a switch, until every photo has a vector of the wanted one: the old vectors answer
meanwhile, and going back costs nothing.
"""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from core.closing import close_together
from core.encoder.engine_record import remember_running, running_on
from core.encoder.protocol import Encoder, RestingEncoder
from core.errors import ModelError
from core.events import Control, Event, Note
from core.messages import Message, engine_messages, library_errors, model_errors
from core.models import (
    STARTER,
    TOWERS,
    ModelFolder,
    Tower,
    converted_folder,
    earlier_model,
    find_model,
    lasting_name,
    require_runnable,
)
from core.models.install import move_models
from core.models.locate import built_in_models
from core.setting_names import ANSWERING_KEY, ANSWERING_MODEL, WANTED_MODEL
from core.store import Catalog, VectorUsage
from core.vector_search import Measured

_ANY_WORDS = "a photo"

MakeEncoder = Callable[[ModelFolder, Tower], Encoder]
"""Builds the encoder of one tower of a model; it loads on its first call."""


class LibraryModels:
    """Which models a library is embedded and asked with. Methods may be called from any thread.

    Args:
        folder: where the models of this computer lie.
        chosen: name of the model the library was opened with, which counts before the remembered one; or None.
    """

    def __init__(self, store: Catalog, folder: Path, chosen: str | None, make_encoder: MakeEncoder) -> None:
        self._store = store
        self._folder = folder
        self._chosen = chosen
        self._make_encoder = make_encoder
        self._encoders: dict[tuple[str, Tower], Encoder] = {}
        self._outdated: list[Encoder] = []
        self._understood: set[str] = set()  # keys of models whose words' tower has answered
        self._lock = threading.Lock()  # over the two above and `_closed` alone: never over SQL or a model's work
        self._closed = False

    def close(self) -> None:
        """End the models' processes. May be called twice."""
        with self._lock:
            self._closed = True
            encoders = [*self._encoders.values(), *self._outdated]
            self._encoders.clear()
            self._outdated.clear()
        close_together(encoder.close for encoder in encoders)

    # Which

    @property
    def wanted_name(self) -> str:
        return self._chosen or str(self._store.setting(WANTED_MODEL, STARTER))

    def wanted(self) -> ModelFolder:
        """Return the model to embed with.

        Raises:
            ModelMissing: if it is not on this computer.
        """
        return find_model(self.wanted_name, self._folder)

    def wanted_key(self) -> str:
        """Return the wanted model's key, or an empty string while it is not on this computer."""
        try:
            return self.wanted().key
        except ModelError:
            return ""

    def answering(self) -> ModelFolder:
        """Return the wanted model if it has all vectors, else the one that answered before the switch.

        That may be the version of the built-in model that came with the program before an update.

        Raises:
            ModelMissing: if the wanted one is not on this computer.
        """
        wanted = self.wanted()
        before = self._store.setting(ANSWERING_MODEL, None)
        if self._chosen is not None or not before or not self._store.count_pending(wanted.key):
            return wanted
        try:
            found = find_model(str(before), self._folder)
        except ModelError:  # the old model was removed: what the new one has is better than nothing
            return wanted
        return self._earlier(found) or found

    def news(self) -> Iterator[Event]:
        """Tell, before the first run after an update, that a better built-in model is going to see all photos."""
        wanted = self.wanted()
        if self._earlier(wanted) is not None and not self._store.vector_usage(wanted.key).photos:
            yield Note(engine_messages.MODEL_BETTER())

    def _earlier(self, model: ModelFolder) -> ModelFolder | None:
        """Return the version of a built-in model that an update replaced, until this one has seen every photo once."""
        if self._store.setting(ANSWERING_KEY, None) == model.key or not self._store.count_pending(model.key):
            return None
        found = (earlier_model(key) for key in self._superseded(model))
        return next((one for one in found if one is not None), None)

    def _superseded(self, model: ModelFolder) -> list[str]:
        """Return the keys there are vectors of that belong to versions of a built-in model that an update replaced.

        Others of the same name are models in other folders, which the user may go back to.
        """
        if model.path.parent != built_in_models().resolve():
            return []
        return [key for key in self._keys_of(model.name) if key != model.key]

    def use(self, name: str) -> None:
        """Embed with another model from the next run on; what the library was opened with no longer counts.

        Raises:
            ModelMissing: if it is not there.
            ModelError: if it cannot be run here.
        """
        model = find_model(name, self._folder)
        require_runnable(model)
        if not self._store.count_pending(model.key):
            self.require_words(model)
        self._store.set_setting(WANTED_MODEL, lasting_name(model, self._folder))
        self._chosen = None

    def require_words(self, model: ModelFolder) -> None:
        """Let the words' tower of a model that is about to follow another one answer once, before it sees any photo.

        Raises:
            ModelError: if it cannot; the one before goes on answering then.
        """
        before, known = self._store.setting(ANSWERING_MODEL, None), self._store.setting(ANSWERING_KEY, None)
        if not before or known == model.key or model.key in self._understood:
            return
        encoder = self.encoder(model, "texts")
        encoder.encode_texts([_ANY_WORDS])
        self._understood.add(model.key)
        if isinstance(encoder, RestingEncoder):
            encoder.rest()

    def finish_run(self, model: ModelFolder) -> bool:
        """Note that a run with a model came to its end; return whether that model has every vector now."""
        with self._lock:
            encoder = self._encoders.get((model.key, "images"))
        remember_running(self._store, model.key, encoder)
        if self._store.count_pending(model.key):
            return False
        self._store.set_setting(ANSWERING_MODEL, lasting_name(model, self._folder))
        if self._store.setting(ANSWERING_KEY, None) != model.key:
            self._store.set_setting(ANSWERING_KEY, model.key)
            for key in self._superseded(model):  # nobody can choose them any more
                self._store.forget_model(key)
        return True

    def running_on(self, key: str) -> tuple[Message | None, tuple[Message, ...]]:
        """Return the device a model's pictures are embedded on, in words, and what is not used and why."""
        with self._lock:
            encoder = self._encoders.get((key, "images"))
        return running_on(self._store, key, encoder)

    # Encoders

    def encoder(self, model: ModelFolder, tower: Tower) -> Encoder:
        """Return the encoder of one tower, made if need be; it loads on its first call.

        Raises:
            ModelError: if the library was closed.
        """
        with self._lock:
            if self._closed:
                raise ModelError(library_errors.CLOSED())
            key = (model.key, tower)
            if key not in self._encoders:
                self._encoders[key] = self._make_encoder(model, tower)
            return self._encoders[key]

    def close_outdated(self) -> None:
        """End the encoders whose files were moved away."""
        with self._lock:
            outdated, self._outdated = self._outdated, []
        for encoder in outdated:
            encoder.close()

    def move(self, target: Path) -> None:
        """Move the models into another folder. What is loaded goes on; what is loaded later comes from there.

        Raises:
            ModelError, DiskFull: if it cannot be done; nothing is lost then.
        """
        move_models(self._folder, target)
        with self._lock:
            self._outdated += self._encoders.values()
            self._encoders.clear()

    def prepare_words(self, control: Control) -> None:
        """Convert the answering model's words' tower for what starts soonest, if that was not done; in a minute.

        Raises:
            ModelMissing: if the wanted model is not on this computer.
        """
        from core.encoder.prepared import is_prepared
        from core.encoder.preparing import prepare

        model, cache = self.answering(), converted_folder(self._folder)
        if is_prepared(model, "texts", cache) or not prepare(model, "texts", cache, control):
            return
        with self._lock:
            encoder = self._encoders.get((model.key, "texts"))
        if isinstance(encoder, RestingEncoder) and encoder.provisional:
            encoder.rest()  # the next question starts it on what was found, with a tenth of the memory

    # Vectors

    def usage(self, model: str) -> VectorUsage:
        """Return how many photos a model (by its name) was shown, and what its vectors take in the library's file."""
        spaces = [self._store.vector_usage(key) for key in self._keys_of(model)]
        return VectorUsage(sum(space.photos for space in spaces), sum(space.size for space in spaces))

    def measured_search(self) -> Measured | None:
        """Return how well what is asked now finds the nearest photos; None where every vector is compared."""
        return self._store.measured_search(self.answering().key)

    def vector_bytes(self) -> int:
        """Return about how many bytes of the library's file the vectors of all models take."""
        return sum(self._store.vector_usage(key).size for key in self._store.model_keys())

    def forget_vectors(self, model: str) -> int:
        """Forget what a model (by its name) found in the photos; return how many bytes that freed.

        Raises:
            ModelError: if it is in use, or answers until the one in use has seen every photo.
        """
        doomed = self._keys_of(model)
        answering = self.answering().key if self.wanted_key() else ""
        if Path(self.wanted_name).name == Path(model).name or answering in doomed:
            raise ModelError(model_errors.IN_USE(name=model))
        with self._lock:
            gone = [self._encoders.pop((key, tower), None) for key in doomed for tower in TOWERS]
        for encoder in gone:
            if encoder is not None:
                encoder.close()
        return sum(self._store.forget_model(key) for key in doomed)

    def _keys_of(self, model: str) -> list[str]:
        """Return the keys there are vectors of whose model had this name, in whatever version."""
        return [key for key in self._store.model_keys() if key.rpartition("@")[0] == Path(model).name]


def in_process_encoder(models: Path, model: ModelFolder, tower: Tower) -> Encoder:
    """Return an encoder in this process: it starts sooner, and may hold the process up."""
    from core.encoder.in_process import InProcessEncoder

    return InProcessEncoder(model, tower, converted_folder(models))


def encoder_process(models: Path, model: ModelFolder, tower: Tower) -> Encoder:
    """Return an encoder in a process of its own, which begins at once; the pictures' one becomes faster."""
    from core.encoder.improving import ImprovingEncoder
    from core.encoder.process import EncoderProcess
    from core.encoder.worker import load_at_once

    # What a faster engine makes of a model is kept beside the models, so that it is made once.
    best = functools.partial(EncoderProcess, model, tower, cache=converted_folder(models))
    at_once = best(load=load_at_once)
    return at_once if tower == "texts" else ImprovingEncoder(at_once, best)
