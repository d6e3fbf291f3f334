//! What a page says of itself in the vocabulary of schema.org, as JSON-LD: a block of data in the page, which no policy takes for a script.

use std::fmt;

use askama::FastWritable;
use chrono::NaiveDate;
use serde_json::{Value, json};

use crate::part::prints_itself;

/// The block's text. Printed as it is: what could end the block, or begin another, is written as escapes of JSON.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LinkedData(String);

impl LinkedData {
    fn of(graph: &[Value]) -> Self {
        let text = json!({ "@context": "https://schema.org", "@graph": graph }).to_string();
        Self(
            text.replace('<', "\\u003c")
                .replace('>', "\\u003e")
                .replace('&', "\\u0026"),
        )
    }
}

impl fmt::Display for LinkedData {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FastWritable for LinkedData {
    fn write_into(&self, dest: &mut dyn fmt::Write, _: &dyn askama::Values) -> askama::Result<()> {
        dest.write_str(&self.0)?;
        Ok(())
    }
}

prints_itself!(LinkedData);

/// Who speaks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Organization {
    /// Whether it is a body of the state; a front, a union, an association is not.
    pub of_state: bool,
    /// In full.
    pub name: String,
    /// As people call it.
    pub short: String,
    /// Its section (absolute).
    pub home: String,
    /// What it belongs to.
    pub parent: Option<String>,
    /// Address.
    pub address: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// E-mail.
    pub email: Option<String>,
    /// Its own site.
    pub website: Option<String>,
}

impl Organization {
    fn id(&self) -> String {
        format!("{}#co-quan", self.home)
    }

    fn kind(&self) -> &'static str {
        if self.of_state {
            "GovernmentOrganization"
        } else {
            "Organization"
        }
    }

    fn whole(&self) -> Value {
        let mut value = json!({
            "@type": self.kind(), "@id": self.id(), "name": self.name, "url": self.home,
        });
        let facts = [
            (
                "alternateName",
                Some(&self.short).filter(|short| **short != self.name),
            ),
            ("address", self.address.as_ref()),
            ("telephone", self.phone.as_ref()),
            ("email", self.email.as_ref()),
            ("sameAs", self.website.as_ref()),
        ];
        for (property, text) in facts {
            put(
                &mut value,
                property,
                text.filter(|text| !text.is_empty()).cloned(),
            );
        }
        let parent = self.parent.as_ref();
        put(
            &mut value,
            "parentOrganization",
            parent.map(|name| json!({ "@type": "Organization", "name": name })),
        );
        value
    }

    fn named(&self) -> Value {
        json!({ "@type": self.kind(), "@id": self.id(), "name": self.name, "url": self.home })
    }
}

fn put(value: &mut Value, property: &str, what: Option<impl Into<Value>>) {
    if let (Some(object), Some(what)) = (value.as_object_mut(), what) {
        object.insert(property.to_owned(), what.into());
    }
}

/// A first page: the site, its search, and who speaks there.
#[must_use]
pub fn home(who: &Organization) -> LinkedData {
    let site = json!({
        "@type": "WebSite", "@id": format!("{}#trang", who.home), "url": who.home, "name": who.short,
        "inLanguage": "vi", "publisher": { "@id": who.id() },
        "potentialAction": {
            "@type": "SearchAction",
            "target": {
                "@type": "EntryPoint",
                "urlTemplate": format!("{}tim-kiem?q={{search_term_string}}", who.home),
            },
            "query-input": "required name=search_term_string",
        },
    });
    LinkedData::of(&[site, who.whole()])
}

/// A page about who speaks.
#[must_use]
pub fn about(who: &Organization, name: &str, address: &str) -> LinkedData {
    let page = json!({
        "@type": "AboutPage", "url": address, "name": name, "inLanguage": "vi", "about": { "@id": who.id() },
    });
    LinkedData::of(&[
        page,
        who.whole(),
        crumbs(&[(&who.short, &who.home), (name, address)]),
    ])
}

/// What an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// News.
    News,
    /// It introduces a document of law.
    Law,
    /// A leaflet: something to learn from.
    Leaflet,
}

/// A document of law.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Legislation {
    /// "52/2014/QH13"
    pub number: String,
    /// "Luật"
    pub kind: String,
    /// Who passed it.
    pub issuer: String,
    /// Day of issue.
    pub issued: Option<NaiveDate>,
    /// First day in force.
    pub effective: Option<NaiveDate>,
    /// Last day in force.
    pub expires: Option<NaiveDate>,
    /// Whether it is in force today, where that is known.
    pub in_force: Option<bool>,
    /// The official text (absolute).
    pub source: String,
}

/// An item with all that is said of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Work {
    /// What it is.
    pub sort: Sort,
    /// Permanent id, a URI.
    pub id: String,
    /// Its one address (absolute).
    pub address: String,
    /// Title.
    pub title: String,
    /// One sentence.
    pub summary: String,
    /// "Tờ gấp", and the list of its kind (absolute).
    pub kind: (String, String),
    /// First published, RFC 3339.
    pub published: String,
    /// Last published, RFC 3339.
    pub changed: String,
    /// Its pictures (absolute).
    pub pictures: Vec<String>,
    /// The document that it introduces.
    pub law: Option<Legislation>,
    /// Its language (BCP 47).
    pub language: &'static str,
    /// The item that it translates (absolute).
    pub translates: Option<String>,
    /// The page it was copied from (absolute), and whether word for word.
    pub copied: Option<(String, bool)>,
}

/// An item's page.
#[must_use]
pub fn item(who: &Organization, work: &Work) -> LinkedData {
    let kind = match work.sort {
        Sort::News => "NewsArticle",
        Sort::Law => "Article",
        Sort::Leaflet => "LearningResource",
    };
    let mut value = json!({
        "@type": kind, "@id": work.address, "identifier": work.id, "url": work.address,
        "mainEntityOfPage": work.address, "name": work.title, "headline": work.title, "description": work.summary,
        "inLanguage": work.language, "isAccessibleForFree": true, "datePublished": work.published, "dateModified": work.changed,
        "author": who.named(), "publisher": who.named(), "image": work.pictures,
    });
    if work.sort == Sort::Leaflet {
        put(&mut value, "learningResourceType", Some(work.kind.0.clone()));
    }
    let original = work.translates.as_ref();
    put(
        &mut value,
        "translationOfWork",
        original.map(|address| json!({ "@id": address })),
    );
    let copied = work.copied.as_ref();
    put(&mut value, "isBasedOn", copied.map(|(from, _)| from.clone()));
    let same = copied.filter(|(_, verbatim)| *verbatim);
    put(&mut value, "sameAs", same.map(|(from, _)| from.clone()));
    let law = work.law.as_ref().filter(|law| !law.number.is_empty());
    put(&mut value, "about", law.map(legislation));
    let (label, list) = &work.kind;
    let crumbs = crumbs(&[
        (&who.short, &who.home),
        (label, list),
        (&work.title, &work.address),
    ]);
    LinkedData::of(&[value, crumbs])
}

fn legislation(law: &Legislation) -> Value {
    let name = format!(
        "{} số {}",
        if law.kind.is_empty() {
            "Văn bản"
        } else {
            &law.kind
        },
        law.number
    );
    let mut value = json!({
        "@type": "Legislation", "name": name, "legislationIdentifier": law.number, "inLanguage": "vi",
        "legislationJurisdiction": { "@type": "Country", "name": "Việt Nam" },
    });
    let known = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
    put(&mut value, "legislationType", known(&law.kind));
    put(
        &mut value,
        "legislationPassedBy",
        known(&law.issuer).map(|name| json!({ "@type": "Organization", "name": name })),
    );
    put(
        &mut value,
        "legislationDate",
        law.issued.map(|day| day.to_string()),
    );
    put(
        &mut value,
        "temporalCoverage",
        law.effective.map(|first| {
            let last = law.expires.map_or_else(|| "..".to_owned(), |day| day.to_string());
            format!("{first}/{last}")
        }),
    );
    put(
        &mut value,
        "legislationLegalForce",
        law.in_force.map(|yes| {
            let word = if yes { "InForce" } else { "NotInForce" };
            format!("https://schema.org/{word}")
        }),
    );
    put(&mut value, "sameAs", known(&law.source));
    value
}

/// A list of items of one kind.
#[must_use]
pub fn list(who: &Organization, name: &str, address: &str) -> LinkedData {
    let page = json!({
        "@type": "CollectionPage", "url": address, "name": name, "inLanguage": "vi", "publisher": who.named(),
    });
    LinkedData::of(&[page, crumbs(&[(&who.short, &who.home), (name, address)])])
}

/// The way to a page from the first one: (name, address).
fn crumbs(steps: &[(&str, &str)]) -> Value {
    let steps: Vec<Value> = (1..)
        .zip(steps)
        .map(|(position, (name, address))| {
            json!({ "@type": "ListItem", "position": position, "name": name, "item": address })
        })
        .collect();
    json!({ "@type": "BreadcrumbList", "itemListElement": steps })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_title_ends_the_block() {
        let who = Organization {
            name: "</script><script>alert(1)</script> & <!-- Sở".into(),
            ..Organization::default()
        };
        let text = home(&who).to_string();
        assert!(!text.contains(['<', '>', '&']), "{text}");
        let read: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(read["@graph"][1]["name"], who.name.as_str());
    }

    #[test]
    fn what_is_not_known_is_not_said() {
        let bare = legislation(&Legislation {
            number: "1/2020".into(),
            ..Legislation::default()
        });
        for property in [
            "legislationDate",
            "temporalCoverage",
            "legislationLegalForce",
            "sameAs",
        ] {
            assert!(bare.get(property).is_none(), "{property}");
        }
    }
}
