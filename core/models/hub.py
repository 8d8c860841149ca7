"""The one place that speaks to the model hub, through huggingface_hub, and only when the user asked for a model.

Files are streamed with huggingface_hub's own session and headers, but by our own loop: `hf_hub_download` (2.x)
throws a half file away when the program ends, and its chunked transfer protocol does not pass through mirrors.
No account token is ever sent.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from core.errors import ModelError
from core.messages import Message, model_errors

if TYPE_CHECKING:
    from huggingface_hub import HfApi

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Network:
    """How to reach the hub.

    Attributes:
        endpoint: address of a mirror; empty for `HF_ENDPOINT` or the hub itself.
        proxy: address of a proxy ("http://host:port"); empty for the system's.
        timeout: seconds to wait for a connection or for the next bytes.
        attempts: how often in a row a transfer may bring nothing before it is given up.
        patience: seconds before the second attempt; doubled each time.
    """

    endpoint: str = ""
    proxy: str = ""
    timeout: float = 15.0
    attempts: int = 6  # at least one
    patience: float = 1.0


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file on the hub: `sha256` of a large file, or `blob` (git's SHA-1 of it) of a small one."""

    repository: str
    commit: str
    name: str
    size: int
    sha256: str = ""
    blob: str = ""

    @property
    def digest(self) -> str:
        return self.sha256 or self.blob


@dataclass(frozen=True, slots=True)
class RemoteModel:
    """A repository at one commit."""

    repository: str
    commit: str
    files: tuple[RemoteFile, ...]

    def file(self, name: str) -> RemoteFile | None:
        return next((file for file in self.files if file.name == name), None)


class Interrupted(Exception):
    """A transfer broke off; it can go on from where it stopped. `reason` says what happened."""

    def __init__(self, reason: str | Message) -> None:
        super().__init__(reason.code if isinstance(reason, Message) else reason)
        self.reason = reason


class Hub:
    """A connection to the hub; use as a context manager."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self._undo = contextlib.ExitStack()

    def __enter__(self) -> Hub:
        if self._network.proxy:
            self._undo.enter_context(_proxied(self._network.proxy))
        return self

    def __exit__(self, *_: object) -> None:
        self._undo.close()

    def describe(self, repository: str, revision: str) -> RemoteModel:
        """Return the files of a repository, with sizes and checksums, at the commit that `revision` stands for.

        Raises:
            ModelError: if there is no such repository or the hub cannot be reached.
        """
        with self._in_plain_words(repository):
            info = self._api().model_info(
                repository, revision=revision, files_metadata=True, timeout=self._network.timeout, token=False
            )
        commit = info.sha or revision
        files = (
            RemoteFile(
                repository,
                commit,
                sibling.rfilename,
                sibling.size or 0,
                sha256=(sibling.lfs.sha256 or "") if sibling.lfs else "",
                blob=sibling.blob_id or "",
            )
            for sibling in info.siblings or ()
        )
        return RemoteModel(repository, commit, tuple(files))

    def read(self, file: RemoteFile) -> bytes:
        """Return a small file whole.

        Raises:
            ModelError: if it cannot be had.
        """
        for attempt in range(1, self._network.attempts + 1):
            try:
                return b"".join(self.stream(file, 0))
            except Interrupted as error:
                if attempt == self._network.attempts:
                    raise _unreachable(file.repository, error) from error
                logger.info("%s: %s; trying again", file.name, error)
        raise AssertionError("a network of no attempts")

    def stream(self, file: RemoteFile, offset: int) -> Generator[bytes, None, None]:
        """Yield the bytes of a file from `offset` on.

        Raises:
            Interrupted: if the connection drops, stalls or ends too soon.
            ModelError: if the hub refuses.
        """
        from huggingface_hub import get_session, hf_hub_url, hf_raise_for_status
        from huggingface_hub.utils import build_hf_headers, httpx

        url = hf_hub_url(file.repository, file.name, revision=file.commit, endpoint=self._network.endpoint or None)
        headers = build_hf_headers(token=False, library_name="recollect")
        # A compressed answer has no length, and a part of one cannot be continued.
        headers["Accept-Encoding"] = "identity"
        if offset:
            headers["Range"] = f"bytes={offset}-"
        with self._in_plain_words(file.repository):
            try:
                with get_session().stream("GET", url, headers=headers, timeout=self._network.timeout) as response:
                    if (
                        response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR
                        or response.status_code == HTTPStatus.TOO_MANY_REQUESTS
                    ):
                        raise Interrupted(model_errors.SERVER_ANSWERED(status=response.status_code))
                    hf_raise_for_status(response)
                    skip = offset if offset and response.status_code != HTTPStatus.PARTIAL_CONTENT else 0
                    yield from _after(response.iter_bytes(), skip)
            except httpx.UnsupportedProtocol:
                raise
            except httpx.TransportError as error:
                raise Interrupted(_first_line(error)) from error

    def _api(self) -> HfApi:
        from huggingface_hub import HfApi

        return HfApi(endpoint=self._network.endpoint or None, token=False, library_name="recollect")

    @contextlib.contextmanager
    def _in_plain_words(self, repository: str) -> Generator[None, None, None]:
        """Turn what huggingface_hub raises into our errors."""
        from huggingface_hub import errors
        from huggingface_hub.utils import httpx

        try:
            yield
        except (errors.GatedRepoError, errors.RepositoryNotFoundError, errors.RevisionNotFoundError) as error:
            raise _refused(repository, _status(error)) from error
        except errors.HfHubHTTPError as error:
            raise _refused(repository, _status(error)) from error
        except errors.OfflineModeIsEnabled as error:
            raise ModelError(model_errors.SWITCHED_OFF()) from error
        except (errors.HFValidationError, httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
            raise ModelError(model_errors.ADDRESS_UNUSABLE(repository=repository, error=_first_line(error))) from error
        except httpx.TransportError as error:
            raise _unreachable(repository, error) from error


def _after(chunks: Iterator[bytes], skip: int) -> Iterator[bytes]:
    """Yield the chunks without their first `skip` bytes: a server that ignores ranges sends the file from its start."""
    for chunk in chunks:
        if skip >= len(chunk):
            skip -= len(chunk)
            continue
        yield chunk[skip:]
        skip = 0


def _refused(repository: str, status: int) -> ModelError:
    if status in (401, 403):
        return ModelError(model_errors.HUB_SIGN_IN(repository=repository))
    if status == 404:
        return ModelError(model_errors.HUB_MISSING(repository=repository))
    return ModelError(model_errors.HUB_REFUSED(repository=repository, status=status))


def _unreachable(repository: str, error: Exception) -> ModelError:
    reason = error.reason if isinstance(error, Interrupted) else _first_line(error)
    return ModelError(model_errors.HUB_UNREACHABLE(repository=repository, error=reason))


def _status(error: Any) -> int:
    return int(getattr(getattr(error, "response", None), "status_code", 0))


def _first_line(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return lines[0][:160] if lines else type(error).__name__


@contextlib.contextmanager
def _proxied(proxy: str) -> Generator[None, None, None]:
    """Send huggingface_hub's requests through a proxy meanwhile; its session is one for the whole program."""
    from huggingface_hub import close_session, get_session, set_client_factory

    plain = get_session()
    client: Any = type(plain)
    hooks = plain.event_hooks

    def proxied() -> Any:
        try:
            return client(proxy=proxy, event_hooks=hooks, follow_redirects=True, timeout=None)
        except (ValueError, ImportError) as error:  # httpx: no such scheme, or SOCKS without its package
            raise ModelError(model_errors.PROXY_UNUSABLE(error=str(error))) from error

    def unproxied() -> Any:
        return client(event_hooks=hooks, follow_redirects=True, timeout=None)

    set_client_factory(proxied)
    try:
        yield
    finally:
        set_client_factory(unproxied)
        close_session()
