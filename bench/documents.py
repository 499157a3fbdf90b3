"""x"""


def measure():
    pass
