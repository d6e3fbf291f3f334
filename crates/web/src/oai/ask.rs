//! What a harvester asks: verbs with their arguments (OAI-PMH 4), each known, each once, each as it must look.

use chrono::{DateTime, NaiveDate, NaiveDateTime};
use pbgdpl_model::article::Kind;
use pbgdpl_model::clock::Moment;
use pbgdpl_model::id::{ArticleId, TenantId};
use pbgdpl_pages::oai::OaiError;
use pbgdpl_scope::{Found, Snapshot};
use pbgdpl_store::public::Changes;

use super::token;

/// Before the slug of an agency, in the name of its set.
pub(super) const AGENCY: &str = "co-quan.";
/// Before the word of a kind, in the name of its set.
pub(super) const KIND: &str = "loai.";
/// The one format.
const FORMAT: &str = "oai_dc";

/// A request that can be answered.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Asked {
    pub(super) verb: Verb,
}

/// What is asked for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Verb {
    Identify,
    ListSets,
    ListMetadataFormats(Option<String>),
    GetRecord(String),
    ListIdentifiers(List),
    ListRecords(List),
}

/// Which records, and after which.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct List {
    pub(super) set: Option<String>,
    pub(super) from: Option<Moment>,
    pub(super) until: Option<Moment>,
    pub(super) after: Option<(Moment, ArticleId)>,
}

/// The arguments by name.
struct Arguments<'a>(&'a [(String, String)]);

impl<'a> Arguments<'a> {
    /// No argument but these, and none twice.
    fn only(&self, known: &[&str]) -> Result<(), OaiError> {
        for (at, (name, _)) in self.0.iter().enumerate() {
            if !known.contains(&name.as_str()) {
                return Err(bad(format!("the argument {name} does not belong to this verb")));
            }
            if self.0.iter().skip(at + 1).any(|(other, _)| other == name) {
                return Err(bad(format!("the argument {name} is repeated")));
            }
        }
        Ok(())
    }

    fn get(&self, wanted: &str) -> Option<&'a str> {
        self.0
            .iter()
            .find(|(name, _)| name == wanted)
            .map(|(_, value)| value.as_str())
    }

    fn needed(&self, wanted: &str) -> Result<&'a str, OaiError> {
        self.get(wanted)
            .ok_or_else(|| bad(format!("the argument {wanted} is missing")))
    }

    fn format(&self) -> Result<(), OaiError> {
        if self.needed("metadataPrefix")? == FORMAT {
            Ok(())
        } else {
            Err(OaiError::CannotDisseminateFormat)
        }
    }
}

fn bad(why: impl Into<String>) -> OaiError {
    OaiError::BadArgument(why.into())
}

impl Asked {
    /// Reads a request.
    pub(super) fn read(fields: &[(String, String)], key: &[u8; 32]) -> Result<Self, OaiError> {
        let arguments = Arguments(fields);
        let verbs = fields.iter().filter(|(name, _)| name == "verb").count();
        let verb = arguments
            .get("verb")
            .filter(|_| verbs == 1)
            .ok_or(OaiError::BadVerb)?;
        let verb = match verb {
            "Identify" => {
                arguments.only(&["verb"])?;
                Verb::Identify
            }
            "ListSets" => {
                arguments.only(&["verb", "resumptionToken"])?;
                // All sets stand in one answer: no token was ever given out.
                if arguments.get("resumptionToken").is_some() {
                    return Err(OaiError::BadResumptionToken);
                }
                Verb::ListSets
            }
            "ListMetadataFormats" => {
                arguments.only(&["verb", "identifier"])?;
                Verb::ListMetadataFormats(arguments.get("identifier").map(str::to_owned))
            }
            "GetRecord" => {
                arguments.only(&["verb", "identifier", "metadataPrefix"])?;
                let identifier = arguments.needed("identifier")?.to_owned();
                arguments.format()?;
                Verb::GetRecord(identifier)
            }
            "ListIdentifiers" => Verb::ListIdentifiers(List::read(&arguments, false, key)?),
            "ListRecords" => Verb::ListRecords(List::read(&arguments, true, key)?),
            _ => return Err(OaiError::BadVerb),
        };
        Ok(Self { verb })
    }
}

impl List {
    /// `whole`: which of the two verbs asks; a token goes on with the list of its own verb (4.3, 4.5).
    fn read(arguments: &Arguments<'_>, whole: bool, key: &[u8; 32]) -> Result<Self, OaiError> {
        if let Some(token) = arguments.get("resumptionToken") {
            // It stands alone (2.5).
            arguments.only(&["verb", "resumptionToken"])?;
            return token::read(token, whole, key).ok_or(OaiError::BadResumptionToken);
        }
        arguments.only(&["verb", "metadataPrefix", "set", "from", "until"])?;
        arguments.format()?;
        let from = arguments.get("from").map(|text| stamp(text, false)).transpose()?;
        let until = arguments.get("until").map(|text| stamp(text, true)).transpose()?;
        if let (Some(from), Some(until)) = (arguments.get("from"), arguments.get("until"))
            && from.len() != until.len()
        {
            return Err(bad("from and until differ in granularity"));
        }
        if let (Some(from), Some(until)) = (from, until)
            && from > until
        {
            return Err(bad("from is later than until"));
        }
        Ok(Self {
            set: arguments.get("set").map(str::to_owned),
            from,
            until,
            after: None,
        })
    }

    /// What the store is asked; none where there is no such set.
    pub(super) fn which(&self, agencies: &Snapshot) -> Option<Changes> {
        let (tenant, kind) = match self.set.as_deref() {
            None => (None, None),
            Some(set) => of_set(set, agencies)?,
        };
        Some(Changes {
            tenant,
            kind,
            from: self.from,
            until: self.until,
            after: self.after,
        })
    }

    /// The token with which the list goes on after this record.
    pub(super) fn goes_on(&self, at: Moment, id: ArticleId, whole: bool, key: &[u8; 32]) -> String {
        let next = Self {
            after: Some((at, id)),
            ..self.clone()
        };
        token::write(&next, whole, key)
    }
}

fn of_set(set: &str, agencies: &Snapshot) -> Option<(Option<TenantId>, Option<Kind>)> {
    if let Some(word) = set.strip_prefix(KIND) {
        return Some((None, Some(word.parse().ok()?)));
    }
    let (Found::Here(tenant) | Found::Moved(tenant)) = agencies.by_slug(set.strip_prefix(AGENCY)?)?;
    Some((Some(tenant.id()), None))
}

/// A datestamp in one of the two granularities (3.3.1); `last`: the end of what it names.
fn stamp(text: &str, last: bool) -> Result<Moment, OaiError> {
    let wrong = || bad("a date must look like 2020-06-15 or 2020-06-15T01:00:00Z");
    let at = |time: NaiveDateTime| Moment::from_millis(time.and_utc().timestamp_millis());
    if text.len() == 10 {
        let day: NaiveDate = text.parse().map_err(|_| wrong())?;
        let start = at(day.and_time(chrono::NaiveTime::MIN));
        return Ok(if last {
            start.plus_millis(86_399_999)
        } else {
            start
        });
    }
    if text.len() != 20 || !text.ends_with('Z') {
        return Err(wrong());
    }
    let instant = DateTime::parse_from_rfc3339(text).map_err(|_| wrong())?;
    let start = Moment::from_millis(instant.timestamp_millis());
    Ok(if last { start.plus_millis(999) } else { start })
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: [u8; 32] = [7; 32];

    fn read(query: &str) -> Result<Verb, OaiError> {
        let fields: Vec<(String, String)> = serde_html_form::from_str(query).unwrap();
        Asked::read(&fields, &KEY).map(|asked| asked.verb)
    }

    #[test]
    fn wrong_requests_are_named_by_the_codes_of_the_protocol() {
        for query in ["", "verb=", "verb=identify", "verb=Identify&verb=Identify"] {
            assert_eq!(read(query), Err(OaiError::BadVerb), "{query}");
        }
        for query in [
            "verb=Identify&x=1",
            "verb=GetRecord&metadataPrefix=oai_dc",
            "verb=GetRecord&identifier=urn:uuid:1",
            "verb=ListRecords",
            "verb=ListRecords&metadataPrefix=oai_dc&metadataPrefix=oai_dc",
            "verb=ListRecords&metadataPrefix=oai_dc&from=2020-13-01",
            "verb=ListRecords&metadataPrefix=oai_dc&from=2020-06-15T01:00:00%2B07:00",
            "verb=ListRecords&metadataPrefix=oai_dc&from=2020-06-15&until=2020-06-15T00:00:00Z",
            "verb=ListRecords&metadataPrefix=oai_dc&from=2020-06-16&until=2020-06-15",
            "verb=ListRecords&metadataPrefix=oai_dc&resumptionToken=x",
        ] {
            assert!(matches!(read(query), Err(OaiError::BadArgument(_))), "{query}");
        }
        for query in [
            "verb=ListRecords&resumptionToken=x",
            "verb=ListSets&resumptionToken=x",
        ] {
            assert_eq!(read(query), Err(OaiError::BadResumptionToken), "{query}");
        }
        let query = "verb=ListRecords&metadataPrefix=marc";
        assert_eq!(read(query), Err(OaiError::CannotDisseminateFormat));
    }

    #[test]
    fn both_ends_of_a_span_belong_to_it() {
        let Ok(Verb::ListRecords(list)) =
            read("verb=ListRecords&metadataPrefix=oai_dc&from=2020-06-15&until=2020-06-15")
        else {
            panic!("a list")
        };
        let (from, until) = (list.from.unwrap(), list.until.unwrap());
        assert_eq!(until.millis() - from.millis(), 86_399_999);
    }
}
