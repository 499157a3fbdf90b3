"""Which event writes which rows and enqueues which task: the only module that subscribes."""


def bind() -> None:
    """Subscribe every handler; called once when the apps are loaded."""
