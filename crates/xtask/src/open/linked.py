# PyLD and rdflib read what pages say of themselves in schema.org's words; pySHACL asks for what each kind of page has to say.
# linked.py PUBLIC

import json
import sys
from pathlib import Path

from lxml import html
from pyld import jsonld
from pyshacl import validate
from rdflib import RDF, SDO, Graph, URIRef

from told import agencies, get, items, tried

public = sys.argv[1]
HERE = Path(__file__).parent
CONTEXT = json.loads((HERE / "schema-org.context.json").read_text("utf-8"))
NODES = {"Article", "NewsArticle", "LearningResource", "WebSite", "AboutPage", "CollectionPage", "BreadcrumbList"}


def loader(url, _options=None):
    """The one context that a page names, from here: nothing is fetched from anybody."""
    assert url.rstrip("/") == "https://schema.org", f"another context: {url}"
    return {"contextUrl": None, "documentUrl": url, "contentType": "application/ld+json", "document": CONTEXT}


def graph(path):
    """What a page says, and its own idea of its address."""
    page = html.fromstring(get(f"{public}{path}").content)
    blocks = page.xpath("//script[@type='application/ld+json']/text()")
    assert len(blocks) == 1, f"{path}: {len(blocks)} blocks"
    triples = jsonld.to_rdf(json.loads(blocks[0]), {"format": "application/n-quads", "documentLoader": loader})
    canonical = page.xpath("string(//link[@rel='canonical']/@href)")
    return Graph().parse(data=triples, format="nquads"), canonical


def pages():
    found = items(public)
    for kind in ("tin", "van-ban-moi", "to-gap"):
        of_kind = [one for one in found if one["kind"] == kind and one["state"] == "published"]
        assert of_kind, f"no item of {kind}"
        for one in of_kind[:5] + of_kind[5:][-8:]:
            yield one["address"].removeprefix(public)
        yield f"/{of_kind[0]['agency']}/loai/{kind}"
    for one in agencies(public):
        yield f"/{one['code']}/"
    yield f"/{agencies(public)[0]['code']}/gioi-thieu"


def words():
    count, triples, kinds = 0, 0, set()
    for path in pages():
        said, _ = graph(path)
        for subject, predicate, thing in said:
            # schema.org/docs/actions.html: "-input" and "-output" may follow the name of a property.
            word = URIRef(predicate.removesuffix("-input"))
            assert predicate == RDF.type or word in SDO, f"{path}: no such property: {predicate}"
            if predicate == RDF.type:
                assert thing in SDO, f"{path}: no such class: {thing}"
                kinds.add(thing.removeprefix(str(SDO)))
        count, triples = count + 1, triples + len(said)
    return f"{count} pages, {triples} statements of {', '.join(sorted(kinds))}; every word is schema.org's"


def shapes():
    asked = Graph().parse(HERE / "schema-org.ttl")
    count = 0
    for path in pages():
        said, canonical = graph(path)
        kinds = {thing.removeprefix(str(SDO)) for thing in said.objects(None, RDF.type)}
        assert kinds & NODES, f"{path}: {kinds}"
        urls = {str(url) for kind in NODES for one in said.subjects(RDF.type, SDO[kind]) for url in said.objects(one, SDO.url)}
        assert canonical and urls <= {canonical}, f"{path}: {urls} but the page is {canonical}"
        holds, _, why = validate(said, shacl_graph=asked)
        assert holds, f"{path}: {why}"
        count += 1
    return f"{count} pages have what they must say, under their canonical address"


tried("schema.org: words", "rdflib", words)
tried("schema.org: what each kind of page must say", "pyshacl", shapes)
