"""Who may use the window: the users of a file with hashed passwords, or those whom a reverse proxy vouches for."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import secrets
import threading
import time
from collections import OrderedDict, defaultdict, deque
from collections.abc import Mapping
from pathlib import Path

import argon2

from chatbot.errors import SettingsError

ATTEMPTS = 10
"""Wrong passwords for one name within `PAUSE` after which it must wait."""
PAUSE = 300.0
"""Seconds."""
REMEMBERED = 1024
"""Passwords that were right, kept hashed in memory so that programs need not wait for the slow hash each time."""


class Users:
    """Names with hashed passwords (Argon2id), one "name:hash" a line of a file; read anew when the file changes."""

    def __init__(self, file: Path) -> None:
        """Read the file.

        Raises:
            SettingsError: it cannot be read, or a line is no name with a hash.
        """
        self._file = file
        self._hasher = argon2.PasswordHasher()
        self._decoy = self._hasher.hash(secrets.token_hex(16))
        self._key = secrets.token_bytes(32)
        self._right: OrderedDict[bytes, None] = OrderedDict()
        self._wrong: dict[str, deque[float]] = defaultdict(deque)
        self._lock = threading.Lock()
        self._read_at, self._hashes = -1, read(file)
        self._read_at = file.stat().st_mtime_ns

    def admits(self, name: str, password: str) -> bool:
        """Whether the password is that of the name. Slow on purpose the first time; refuses names tried too often."""
        hashes = self._current()
        now = time.monotonic()
        with self._lock:
            wrong = self._wrong[name] if name in hashes else self._wrong[""]
            while wrong and wrong[0] < now - PAUSE:
                wrong.popleft()
            if len(wrong) >= ATTEMPTS:
                return False
        stored = hashes.get(name, self._decoy)
        seen = hmac.new(self._key, f"{name}\0{password}\0{stored}".encode(), hashlib.sha256).digest()
        with self._lock:
            if seen in self._right:
                return True
        try:
            self._hasher.verify(stored, password)
        except (argon2.exceptions.VerificationError, argon2.exceptions.InvalidHashError):
            with self._lock:
                wrong.append(now)
            return False
        with self._lock:
            self._right[seen] = None
            if len(self._right) > REMEMBERED:
                self._right.popitem(last=False)
        return name in hashes

    def knows(self, name: str) -> bool:
        """Whether the name is still in the file: who was taken out is out at once."""
        return name in self._current()

    def _current(self) -> Mapping[str, str]:
        try:
            changed = self._file.stat().st_mtime_ns
            if changed != self._read_at:
                self._hashes, self._read_at = read(self._file), changed
        except (OSError, SettingsError):
            return self._hashes
        return self._hashes


def read(file: Path) -> dict[str, str]:
    """Names and hashes of a users file.

    Raises:
        SettingsError: it cannot be read, or a line is no name with a hash.
    """
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"{file}: cannot be read ({error}); make it with `kamerantwoord user {file} NAME`"
        ) from error
    found = {}
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        name, _, hashed = line.strip().partition(":")
        if not name or not hashed.startswith("$argon2"):
            raise SettingsError(
                f"{file}: line {number} is no name:hash; add users with `kamerantwoord user {file} NAME`"
            )
        found[name] = hashed
    if not found:
        raise SettingsError(f"{file}: has no users; add one with `kamerantwoord user {file} NAME`")
    return found


def add(file: Path, name: str, password: str) -> None:
    """Put a user into a users file, or give one a new password; the file is made for its owner's eyes only.

    Raises:
        SettingsError: the name or the password cannot be used, or the file cannot.
    """
    if not name or ":" in name or not name.isprintable() or name != name.strip() or name.startswith("#"):
        raise SettingsError(f"{name!r} cannot be a user's name; take letters, digits and dots")
    if len(password) < 8:
        raise SettingsError("the password is shorter than 8 characters; take a longer one")
    users = read(file) if file.exists() and file.stat().st_size else {}
    users[name] = argon2.PasswordHasher().hash(password)
    temporary = file.with_name(file.name + ".new")
    temporary.touch(mode=0o600)
    temporary.write_text("".join(f"{user}:{hashed}\n" for user, hashed in users.items()), encoding="utf-8")
    temporary.replace(file)


def trusted(address: str | None, proxies: tuple[str, ...]) -> bool:
    """Whether a request comes from one of the proxies, named by address or network."""
    try:
        here = ipaddress.ip_address(address or "")
        return any(here in ipaddress.ip_network(proxy, strict=False) for proxy in proxies)
    except ValueError:
        return False
