"""The WSGI application that the web server loads."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "accredit.config.settings")
application = get_wsgi_application()

# What is loaded by now stays for good: the collector need not walk it again. A page makes tens of thousands
# of short-lived objects; with the default threshold each page would start several collections.
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 50)
