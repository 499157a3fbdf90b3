"""Entry point of `python -m accredit`; the launcher `./accredit` calls it."""

import sys

from accredit.config.commandline import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
