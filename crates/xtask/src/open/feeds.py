# feedparser, icalendar, jsonschema and a sitemap crawler read every feed, calendar and sitemap; they name what the API lists.
# feeds.py PUBLIC

import json
import re
import sys
import urllib.robotparser
from pathlib import Path

import feedparser
import icalendar
import jsonschema
from lxml import etree
from usp.tree import sitemap_tree_for_homepage

from told import agencies, get, items, tried

public = sys.argv[1]
published = [one for one in items(public) if one["state"] == "published"]
codes = [one["code"] for one in agencies(public)]
# Each place with the items that its feed may hold: the province, every section, every kind of one section.
places = [("/", published)]
places += [(f"/{code}/", [one for one in published if one["agency"] == code]) for code in codes]
busy = max(codes, key=lambda code: sum(one["agency"] == code for one in published))
places += [
    (f"/{busy}/loai/{kind}/", [one for one in published if (one["agency"], one["kind"]) == (busy, kind)])
    for kind in ("tin", "van-ban-moi", "to-gap")
]
LONGEST = 50


def expected(entries, of_place, path):
    assert len(entries) == len(set(entries)) == min(len(of_place), LONGEST), f"{path}: {len(entries)} entries"
    stray = set(entries) - {one["id"] for one in of_place}
    assert not stray, f"{path}: {sorted(stray)[:3]}"


def parsed(file, version):
    count = 0
    for path, of_place in places:
        feed = feedparser.parse(f"{public}{path}{file}")
        assert not feed.bozo, f"{path}{file}: {feed.bozo_exception}"
        assert feed.status == 200 and feed.version == version, f"{path}{file}: {feed.status} {feed.version}"
        assert feed.feed.title and feed.feed.link, path
        expected([entry.id for entry in feed.entries], of_place, path)
        for entry in feed.entries:
            assert entry.title and entry.link.startswith(public) and entry.published_parsed, entry
        count += len(feed.entries)
    return f"{len(places)} feeds, {count} entries, bozo 0"


def json_feed():
    schema = json.loads(Path(__file__).with_name("feed.schema.json").read_text("utf-8"))
    checker = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER)
    count = 0
    for path, of_place in places:
        answer = get(f"{public}{path}feed.json")
        assert answer.headers["Content-Type"].split(";")[0] == "application/feed+json", answer.headers["Content-Type"]
        feed = answer.json()
        checker.validate(feed)
        expected([entry["id"] for entry in feed["items"]], of_place, path)
        count += len(feed["items"])
    return f"{len(places)} feeds, {count} items"


def calendars():
    count = 0
    for path, of_place in [("/", published)] + [place for place in places if place[0].count("/") == 2]:
        answer = get(f"{public}{path}lich.ics")
        assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8", answer.headers["Content-Type"]
        calendar = icalendar.Calendar.from_ical(answer.content)
        assert calendar["VERSION"] == "2.0" and calendar["PRODID"] and not calendar.errors, path
        # A day of the calendar is a document with its first day in force.
        days = {one["id"]: one["document"]["effective"] for one in of_place if (one["document"] or {}).get("effective")}
        events = calendar.walk("VEVENT")
        assert len(events) == len({event["UID"] for event in events}) == len(days), f"{path}: {len(events)} {len(days)}"
        for event in events:
            assert not event.errors and event["DTSTAMP"].dt.tzinfo and event["SUMMARY"], event.errors
            identity = next(one for one in days if one.removeprefix("urn:uuid:") in event["UID"])
            assert event["DTSTART"].dt.isoformat() == days[identity], event
        count += len(events)
    return f"{len(codes) + 1} calendars, {count} days"


MOMENT = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?")
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def sitemap():
    tree = sitemap_tree_for_homepage(f"{public}/", use_known_paths=False)
    found = [page.url for page in tree.all_pages()]
    assert len(found) == len(set(found)), "an address stands twice"
    missing = {one["address"] for one in published} - set(found)
    assert not missing, f"not in the sitemap: {sorted(missing)[:3]}"
    homes = {f"{public}/{code}/" for code in codes} - set(found)
    assert not homes, f"not in the sitemap: {sorted(homes)[:3]}"
    return f"{len(found)} addresses, every published item and every section among them"


def structure():
    # sitemaps.org/protocol.html: what its schemas ask of elements, order and dates.
    count = 0
    for path in ["/"] + [f"/{code}/" for code in codes]:
        root = etree.fromstring(get(f"{public}{path}sitemap.xml").content)
        entry = {"urlset": "url", "sitemapindex": "sitemap"}[root.tag.removeprefix(SITEMAP)]
        for child in root:
            assert child.tag == SITEMAP + entry, child.tag
            names = [part.tag.removeprefix(SITEMAP) for part in child]
            assert names in (["loc"], ["loc", "lastmod"]), names
            assert child[0].text.startswith(f"{public}/") and len(child[0].text) < 2048, child[0].text
            assert len(child) == 1 or MOMENT.fullmatch(child[1].text), child[1].text
            count += 1
    return f"{len(codes) + 1} files, {count} entries"


def robots():
    rules = urllib.robotparser.RobotFileParser(f"{public}/robots.txt")
    rules.read()
    assert rules.site_maps() == [f"{public}/sitemap.xml"], rules.site_maps()
    assert rules.can_fetch("*", published[0]["address"]) and not rules.can_fetch("*", f"{public}/tim-kiem?q=a")
    return "items may be read, searches may not; the sitemap is named"


tried("RSS: province, sections, kinds", "feedparser", lambda: parsed("feed.rss", "rss20"))
tried("Atom: province, sections, kinds", "feedparser", lambda: parsed("feed.atom", "atom10"))
tried("JSON Feed: province, sections, kinds", "jsonschema", json_feed)
tried("Calendar of law: province and sections", "icalendar", calendars)
tried("Sitemaps, found by robots.txt", "ultimate-sitemap-parser", sitemap)
tried("Sitemaps: elements, order, dates", "lxml", structure)
tried("robots.txt", "urllib.robotparser", robots)
