"""Changing the pathway of a draft: nothing is deleted, what is not asked stands aside until it is."""

from datetime import datetime

from accredit.fees.queries import compared, order_of
from accredit.portfolios.actions.desk import open_desk
from accredit.portfolios.actions.handing import open_portfolio
from accredit.portfolios.models import Portfolio
from accredit.registrations import actions as registrations
from accredit.toolkit.actions import action
from accredit.toolkit.actor import Actor


@action
def change_pathway(portfolio: Portfolio, *, pathway: str, by: Actor, at: datetime) -> Portfolio:
    """Seek another pathway with the same portfolio, and give it the entries that it asks for.

    The order keeps its amount: the trail says what the fee table asks on the day, and the office decides.
    Doing it twice is doing it once. Refused in a revision and once it was handed in.
    """
    desk = open_desk(portfolio.pk, by=by)
    order = order_of(desk.registration.pk)
    data: dict[str, object] = {}
    if order is not None:
        order.registration = desk.registration
        fee = compared(order, pathway=pathway, on=desk.today(at))
        data = {"ordered": fee.ordered, "table": fee.table, "currency": fee.currency}
    if registrations.change_pathway(desk.registration, pathway=pathway, by=by, at=at, data=data):
        open_portfolio(desk.registration.pk, by=by, at=at)
        desk.portfolio.version += 1
        desk.portfolio.save(update_fields=["version"])
    return desk.portfolio
