//! What stands in the editor's form: read from what was sent or from a version, and turned into content.

use chrono::NaiveDate;
use pbgdpl_model::article::{Base, Content, Copied, Document, HttpsAddress, Kind, Language, PictureRef};
use pbgdpl_model::id::{ArticleId, MediaId};
use pbgdpl_store::tenant::TenantReader;
use pbgdpl_vietnamese::date;

use super::origin::{self, item_of};
use crate::error::Error;
use crate::state::AppState;

/// Legal bases that the form offers.
pub(super) const BASES: usize = 8;

/// The act of a button.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pressed {
    /// Keep.
    Save,
    /// Keep, then send to be approved.
    Submit,
    /// Show as the public will see it; nothing is kept.
    Preview,
}

/// What stands in the form, as typed.
#[derive(Debug, Clone, Default)]
pub(super) struct Draft {
    fields: Vec<(String, String)>,
}

/// A field and what is wrong with it.
pub(super) type Trouble = (&'static str, String);

impl Draft {
    /// As sent. Browsers send line ends of two characters; ours have one.
    pub(super) fn sent(fields: Vec<(String, String)>) -> Self {
        let plain = |(name, value): (String, String)| (name, value.replace("\r\n", "\n"));
        Self {
            fields: fields.into_iter().map(plain).collect(),
        }
    }

    /// As a version has it.
    pub(super) fn of(content: &Content) -> Self {
        let day = |day: Option<NaiveDate>| day.map(date::dmy).unwrap_or_default();
        let mut draft = Self::default();
        draft.put("title", &content.title);
        draft.put("summary", &content.summary);
        draft.put("body", &content.body);
        draft.put("source", &content.source);
        draft.put("language", content.language.word());
        if let Some(original) = content.translates {
            draft.put("translates", &original.to_string());
        }
        if let Some(copied) = &content.copied {
            draft.put("copied_from", copied.from.as_str());
            if copied.verbatim {
                draft.put("verbatim", "1");
            }
        }
        for id in &content.fields {
            draft.put("fields", id);
        }
        for id in &content.audiences {
            draft.put("audiences", id);
        }
        for base in &content.bases {
            draft.put("base_number", &base.number);
            draft.put("base_title", &base.title);
            draft.put("base_articles", &base.articles);
        }
        if let Some(picture) = &content.picture {
            draft.put("picture", &picture.media.to_string());
            draft.put("alt", &picture.alt);
        }
        if let Some(document) = &content.document {
            draft.put("document_kind", &document.kind);
            draft.put("document_number", &document.number);
            draft.put("document_issuer", &document.issuer);
            draft.put("document_issued", &day(document.issued));
            draft.put("document_effective", &day(document.effective));
            draft.put("document_expires", &day(document.expires));
            draft.put("document_affected", &document.affected);
            draft.put("document_source_url", &document.source_url);
        }
        draft
    }

    fn put(&mut self, name: &str, value: &str) {
        self.fields.push((name.to_owned(), value.to_owned()));
    }

    /// Sets a field to one value.
    pub(super) fn set(&mut self, name: &str, value: &str) {
        self.fields.retain(|(key, _)| key != name);
        self.put(name, value);
    }

    /// A field, as typed.
    pub(super) fn get(&self, name: &str) -> &str {
        self.all(name).next().unwrap_or_default()
    }

    fn all<'a, 'n>(&'a self, name: &'n str) -> impl Iterator<Item = &'a str> + use<'a, 'n> {
        self.fields
            .iter()
            .filter(move |(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// Ids that were chosen.
    pub(super) fn chosen(&self, name: &str) -> Vec<String> {
        self.all(name)
            .filter(|id| !id.is_empty())
            .map(str::to_owned)
            .collect()
    }

    /// Which button sent the form.
    pub(super) fn pressed(&self) -> Pressed {
        match self.get("act") {
            "gui" => Pressed::Submit,
            "xem-truoc" => Pressed::Preview,
            _ => Pressed::Save,
        }
    }

    /// The version that the writer had before their eyes.
    pub(super) fn based_on(&self) -> i32 {
        self.get("based_on").parse().unwrap_or(0)
    }

    /// Legal bases with something in them.
    pub(super) fn bases(&self) -> Vec<Base> {
        let rows = self
            .all("base_number")
            .zip(self.all("base_title"))
            .zip(self.all("base_articles"));
        rows.map(|((number, title), articles)| Base {
            number: number.trim().to_owned(),
            title: title.trim().to_owned(),
            articles: articles.trim().to_owned(),
        })
        .filter(|base| *base != Base::default())
        .collect()
    }

    /// The uploaded picture that is attached.
    pub(super) fn picture(&self) -> Option<MediaId> {
        if !self.get("no_picture").is_empty() {
            return None;
        }
        self.get("picture").parse().ok()
    }

    /// The content, with what cannot be taken. A picture must be a file of this agency. `own`: the item, where it exists already.
    pub(super) async fn content(
        &self,
        state: &AppState,
        agency: &TenantReader,
        own: Option<ArticleId>,
        kind: Kind,
    ) -> Result<(Content, Vec<Trouble>), Error> {
        let mut troubles = Vec::new();
        if !self.get("file").is_empty() {
            let words = "đã chọn tệp nhưng chưa tải lên. Chọn lại tệp rồi bấm “Tải ảnh lên”.";
            troubles.push(("file", words.to_owned()));
        }
        let picture = match self.picture() {
            None => None,
            Some(id) => match agency.media(id).await?.filter(|file| file.purpose == "picture") {
                Some(file) => Some(PictureRef {
                    media: id,
                    alt: self.get("alt").trim().to_owned(),
                    width: file.width.unwrap_or(0),
                    height: file.height.unwrap_or(0),
                }),
                None => {
                    troubles.push(("alt", "không tìm thấy ảnh. Tải ảnh lên lại.".to_owned()));
                    None
                }
            },
        };
        let copied = match self.copied(&mut troubles) {
            None => None,
            Some(copied) => match origin::settled(state, own, copied).await? {
                Ok(copied) => Some(copied),
                Err(reason) => {
                    troubles.push(("copied_from", reason.to_owned()));
                    None
                }
            },
        };
        let content = Content {
            title: self.get("title").trim().to_owned(),
            summary: self.get("summary").trim().to_owned(),
            body: self.get("body").trim_end().to_owned(),
            fields: self.chosen("fields"),
            audiences: self.chosen("audiences"),
            bases: self.bases(),
            document: (kind == Kind::VanBanMoi).then(|| self.document(&mut troubles)),
            picture,
            source: self.get("source").trim().to_owned(),
            language: self.language(&mut troubles),
            translates: self.translates(&mut troubles),
            copied,
        };
        Ok((content, troubles))
    }

    fn language(&self, troubles: &mut Vec<Trouble>) -> Language {
        let word = self.get("language");
        if word.is_empty() {
            return Language::default();
        }
        word.parse().unwrap_or_else(|_| {
            troubles.push(("language", "không có trong danh sách. Chọn lại.".to_owned()));
            Language::default()
        })
    }

    /// The original: what was pasted, else what was chosen.
    fn translates(&self, troubles: &mut Vec<Trouble>) -> Option<ArticleId> {
        let pasted = self.get("translates_address").trim();
        if pasted.is_empty() {
            return self.get("translates").parse().ok();
        }
        let found = item_of(pasted);
        if found.is_none() {
            let words = "không phải địa chỉ của một bài. Dán địa chỉ có dạng …/bai/….";
            troubles.push(("translates_address", words.to_owned()));
        }
        found
    }

    fn copied(&self, troubles: &mut Vec<Trouble>) -> Option<Copied> {
        let typed = self.get("copied_from").trim();
        let verbatim = !self.get("verbatim").is_empty();
        if typed.is_empty() {
            if verbatim {
                let words = "chưa ghi. Bản sao nguyên văn cần địa chỉ của bản gốc.";
                troubles.push(("copied_from", words.to_owned()));
            }
            return None;
        }
        let Ok(from) = typed.parse::<HttpsAddress>() else {
            let words = "phải là địa chỉ đầy đủ của một trang, bắt đầu bằng https://.";
            troubles.push(("copied_from", words.to_owned()));
            return None;
        };
        Some(Copied { from, verbatim })
    }

    fn document(&self, troubles: &mut Vec<Trouble>) -> Document {
        let text = |name: &str| self.get(name).trim().to_owned();
        let mut day = |name: &'static str| match date::parse_dmy(self.get(name)) {
            Ok(day) => Some(day),
            Err(date::DateError::Empty) => None,
            Err(error) => {
                troubles.push((name, format!("{error}.")));
                None
            }
        };
        let (issued, effective, expires) = (
            day("document_issued"),
            day("document_effective"),
            day("document_expires"),
        );
        let mut source_url = text("document_source_url");
        let is_address = source_url.starts_with("https://") || source_url.starts_with("http://");
        if !(source_url.is_empty() || is_address) {
            let words = "phải bắt đầu bằng https:// hoặc http://.";
            troubles.push(("document_source_url", words.to_owned()));
            source_url = String::new();
        }
        Document {
            number: text("document_number"),
            kind: text("document_kind"),
            issuer: text("document_issuer"),
            issued,
            effective,
            expires,
            affected: text("document_affected"),
            source_url,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_and_its_form_say_the_same() {
        let content = Content {
            title: "Luật".into(),
            bases: vec![Base {
                number: "52/2014/QH13".into(),
                title: "Luật Hôn nhân và gia đình".into(),
                articles: "Điều 8".into(),
            }],
            fields: vec!["dat-dai".into(), "dan-su".into()],
            language: Language::Jarai,
            translates: "00000000000000000000000000".parse().ok(),
            copied: Some(Copied {
                from: "https://pbgdpl.gov.vn/bai/1".parse().unwrap(),
                verbatim: true,
            }),
            ..Content::default()
        };
        let draft = Draft::of(&content);
        let mut troubles = Vec::new();
        assert_eq!(draft.language(&mut troubles), content.language);
        assert!(content.translates.is_some());
        assert_eq!(draft.translates(&mut troubles), content.translates);
        assert_eq!(draft.copied(&mut troubles), content.copied);
        assert!(troubles.is_empty());
        assert_eq!(draft.bases(), content.bases);
        assert_eq!(draft.chosen("fields"), content.fields);
        assert_eq!(draft.pressed(), Pressed::Save);
    }

    #[test]
    fn a_pasted_address_is_an_item_or_a_trouble() {
        let id: ArticleId = "00000000000000000000000008".parse().unwrap();
        for address in [
            format!("https://thu.example/so-a/bai/{id}-dat-dai"),
            format!("https://so-a.thu.example/bai/{id}?x=1"),
            format!("https://quantri.thu.example/quan-tri/so-a/bai/{id}/sua"),
        ] {
            assert_eq!(item_of(&address), Some(id), "{address}");
        }
        let mut draft = Draft::default();
        draft.set("translates_address", "https://thu.example/so-a/");
        let mut troubles = Vec::new();
        assert_eq!(draft.translates(&mut troubles), None);
        assert_eq!(troubles.len(), 1);
    }

    #[test]
    fn empty_rows_are_no_bases_and_line_ends_are_ours() {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let draft = Draft::sent(vec![
            pair("base_number", ""),
            pair("base_title", " "),
            pair("base_articles", ""),
            pair("body", "a\r\nb"),
            pair("act", "gui"),
        ]);
        assert!(draft.bases().is_empty());
        assert_eq!(draft.get("body"), "a\nb");
        assert_eq!(draft.pressed(), Pressed::Submit);
    }

    #[test]
    fn days_that_cannot_be_read_are_named() {
        let draft = Draft::sent(vec![("document_issued".into(), "31/02/2020".into())]);
        let mut troubles = Vec::new();
        assert_eq!(draft.document(&mut troubles).issued, None);
        assert_eq!(troubles.len(), 1);
        assert_eq!(troubles[0].0, "document_issued");
    }
}
