"""What has happened on this floor."""

from dataclasses import dataclass


@dataclass(frozen=True)
class BroughtIn:
    """Somebody has brought a document in; it waits to be read."""

    brought: int


@dataclass(frozen=True)
class ExportAsked:
    """Somebody wants a portfolio as a document."""

    export: int


@dataclass(frozen=True, slots=True)
class CredentialWanted:
    """A credential waits for its signature."""

    credential: int
