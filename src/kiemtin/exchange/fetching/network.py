"""Connections to checked addresses only.

A name is resolved once for each connection, every address it has is checked, and the connection goes to the number that
was checked: between the check and the connection nobody can change where the name leads. The name itself stays in the
Host header and in TLS, which httpcore takes from the request.
"""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import httpcore

from kiemtin.exchange.fetching.addresses import is_public
from kiemtin.exchange.fetching.failures import Failure, FetchError

Resolver = Callable[[str, int], list[str]]
"""Gives the numeric addresses of a host; raises OSError if it has none."""

_PAUSE = 15.0  # seconds that a server may be silent
_NAME_LOOKUP = 10.0
_SocketOption = tuple[int, int, int] | tuple[int, int, bytes | bytearray] | tuple[int, int, None, int]


def system_resolver(host: str, port: int) -> list[str]:
    """Ask the machine's own resolver, a few seconds at most."""
    found: list[str] = []
    errors: list[OSError] = []

    def look_up() -> None:
        try:
            answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            found.extend(dict.fromkeys(str(answer[4][0]) for answer in answers))
        except (OSError, UnicodeError) as error:
            errors.append(OSError(str(error)))

    # The resolver of the system knows no time limit; what is late is left alone.
    thread = threading.Thread(target=look_up, daemon=True)
    thread.start()
    thread.join(_NAME_LOOKUP)
    if thread.is_alive() or not found:
        raise errors[0] if errors else OSError("the name was not looked up in time")
    return found


@dataclass(slots=True)
class Deadline:
    """When a fetch must be over, whatever the other side does."""

    seconds: float
    ends: float = field(init=False)

    def __post_init__(self) -> None:
        self.ends = time.monotonic() + self.seconds

    def left(self, at_most: float = _PAUSE) -> float:
        """Return how long the next step may take.

        Raises
        ------
        FetchError
            Nothing is left.
        """
        left = self.ends - time.monotonic()
        if left <= 0:
            raise FetchError(Failure.TIMED_OUT)
        return min(left, at_most)


class _BoundedStream(httpcore.NetworkStream):
    """A connection whose every step is bounded by the deadline: a byte now and then keeps nothing open."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        secured = self._stream.start_tls(ssl_context, server_hostname, self._deadline.left())
        return _BoundedStream(secured, self._deadline)

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)


@dataclass(frozen=True, slots=True)
class CheckedNetwork(httpcore.NetworkBackend):
    """Opens connections for one fetch.

    Attributes
    ----------
    resolve
        Gives the addresses of a name.
    allowed
        Hosts with their ports that an administrator lets be asked though they are not public.
    deadline
        Of the fetch.
    """

    resolve: Resolver
    allowed: frozenset[tuple[str, int]]
    deadline: Deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[_SocketOption] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first of the host's addresses that answers, after all of them were checked."""
        error: Exception | None = None
        for address in self._addresses(host, port):
            try:
                stream = httpcore.SyncBackend().connect_tcp(address, port, self.deadline.left())
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as failed:
                error = failed
            else:
                return _BoundedStream(stream, self.deadline)
        raise FetchError(Failure.UNREACHABLE, str(error)) from error

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[_SocketOption] | None = None
    ) -> httpcore.NetworkStream:
        """Refuse: nothing is fetched from this machine's sockets."""
        raise FetchError(Failure.PRIVATE_ADDRESS, "a socket of this machine")

    def _addresses(self, host: str, port: int) -> list[str]:
        self.deadline.left()
        try:
            found = self.resolve(host, port)
        except OSError as error:
            raise FetchError(Failure.UNRESOLVABLE, str(error)) from error
        if not found:
            raise FetchError(Failure.UNRESOLVABLE)
        if (host.lower(), port) not in self.allowed and not all(map(is_public, found)):
            raise FetchError(Failure.PRIVATE_ADDRESS)
        return found
