"""The letters about a registration that becomes another one: its pathway, and what it costs."""

from accredit.fees.events import OrderAmended
from accredit.fees.models import Order
from accredit.frameworks.queries import rules_of
from accredit.notices.actions.delivery import plan
from accredit.people.models import RoleHeld
from accredit.people.queries import people_with
from accredit.registrations.events import PathwayChanged
from accredit.registrations.models import Registration
from accredit.toolkit.actions import action
from accredit.trail.models import Row


@action
def on_pathway_changed(event: PathwayChanged) -> None:
    """Confirm the change to the candidate and tell the office, with what the fee table says of it."""
    registration = _registration(event.registration)
    rules, row = rules_of(registration.edition), Row.objects.get(pk=event.trail)
    context = {
        "scheme": registration.scheme,
        "before": rules.pathway(event.before).title,
        "pathway": rules.pathway(event.after).title,
        **_of_fee(row),
    }
    office = [each for each in people_with(RoleHeld.Name.OFFICE) if each.pk != registration.person_id]
    for person, kind in (
        (registration.person, "pathway_changed"),
        *((each, "pathway_to_see") for each in office),
    ):
        plan(
            kind,
            person=person,
            registration=registration,
            because="the pathway was changed",
            key=f"{kind}:{row.pk}:{person.pk}",
            due_at=event.at,
            context=context,
        )


def _of_fee(row: Row) -> dict[str, object]:
    """Return both amounts in words; `differs` also where the table has no line to compare with."""
    ordered, table = row.data.get("ordered"), row.data.get("table")
    if ordered is None:
        return {"differs": False}
    currency = row.data.get("currency", "")
    return {
        "differs": ordered != table,
        "ordered": f"{ordered / 100:.2f} {currency}",
        "table": "" if table is None else f"{table / 100:.2f} {currency}",
    }


@action
def on_order_amended(event: OrderAmended) -> None:
    """Tell the candidate what the registration costs now, and why."""
    registration, order = _registration(event.registration), Order.objects.get(pk=event.order)
    row = Row.objects.select_related("words").get(pk=event.trail)
    plan(
        "order_amended",
        person=registration.person,
        registration=registration,
        because="the office changed the amount",
        key=f"order_amended:{row.pk}",
        due_at=row.at,
        context={
            "scheme": registration.scheme,
            "invoice": order.invoice_number,
            "before": f"{row.data['before'] / 100:.2f} {order.currency}",
            "amount": f"{order.amount / 100:.2f} {order.currency}",
            "reason": row.words.values.get("because", ""),
        },
    )


def _registration(key: int) -> Registration:
    return Registration.objects.select_related("person", "edition", "scheme").get(pk=key)
