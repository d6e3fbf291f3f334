# Sickle harvests /oai whole, by set and by span; then an item is withdrawn at the desk, and the next harvest sees it deleted.
# harvest.py PUBLIC DESK AGENCY COOKIE

import sys
from datetime import datetime, timedelta, timezone

import requests
from sickle import Sickle
from sickle.oaiexceptions import CannotDisseminateFormat, IdDoesNotExist, NoRecordsMatch

from told import agencies, items, same, tried

public, desk, agency, cookie = sys.argv[1:]
harvester = Sickle(f"{public}/oai", max_retries=5, retry_status_codes=[429, 503], timeout=60)
STAMP = "%Y-%m-%dT%H:%M:%SZ"


def ids(**question):
    try:
        return [header.identifier for header in harvester.ListIdentifiers(metadataPrefix="oai_dc", **question)]
    except NoRecordsMatch:
        return []


def identify():
    who = harvester.Identify()
    assert (who.protocolVersion, who.deletedRecord) == ("2.0", "persistent"), who.raw
    assert who.granularity == "YYYY-MM-DDThh:mm:ssZ", who.granularity
    return f"{who.repositoryName}, since {who.earliestDatestamp}"


def whole():
    told = items(public)
    prefixes = [one.metadataPrefix for one in harvester.ListMetadataFormats()]
    assert "oai_dc" in prefixes, prefixes
    for prefix in prefixes:
        records = list(harvester.ListRecords(metadataPrefix=prefix))
        assert len(records) == len(told) > 0, f"{len(records)} records, {len(told)} lines"
        same("identifiers", (one.header.identifier for one in records), (one["id"] for one in told))
        gone = (one["id"] for one in told if one["state"] == "withdrawn")
        same("withdrawn", (one.header.identifier for one in records if one.deleted), gone)
        titles = {one["id"]: one["title"] for one in told if one["state"] == "published"}
        for record in records:
            if not record.deleted:
                assert record.metadata["title"] == [titles[record.header.identifier]], record.raw
                assert record.metadata["identifier"][1] == record.header.identifier, record.raw
    try:
        list(harvester.ListRecords(metadataPrefix="marc21"))
        raise AssertionError("a format that there is not")
    except CannotDisseminateFormat:
        pass
    same("headers", ids(), (one["id"] for one in told))
    return f"{len(told)} records in {', '.join(prefixes)}, as many as the API lists"


def sets():
    told = items(public)
    specs = [one.setSpec for one in harvester.ListSets()]
    kinds = {"tin", "van-ban-moi", "to-gap"}
    same("sets", specs, {f"loai.{kind}" for kind in kinds} | {f"co-quan.{one['code']}" for one in agencies(public)})
    for spec in specs:
        member, word = ("kind" if spec.startswith("loai.") else "agency"), spec.split(".", 1)[1]
        found = ids(set=spec)
        assert len(found) == len(set(found)), spec
        same(spec, found, (one["id"] for one in told if one[member] == word))
    return f"{len(specs)} sets, each as the API lists it"


def spans():
    told = items(public)
    at = {one["id"]: datetime.fromisoformat(one["changed_at"]).astimezone(timezone.utc) for one in told}
    middle = sorted(at.values())[len(at) // 2].replace(microsecond=0)
    before, after = (middle - timedelta(seconds=1)).strftime(STAMP), middle.strftime(STAMP)
    old, new = ids(until=before), ids(**{"from": after})
    same("before", old, (one for one in at if at[one] < middle))
    same("from", new, (one for one in at if at[one] >= middle))
    day = middle.strftime("%Y-%m-%d")
    same("a day", ids(**{"from": day, "until": day}), (one for one in at if at[one].date() == middle.date()))
    kind = [one["id"] for one in told if one["kind"] == "tin" and at[one["id"]] >= middle]
    same("a set from", ids(set="loai.tin", **{"from": after}), kind)
    assert ids(**{"from": "2001-01-01", "until": "2001-01-02"}) == []
    return f"{len(old)} until {before}, {len(new)} from {after}"


def one():
    first = items(public, "&loai=tin")[0]
    record = harvester.GetRecord(identifier=first["id"], metadataPrefix="oai_dc")
    assert record.header.identifier == first["id"], record.raw
    try:
        harvester.GetRecord(identifier="urn:uuid:00000000-0000-7000-8000-000000000000", metadataPrefix="oai_dc")
        raise AssertionError("a record that there is not")
    except IdDoesNotExist:
        return "found; an unknown one is said to be unknown"


def withdrawn():
    told = [one for one in items(public, f"&co-quan={agency}") if one["state"] == "published"]
    item, before = told[-1], ids()
    since = datetime.strptime(harvester.Identify().xml.getroottree().findtext(".//{*}responseDate"), STAMP)
    form = {"notice": "Bài được gỡ trong lần thử giao diện mở."}
    # Names under localhost mean this machine (RFC 6761 6.3), but not every resolver knows them.
    host = desk.split("//")[1]
    headers = {"Cookie": cookie, "Host": host, "Origin": desk}
    address = f"http://127.0.0.1:{host.split(':')[1]}/quan-tri/{agency}/bai/{item['key']}/go"
    done = requests.post(address, data=form, headers=headers, allow_redirects=False, timeout=60)
    assert done.status_code == 303 and "xong=go" in done.headers["Location"], f"the desk: {done.status_code}"
    records = list(harvester.ListRecords(metadataPrefix="oai_dc", **{"from": since.strftime(STAMP)}))
    assert [(one.header.identifier, one.deleted) for one in records] == [(item["id"], True)], records
    assert not hasattr(records[0], "metadata"), "a deleted record says nothing more"
    same("all of them", ids(), before)
    return f"1 record changed since {since.strftime(STAMP)}, deleted; the other {len(before) - 1} stay"


tried("OAI-PMH: Identify", "Sickle", identify)
tried("OAI-PMH: whole, every metadata prefix", "Sickle", whole)
tried("OAI-PMH: each set", "Sickle", sets)
tried("OAI-PMH: from, until, a day, a set from a moment", "Sickle", spans)
tried("OAI-PMH: one record", "Sickle", one)
tried("OAI-PMH: an item withdrawn at the desk", "Sickle", withdrawn)
