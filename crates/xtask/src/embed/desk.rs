//! Somebody at the desk: what a webmaster or an administrator sends with forms.

use anyhow::{Context, ensure};

use super::http::{self, Answer, encode};

/// A signed-in person.
pub struct Desk {
    origin: String,
    cookies: String,
}

/// A page of another site that may show the section, and what the desk hands out for it, word by word.
#[derive(Clone, Debug)]
pub struct Site {
    /// Its page at the desk.
    pub page: String,
    /// The permanent key.
    pub key: String,
    /// A link.
    pub link: String,
    /// The frame alone.
    pub frame: String,
    /// The frame with the loader.
    pub loader: String,
    /// The line of the loader with its integrity.
    pub pinned: String,
    /// The custom element.
    pub element: String,
}

impl Desk {
    /// Signs in with a one-time link.
    pub fn enter(origin: &str, link: &str) -> anyhow::Result<Self> {
        let answer = http::get(link)?;
        ensure!(answer.status == 303, "the way in is closed: {}", answer.status);
        let pairs = answer
            .all("set-cookie")
            .filter_map(|cookie| cookie.split(';').next());
        let cookies: Vec<&str> = pairs.filter(|pair| !pair.ends_with('=')).collect();
        Ok(Self {
            origin: origin.to_owned(),
            cookies: cookies.join("; "),
        })
    }

    /// Who the person is, as the header of a request says it.
    pub fn cookies(&self) -> &str {
        &self.cookies
    }

    /// Opens a page.
    pub fn read(&self, path: &str) -> anyhow::Result<String> {
        let answer = http::send(
            "GET",
            &format!("{}{path}", self.origin),
            &[("cookie", &self.cookies)],
            "",
        )?;
        ensure!(answer.status == 200, "{path}: {}", answer.status);
        Ok(answer.text())
    }

    /// Sends a form; the desk sends on to where its outcome is seen.
    pub fn post(&self, path: &str, fields: &[(&str, &str)]) -> anyhow::Result<String> {
        let pairs: Vec<String> = fields
            .iter()
            .map(|(name, value)| format!("{}={}", encode(name), encode(value)))
            .collect();
        let headers = [
            ("cookie", self.cookies.as_str()),
            ("origin", self.origin.as_str()),
            ("content-type", "application/x-www-form-urlencoded"),
        ];
        let answer = http::send(
            "POST",
            &format!("{}{path}", self.origin),
            &headers,
            &pairs.join("&"),
        )?;
        sent_on(&answer).with_context(|| format!("{path}: {} {}", answer.status, told(&answer.text())))
    }

    /// Adds a site of an agency and copies what its page offers.
    pub fn add_site(&self, agency: &str, name: &str, origins: &str) -> anyhow::Result<Site> {
        let to = self.post(
            &format!("/quan-tri/{agency}/gan"),
            &[("site", name), ("origins", origins)],
        )?;
        let page = to.split('?').next().unwrap_or_default().to_owned();
        self.site(&page)
    }

    /// Copies what a site's page offers.
    pub fn site(&self, page: &str) -> anyhow::Result<Site> {
        let whole = |way: &str| self.copied(page, &format!("tren=html&xem=chuyen-muc&cach={way}"));
        let frame = whole("khung")?;
        let key = frame.split("/k/").nth(1).and_then(|rest| rest.get(..26));
        Ok(Site {
            page: page.to_owned(),
            key: key.context("no key")?.to_owned(),
            link: whole("lien-ket")?,
            loader: whole("khung-tu-cao")?,
            pinned: field(&self.read(page)?, "ma-ghim")?,
            element: whole("the-rieng")?,
            frame,
        })
    }

    /// What the configurator of a site hands out for a choice.
    pub fn copied(&self, page: &str, choice: &str) -> anyhow::Result<String> {
        field(&self.read(&format!("{page}?{choice}"))?, "ma-dan").with_context(|| choice.to_owned())
    }
}

/// Where a form was sent on to, unless it is to sign in first.
fn sent_on(answer: &Answer) -> Option<String> {
    let to = answer.header("location").unwrap_or_default();
    let again = ["/dang-nhap", "/xac-thuc", "/tai-khoan"];
    let done = answer.status == 303 && !again.iter().any(|way| to.starts_with(way));
    done.then(|| to.to_owned())
}

/// The first words of a page that say what was wrong.
fn told(page: &str) -> String {
    page.split("class=\"errors")
        .nth(1)
        .unwrap_or_default()
        .chars()
        .take(300)
        .collect()
}

/// What stands in a text field, as it would be copied.
fn field(page: &str, id: &str) -> anyhow::Result<String> {
    let rest = page
        .split(&format!("id=\"{id}\""))
        .nth(1)
        .with_context(|| format!("no field {id}"))?;
    let text = rest
        .split_once('>')
        .and_then(|(_, text)| text.split("</textarea>").next());
    Ok(plain(text.with_context(|| format!("field {id} has no end"))?))
}

/// Text without the references of HTML.
pub fn plain(html: &str) -> String {
    [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#34;", "\""),
        ("&#60;", "<"),
        ("&#62;", ">"),
        ("&#39;", "'"),
        ("&#38;", "&"),
        ("&amp;", "&"),
    ]
    .iter()
    .fold(html.to_owned(), |text, (from, to)| text.replace(from, to))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_copied_as_it_reads() {
        let page =
            "<textarea id=\"ma-dan\" rows=\"8\">&#60;iframe src=&#34;x&#34;&#62;&#38; &amp;</textarea><p>";
        assert_eq!(field(page, "ma-dan").unwrap(), "<iframe src=\"x\">& &");
        field(page, "ma-ghim").unwrap_err();
    }
}
