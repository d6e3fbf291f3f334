# What every peer's script shares: a line of JSON for each thing that was tried, and asking a service that counts its callers.

import json
import sys
import time
import traceback
from importlib.metadata import PackageNotFoundError, version

import requests


def tried(what, package, work):
    """Does one thing: what it returns is the result, what it raises is the failure."""
    try:
        result, ok = work(), True
    except Exception as error:
        traceback.print_exc(file=sys.stderr)
        result, ok = f"{type(error).__name__}: {error}", False
    try:
        peer = f"{package} {version(package)}"
    except PackageNotFoundError:
        peer = package
    said = {"what": what, "peer": peer, "result": str(result), "ok": ok}
    print(json.dumps(said, ensure_ascii=False), flush=True)


def same(what, one, other):
    """Fails where two sets differ, with a few of the differences."""
    one, other = set(one), set(other)
    assert one == other, f"{what}: {sorted(one - other)[:3]} against {sorted(other - one)[:3]}"


def get(url):
    """An answer with status 200; where the service says to wait, it is waited."""
    while True:
        answer = requests.get(url, timeout=60)
        if answer.status_code != 429:
            answer.raise_for_status()
            return answer
        time.sleep(int(answer.headers["Retry-After"]))


def items(public, question=""):
    """Every line of the read interface, withdrawn ones among them."""
    found, after = [], ""
    while after is not None:
        page = get(f"{public}/api/v1/bai?so=200{question}{after}").json()
        found += page["items"]
        after = page["next"] and f"&sau={page['next']}"
    return found


def agencies(public):
    """The agencies with a section."""
    return get(f"{public}/api/v1/co-quan?so=500").json()["agencies"]
