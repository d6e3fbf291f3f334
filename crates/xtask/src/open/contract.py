# The served OpenAPI document is valid, and Schemathesis finds no request that it and the answers disagree about: as a visitor and as every role.
# contract.py PUBLIC NODE HOME ROLE=COOKIE…

import json
import os
import subprocess
import sys
from pathlib import Path

from openapi_spec_validator import validate

from told import get, tried

public, node, home, *roles = sys.argv[1:]
DOCUMENT = f"{public}/api/openapi.json"
CHECKS = (
    "not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,"
    "response_schema_conformance,negative_data_rejection,positive_data_acceptance"
)
# Within each phase, for each operation.
EXAMPLES = 60


def document():
    told = get(DOCUMENT).json()
    validate(told)
    return f"OpenAPI {told['openapi']}, {len(told['paths'])} paths"


def asked(role, cookie):
    folder = Path(home) / role
    report = folder / "report.json"
    headers = ["-H", f"Cookie: {cookie}", "-H", f"Origin: {public}"] if cookie else []
    command = [Path(sys.executable).with_name("st"), "run", DOCUMENT, "--url", node, "--checks", CHECKS, *headers]
    command += ["--max-examples", str(EXAMPLES), "--seed", "1", "--generation-deterministic", "--no-color", "--warnings", "off"]
    command += ["--continue-on-failure", "--generation-database", "none"]
    command += ["--report", "json", "--report-dir", folder, "--report-json-path", report]
    folder.mkdir(parents=True)
    around = {
        "SCHEMATHESIS_HOOKS": "callers",
        "PYTHONPATH": str(Path(__file__).parent),
        "PBGDPL_OPEN_HOST": public.split("//")[1],
    }
    done = subprocess.run(command, env=os.environ | around, cwd=folder, capture_output=True, text=True)
    sys.stderr.write(done.stdout + done.stderr)
    told = json.loads(report.read_text("utf-8"))
    return told, done


tried("OpenAPI document", "openapi-spec-validator", document)
for one in roles:
    role, _, cookie = one.partition("=")
    print(asked(role, cookie))
