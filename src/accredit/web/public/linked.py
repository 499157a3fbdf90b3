"""Linked data (schema.org) of the public pages, for search engines and other readers by machine."""

import json
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from accredit.register.queries import HolderLine
from accredit.rulebook.framework import Pathway
from accredit.web.public.reads import Showing

CREDENTIAL = "EducationalOccupationalCredential"
# Within a script element only these could end it or begin another.
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def scheme(found: Showing) -> SafeString:
    """Describe the body and the credentials it gives."""
    return _script(
        {
            "@context": "https://schema.org",
            "@type": "Organization",
            "name": found.scheme.body,
            "url": f"{settings.SITE_URL}/",
            "description": found.rules.about.definition[0],
            "hasCredential": [_credential(found, each) for each in found.rules.pathways],
        }
    )


def pathway(found: Showing, chosen: Pathway) -> SafeString:
    """Describe the credential of one pathway."""
    return _script({"@context": "https://schema.org"} | _credential(found, chosen))


def holder(found: Showing, line: HolderLine, code: str) -> SafeString:
    """Describe a holder and what they hold; a pathway no longer in the edition goes by its title."""
    known = [each for each in found.rules.pathways if each.code == code]
    held = _credential(found, known[0]) if known else {"@type": CREDENTIAL, "name": line.pathway}
    return _script(
        {
            "@context": "https://schema.org",
            "@type": "Person",
            "name": line.name,
            "honorificSuffix": line.post_nominals,
            "url": f"{settings.SITE_URL}{reverse('public:holder', args=[line.award])}",
            "hasCredential": held
            | {
                "identifier": line.number,
                "validFrom": line.issued_on.isoformat(),
                "expires": line.valid_until.isoformat(),
            },
        }
    )


def _credential(found: Showing, chosen: Pathway) -> dict[str, Any]:
    return {
        "@type": CREDENTIAL,
        "name": chosen.title,
        "alternateName": chosen.post_nominals,
        "description": chosen.summary,
        "credentialCategory": "Professional accreditation",
        "url": f"{settings.SITE_URL}{reverse('public:pathway', args=[chosen.code])}",
        "validFor": f"P{found.rules.validity_years}Y",
        "recognizedBy": {"@type": "Organization", "name": found.scheme.body},
    }


def _script(data: dict[str, Any]) -> SafeString:
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(ESCAPES))  # noqa: S308 - escaped just here
