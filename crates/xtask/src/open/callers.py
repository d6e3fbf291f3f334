# Schemathesis loads this: each request comes to the proxied node as another caller, so that nobody's bucket empties.

import os
import random

import schemathesis

HOST = os.environ["PBGDPL_OPEN_HOST"]
# RFC 2544: the block for tests of network devices.
callers = random.Random(7)


@schemathesis.hook
def before_call(context, case, kwargs):
    case.headers = case.headers or {}
    case.headers["Host"] = HOST
    case.headers["X-Forwarded-For"] = f"198.18.{callers.randrange(256)}.{callers.randrange(1, 255)}"
