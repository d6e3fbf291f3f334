# The served OpenAPI document is valid, and Schemathesis finds no request about which it and the answers disagree: as a visitor and as every role.
# contract.py PUBLIC NODE HOME ROLE=COOKIE…

import json
import os
import subprocess
import sys
from pathlib import Path

import requests
from openapi_spec_validator import validate

from told import agencies, get, items, tried

public, node, home, *roles = sys.argv[1:]
DOCUMENT = f"{public}/api/openapi.json"
# All but the first can fail here; it would have every text that a schema allows taken, and no schema lists the agencies or the items.
NOT_ASKED = "positive_data_acceptance"
# Of each operation, in each phase.
EXAMPLES = 100
# Half of the identifiers are real ones, so that whole answers are held against their schemas.
SETTINGS = """
[dictionaries]
items.values = {items}
figures.values = {figures}
agencies.values = {agencies}
[parameters]
"path.item" = {{ dictionary = "items", probability = 0.5 }}
"path.figure" = {{ dictionary = "figures", probability = 0.5 }}
"query.co-quan" = {{ dictionary = "agencies", probability = 0.5 }}
"""


def document():
    told = get(DOCUMENT).json()
    validate(told)
    return f"OpenAPI {told['openapi']}, {len(told['paths'])} paths"


def settings():
    lines = items(public)
    gone = [one["key"] for one in lines if one["state"] == "withdrawn"]
    figures = [one["key"] for one in get(f"{public}/api/v1/so-lieu").json()["figures"]]
    assert gone and figures, "nothing withdrawn, or no public figure: their answers would go unseen"
    keys = gone + [one["key"] for one in lines if one["state"] == "published"][:20]
    codes = [one["code"] for one in agencies(public)]
    return SETTINGS.format(**{name: json.dumps(of) for name, of in (("items", keys), ("figures", figures), ("agencies", codes))})


def schemathesis(role, cookie):
    folder = Path(home) / role
    folder.mkdir(parents=True)
    (folder / "settings.toml").write_text(settings(), "utf-8")
    program = Path(sys.executable).with_name("st")
    command = [program, "--config-file", "settings.toml", "run", DOCUMENT, "--url", node]
    command += ["--checks", "all", "--exclude-checks", NOT_ASKED, "--max-examples", str(EXAMPLES), "--continue-on-failure"]
    command += ["--seed", "1", "--generation-deterministic", "--no-color"]
    command += ["--report", "json", "--report-json-path", "report.json"]
    if cookie:
        command += ["-H", f"Cookie: {cookie}", "-H", f"Origin: {public}"]
    around = {
        "SCHEMATHESIS_HOOKS": "callers",
        "PYTHONPATH": str(Path(__file__).parent),
        "PBGDPL_OPEN_HOST": public.split("//")[1],
    }
    done = subprocess.run(command, env=os.environ | around, cwd=folder, capture_output=True, text=True)
    report = folder / "report.json"
    assert report.exists(), done.stdout[-300:] + done.stderr[-300:]
    told = json.loads(report.read_text("utf-8"))
    if done.returncode:
        print(done.stdout, file=sys.stderr)
    failures = [f"{one['title']} ({', '.join(map(str, one['operations']))})" for one in told["failures"] + told["errors"]]
    assert done.returncode == 0 and told["complete"], f"{done.returncode}: {'; '.join(failures)}"
    operations, unseen = told["operations"], told["warnings"]
    assert operations["tested"] == operations["total"] > 0, operations
    assert not unseen["missing_test_data"] and not unseen["rate_limited"], unseen
    return f"{operations['tested']} operations, {told['test_cases']['generated']} requests, no failure"


def asked(role, cookie):
    result = schemathesis(role, cookie)
    if cookie:
        # The interface is everybody's: whoever is signed in is answered as everybody is.
        first = items(public)[0]["key"]
        for path in ("/api/v1/bai?so=200", f"/api/v1/bai/{first}", "/api/v1/co-quan", "/api/v1/so-lieu"):
            answer = requests.get(f"{public}{path}", headers={"Cookie": cookie}, timeout=60)
            assert answer.status_code == 200 and "Set-Cookie" not in answer.headers, f"{path}: {answer.status_code}"
            assert answer.content == get(f"{public}{path}").content, f"{path}: another answer for {role}"
        result += "; the answers are the visitor's"
    return result


tried("OpenAPI document", "openapi-spec-validator", document)
for one in roles:
    name, _, session = one.partition("=")
    tried(f"read interface, as {name}", "schemathesis", lambda: asked(name, session))
