"""Writing people: profiles, institutions, roles."""

from accredit.people.actions.institutions import (
    change_institution,
    describe_institution,
    follow_domains,
    institution_named,
    merge_institutions,
)
from accredit.people.actions.profiles import (
    Details,
    Stay,
    claim,
    complete_profile,
    create_office_person,
    end_role,
    follow_address,
    gather_letters,
    give_role,
    make_profile,
    open_account,
    prefer_plain,
    record_person,
)

__all__ = [
    "Details",
    "Stay",
    "change_institution",
    "claim",
    "complete_profile",
    "create_office_person",
    "describe_institution",
    "end_role",
    "follow_address",
    "follow_domains",
    "gather_letters",
    "give_role",
    "institution_named",
    "make_profile",
    "merge_institutions",
    "open_account",
    "prefer_plain",
    "record_person",
]
