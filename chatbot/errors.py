"""What can go wrong in a way that a user can mend: each message is one line that says how."""

from __future__ import annotations


class SettingsError(Exception):
    """A setting has a value that cannot be used."""


class AddressInUse(Exception):
    """The window cannot listen on the host and port that were asked for."""


class GenerationFailed(Exception):
    """The language model gave nothing that can be shown."""


class ModelUnavailable(Exception):
    """The language model that the settings name cannot be used here."""
