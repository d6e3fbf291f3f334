//! A site of another origin with four kinds of pages: plain, one whose frame loads late, one under a strict policy, one without scripts.

use std::sync::{Arc, OnceLock};

use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;

use crate::framed::OVERTAKEN;

/// The page that lets in what the guide for webmasters names, and nothing else.
pub const STRICT: &str = "chinh-sach";
/// The page whose editor takes scripts away and whose server puts a fragment in.
pub const STRIPPED: &str = "khong-ma";

/// As soon as the loader follows a deep link, the frame is sent back to where it began.
const FIRST_LOAD_WINS: &str = "<script>new MutationObserver((_, watching) => {
    const frame = document.querySelector('iframe');
    if (!frame || !frame.dataset.pbgdpl) return;
    watching.disconnect();
    frame.src = frame.src.split('/').slice(0, 5).join('/') + '/';
}).observe(document, { subtree: true, attributes: true, childList: true })</script>";

/// What the webmaster took from the desk.
#[derive(Clone, Debug)]
struct Pasted {
    snippet: String,
    /// Origin of EMBED, as the snippet names it.
    embed: String,
    key: String,
}

/// The site.
#[derive(Clone, Debug)]
pub struct Foreign {
    /// Where it listens.
    pub port: u16,
    pasted: Arc<OnceLock<Pasted>>,
}

impl Foreign {
    /// Serves pages with nothing of ours yet.
    pub async fn serve() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let site = Self {
            port: listener.local_addr().unwrap().port(),
            pasted: Arc::default(),
        };
        let (plain, late, strict, stripped) = (site.clone(), site.clone(), site.clone(), site.clone());
        let routes = axum::Router::new()
            .route("/", get(move || async move { plain.plain("") }))
            .route(
                &format!("/{OVERTAKEN}"),
                get(move || async move { late.plain(FIRST_LOAD_WINS) }),
            )
            .route(
                &format!("/{STRICT}"),
                get(move || async move { strict.under_a_policy() }),
            )
            .route(
                &format!("/{STRIPPED}"),
                get(move || async move { stripped.without_scripts().await }),
            );
        tokio::spawn(async move { axum::serve(listener, routes).await });
        site
    }

    /// Pastes the snippet into every page.
    pub fn paste(&self, snippet: &str) {
        let source = snippet.split("src=\"").nth(1).unwrap();
        let (embed, rest) = source.split_once("/k/").unwrap();
        let pasted = Pasted {
            snippet: snippet.to_owned(),
            embed: embed.to_owned(),
            key: rest.get(..26).unwrap().to_owned(),
        };
        self.pasted.set(pasted).unwrap();
    }

    fn plain(&self, before: &str) -> Html<String> {
        let snippet = self.pasted.get().map_or("", |pasted| pasted.snippet.as_str());
        page(&format!("{before}{snippet}"))
    }

    /// The sources of `docs/huong-dan/nhung/html-thuong.md`: a frame with the loader, and the element with a fragment.
    fn under_a_policy(&self) -> Response {
        let Pasted { snippet, embed, key } = self.pasted.get().unwrap();
        let policy = format!(
            "default-src 'none'; img-src data:; frame-src {embed}; script-src {embed}; connect-src {embed}; \
             style-src {embed}; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; \
             trusted-types pbgdpl"
        );
        let element = format!("<pbgdpl-section key=\"{key}\" manh so=\"3\"></pbgdpl-section>");
        (
            [("content-security-policy", policy)],
            page(&format!("{snippet}{element}")),
        )
            .into_response()
    }

    /// What is left of the snippet where scripts are taken away, and below it what the site's own server fetched.
    async fn without_scripts(&self) -> Html<String> {
        let Pasted { snippet, embed, key } = self.pasted.get().unwrap();
        let mut kept = snippet.clone();
        while let Some(start) = kept.find("<script") {
            let end = kept[start..].find("</script>").unwrap() + start + "</script>".len();
            kept.replace_range(start..end, "");
        }
        // Not every machine knows where names below `localhost` lead.
        let authority = embed.trim_start_matches("http://");
        let port = authority.rsplit(':').next().unwrap();
        let answer = reqwest::Client::new()
            .get(format!("http://127.0.0.1:{port}/k/{key}/manh?so=3"))
            .header("host", authority)
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), 200);
        let fragment = answer.text().await.unwrap();
        page(&format!("{kept}{fragment}"))
    }
}

fn page(content: &str) -> Html<String> {
    Html(format!(
        "<!doctype html><html lang=vi><meta charset=utf-8><meta name=viewport content='width=device-width'>\
         <title>Cổng thông tin</title><link rel=icon href='data:,'>\
         <main><h1>Cổng thông tin của cơ quan</h1><p><a id=truoc href='#sau'>Bỏ qua chuyên mục</a></p>{content}\
         <p><a id=sau href='#truoc'>Về đầu trang</a></p></main></html>"
    ))
}
