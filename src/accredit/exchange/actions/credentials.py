"""Keys, and credentials: wanted in the transaction of what they follow from, signed in the background."""

import secrets
from datetime import datetime

from accredit.awards.events import AwardGranted, AwardRecorded, AwardRenamed, StandingChanged
from accredit.awards.models import Award
from accredit.exchange.credentials import keys
from accredit.exchange.credentials.issuing import PLACES, place_of
from accredit.exchange.credentials.signing import signed, token_of
from accredit.exchange.events import CredentialWanted
from accredit.exchange.models import BitList, Credential, SigningKey
from accredit.exchange.queries.credentials import (
    badge_of,
    folder_of_keys,
    key_in_use,
    method_of,
    unsigned,
)
from accredit.rulebook.lineage import Change
from accredit.toolkit.actions import action
from accredit.toolkit.actor import Actor
from accredit.toolkit.events import publish
from accredit.trail import actions as trail
from accredit.trail.models import Row


@action
def make_signing_key(*, by: Actor, at: datetime) -> SigningKey:
    """Make a key and let it sign from now on. The one before signs no more; what it signed stays verifiable,
    for its public half stays in the issuer's document. The private half is a new file in the folder of keys.
    """
    SigningKey.objects.filter(signs=True).update(signs=False, retired_at=at)
    # Not the number alone: a transaction that fails leaves its file behind.
    name = f"key-{SigningKey.objects.count() + 1}-{secrets.token_hex(3)}"
    public = keys.make_key(folder_of_keys(), name)
    made = SigningKey.objects.create(name=name, public=public, made_at=at)
    trail.record("signing_key_made", by=by, at=at, subject=made, data={"name": name, "public": public})
    return made


@action
def want_credential(award: Award, *, at: datetime) -> Credential | None:
    """Want a credential for an award, in place of the one it has; None for an award that has been revoked.

    The one before is told as revoked from this moment on: what it says is no longer so.
    """
    locked = Award.objects.select_for_update().get(pk=award.pk)
    if locked.revoked_at is not None:
        return None
    Credential.objects.filter(award=locked, ended_at=None).update(ended_at=at)
    shelf = _list_with_room()
    made = Credential.objects.create(
        award=locked,
        salt=secrets.token_hex(8),
        bit_list=shelf,
        place=place_of(shelf.taken - 1, shelf.start),
        wanted_at=at,
    )
    publish(CredentialWanted(made.pk))
    return made


def _list_with_room() -> BitList:
    """Take the next place; the lock on the list makes each place taken once, whoever begins the next list."""
    number = BitList.objects.order_by("-number").values_list("number", flat=True).first() or 1
    while True:
        BitList.objects.get_or_create(number=number, defaults={"start": secrets.randbelow(PLACES)})
        shelf = BitList.objects.select_for_update().get(number=number)
        if shelf.taken < PLACES:
            shelf.taken += 1
            shelf.save(update_fields=["taken"])
            return shelf
        number += 1


@action
def sign_credential(credential: Credential, *, at: datetime) -> bool:
    """Sign a credential that waits; False where it does not any more, or there is no key yet.

    Raises `NoKey` where the private half of the key is missing. Signing twice gives the same.
    """
    locked = unsigned().select_for_update(of=("self",)).filter(pk=credential.pk).first()
    key = key_in_use()
    if locked is None or key is None:
        return False
    private, method, badge = keys.private_key(folder_of_keys(), key.name), method_of(key), badge_of(locked)
    locked.document = signed(badge, private=private, method=method, at=locked.wanted_at)
    locked.token = token_of(badge, private=private, method=method)
    locked.signing_key, locked.signed_at = key, at
    locked.save(update_fields=["document", "token", "signing_key", "signed_at"])
    return True


@action
def on_award_given(event: AwardGranted | AwardRecorded) -> None:
    """Give every new award a credential."""
    _want(event.award)


@action
def on_award_renamed(event: AwardRenamed) -> None:
    """Give a renamed award a credential that bears the new name."""
    _want(event.award)


@action
def on_standing_changed(event: StandingChanged) -> None:
    """Somebody retired holds without an end; their credential must not expire, or must do so again.

    That an award is suspended or revoked is told by the status lists, of the credential that is out there.
    """
    if event.change in (Change.RETIRE, Change.RETURN):
        _want(event.award)


def _want(key: int) -> None:
    """Want one from the moment of what has just been recorded of the award."""
    award = Award.objects.get(pk=key)
    row = Row.objects.filter(subject=Award._meta.label_lower, subject_key=key).latest("pk")
    want_credential(award, at=row.at)
