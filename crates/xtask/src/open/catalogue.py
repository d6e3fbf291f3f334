# rdflib reads the DCAT catalogue, pySHACL asks for what DCAT-AP makes mandatory, csvw reads each CSV file by its own description.
# catalogue.py PUBLIC

import sys
from datetime import datetime
from pathlib import Path
from urllib.parse import urldefrag

import csvw.utils
from csvw import CSVW
from lxml import html
from pyshacl import validate
from rdflib import DCAT, DCTERMS, RDF, Graph

from told import agencies, get, items, same, tried

public = sys.argv[1]
SHAPES = Path(__file__).with_name("dcat-ap.ttl")
# csvw asks once and takes whatever comes for a table; a service that says to wait has to be waited for.
csvw.utils.request_get = get
MEDIA = "http://www.iana.org/assignments/media-types/"


def catalogue():
    answer = get(f"{public}/du-lieu/dcat.jsonld")
    assert answer.headers["Content-Type"] == "application/ld+json", answer.headers["Content-Type"]
    context = answer.json()["@context"]
    assert all(isinstance(one, dict) for one in (context if isinstance(context, list) else [context])), context
    return Graph().parse(data=answer.text, format="json-ld")


def mandatory():
    said = catalogue()
    holds, _, why = validate(said, shacl_graph=Graph().parse(SHAPES))
    assert holds, why
    kinds = (DCAT.Catalog, DCAT.Dataset, DCAT.Distribution, DCAT.DataService)
    counts = (f"{len(set(said.subjects(RDF.type, kind)))} {kind.fragment}" for kind in kinds)
    return f"{len(said)} statements: {', '.join(counts)}"


def addresses():
    said = catalogue()
    pages = {str(page) for words in (DCAT.landingPage, DCAT.accessURL, DCTERMS.license) for page in said.objects(None, words)}
    for page in pages:
        address, anchor = urldefrag(page)
        shown = html.fromstring(get(address).content)
        assert not anchor or shown.xpath(f"//*[@id='{anchor}']"), f"no place {page}"
    files = list(said.subject_objects(DCAT.downloadURL))
    for file, address in files:
        media = str(said.value(file, DCAT.mediaType)).removeprefix(MEDIA)
        told = get(address).headers["Content-Type"]
        assert told.split(";")[0] == media, f"{address}: {told}, not {media}"
    services = list(said.objects(None, DCAT.endpointDescription))
    for service in services:
        get(service)
    return f"{len(files)} files of the media types told, {len(pages)} places on pages, {len(services)} services"


def tables():
    said, rows = catalogue(), []
    told = [one for one in items(public) if one["state"] == "published"]
    for dataset in said.subjects(RDF.type, DCAT.Dataset):
        name = str(said.value(dataset, DCTERMS.identifier))
        home = f"{public}/du-lieu/{name}"
        read = CSVW(f"{home}.csv-metadata.json", validate=True)
        assert read.is_valid, f"{name}: {[str(one.message) for one in read.warnings]}"
        table = read.tables[0]
        assert table.check_primary_key(), f"{name}: the key is none"
        kinds = {column.name: column.datatype.base for column in table.tableSchema.columns}
        lines, objects = list(table), get(f"{home}.json").json()
        assert len(lines) == len(objects), f"{name}: {len(lines)} lines, {len(objects)} objects"
        for line, one in zip(lines, objects):
            same(f"{name}, columns", line, one)
            for column, value in line.items():
                kind = kinds[column]
                assert plain(value, kind) == plain(one[column], kind), f"{name}.{column}: {value!r} is not {one[column]!r}"
        rows.append((name, len(lines)))
    counts = dict(rows)
    assert counts["bai"] == len(told) and counts["co-quan"] == len(agencies(public)), counts
    return ", ".join(f"{name} {count} rows" for name, count in rows) + "; each row is the JSON file's"


def plain(value, kind):
    """A value of either file as text by its column's type; what a spreadsheet would run carries a mark in CSV."""
    if isinstance(value, list):
        return [plain(one, kind) for one in value]
    if value is None or isinstance(value, int):
        return value
    if kind == "date":
        return str(value)[:10]
    if kind == "dateTimeStamp":
        return value if isinstance(value, datetime) else datetime.fromisoformat(value)
    text = value.unsplit() if hasattr(value, "unsplit") else str(value)
    return text[1:] if text[:1] == "'" and text[1:2] in ("=", "+", "-", "@") else text


tried("DCAT: what DCAT-AP makes mandatory", "pyshacl", mandatory)
tried("DCAT: every address leads where it says", "rdflib", addresses)
tried("CSV by CSVW, against the JSON files", "csvw", tables)
