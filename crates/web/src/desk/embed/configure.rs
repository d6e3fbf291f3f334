//! What a webmaster chose, from the address of the page; what is pasted then.

use pbgdpl_model::article::Kind;
use pbgdpl_model::id::ArticleId;
use pbgdpl_pages::desk::embed::{Chosen, Configured, Host, Parts, Shown, Way, handouts, pinned, steps};
use pbgdpl_pages::form::{Choice, Field};
use pbgdpl_store::tenant::EmbedRow;
use serde::Deserialize;

use crate::embed::newest;
use crate::extract::Staff;
use crate::state::AppState;

/// Heights of a frame that may be chosen, in CSS pixels.
const HEIGHTS: (u32, u32, u32) = (200, 900, 3000);
/// Items of a list that may be chosen.
const COUNTS: (u32, u32) = (1, 20);

/// `?tren=&xem=&cach=&loai=&so=&bai=&cao=`
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    /// What the site runs on.
    pub tren: String,
    /// What to show.
    pub xem: String,
    /// How; nothing is what serves such a site best.
    pub cach: String,
    /// Items of this kind only.
    pub loai: String,
    /// How many.
    pub so: String,
    /// One item: its address, or its id.
    pub bai: String,
    /// Height.
    pub cao: String,
}

/// The same, understood; what cannot be is left at the usual.
#[derive(Debug, Clone)]
pub struct Choices {
    /// What the site runs on.
    pub host: Host,
    /// What to show.
    pub shown: Shown,
    /// How.
    pub way: Way,
    /// Items of this kind only.
    pub kind: Option<Kind>,
    /// How many.
    pub count: Option<u64>,
    /// The one item.
    pub item: Option<ArticleId>,
    /// Height of the frame in CSS pixels.
    pub height: u32,
    /// The address of the item was typed and is none of ours.
    pub wrong_item: bool,
}

impl Wanted {
    /// What was chosen.
    #[must_use]
    pub fn understood(&self) -> Choices {
        let host = Host::of(&self.tren);
        let item = item_of(&self.bai);
        // Of one item there is nothing to show before it is named.
        let shown = match Shown::of(&self.xem) {
            Shown::Item if item.is_none() => Shown::Section,
            shown => shown,
        };
        let way = if self.cach.is_empty() {
            host.best()
        } else {
            Way::of(&self.cach)
        };
        Choices {
            host,
            shown,
            way: fitting(way, shown),
            kind: self.loai.parse().ok(),
            count: self.so.trim().parse().ok().map(|count: u64| {
                let (least, most) = (u64::from(COUNTS.0), u64::from(COUNTS.1));
                count.clamp(least, most)
            }),
            item,
            height: self
                .cao
                .trim()
                .parse()
                .map_or(HEIGHTS.1, |height: u32| height.clamp(HEIGHTS.0, HEIGHTS.2)),
            wrong_item: Shown::of(&self.xem) == Shown::Item && item.is_none(),
        }
    }
}

/// The way, where this can be brought in by it; else the one that shows everything.
fn fitting(way: Way, shown: Shown) -> Way {
    if way.shows(shown) { way } else { Way::Loader }
}

/// The id in the address of an item, however the item was reached.
fn item_of(typed: &str) -> Option<ArticleId> {
    let typed = typed.trim();
    let last = typed.rsplit("bai/").next().unwrap_or(typed);
    let id = last.split(['-', '?', '#', '/']).next().unwrap_or(last);
    id.parse().ok()
}

/// What is pasted after these choices.
#[must_use]
pub fn configured(
    state: &AppState,
    staff: &Staff,
    row: &EmbedRow,
    (wanted, action): (&Wanted, &str),
) -> Configured {
    let choices = wanted.understood();
    let (embed, public) = (state.settings.embed.as_str(), state.settings.public.as_str());
    let tenant = staff.ctx.tenant();
    let title = format!(
        "Chuyên mục phổ biến, giáo dục pháp luật của {}",
        tenant.short(staff.today())
    );
    let item = choices.item.map(|item| item.to_string()).unwrap_or_default();
    let parts = Parts {
        embed,
        public,
        slug: tenant.slug(),
        key: &row.key,
        title: &title,
        kind: choices.kind.map_or("", Kind::word),
        count: choices.count,
        item: &item,
        height: choices.height,
    };
    let (way, shown) = (choices.way, choices.shown);
    let loads = matches!(way, Way::Loader | Way::Element);
    let in_page = matches!(way, Way::Include | Way::Php);
    let seen = if in_page {
        parts.fragment(shown)
    } else {
        parts.path(shown)
    };
    Configured {
        choices: fields(&choices, wanted),
        gives: way.gives(),
        snippet: parts.snippet(way, shown),
        label: Parts::label(way),
        beside: handouts(way, shown, &parts),
        pinned: newest()
            .filter(|_| loads)
            .map(|twin| pinned(embed, &twin.file, &twin.integrity)),
        steps: steps(choices.host, way),
        preview: format!("{action}/xem?{}", query(&choices, in_page)),
        window: format!("{embed}/k/{}/{seen}", row.key),
        height: choices.height,
    }
}

fn query(choices: &Choices, in_page: bool) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.append_pair("xem", choices.shown.word());
    if in_page {
        query.append_pair("cach", choices.way.word());
    }
    if let Some(kind) = choices.kind {
        query.append_pair("loai", kind.word());
    }
    if let Some(count) = choices.count {
        query.append_pair("so", &count.to_string());
    }
    if let Some(item) = choices.item {
        query.append_pair("bai", &item.to_string());
    }
    query.finish()
}

/// The fields, each with what could not be taken as it was sent and what is used instead.
fn fields(choices: &Choices, wanted: &Wanted) -> Vec<Field> {
    let kinds = [Kind::Tin, Kind::VanBanMoi, Kind::ToGap];
    let mut kind = vec![choice("", "Mọi loại", choices.kind.is_none())];
    kind.extend(
        kinds
            .into_iter()
            .map(|one| choice(one.word(), one.label(), choices.kind == Some(one))),
    );
    let no_kind = !wanted.loai.is_empty() && choices.kind.is_none();
    let item = Field::text("bai", "Bài").optional();
    let item = item
        .with_hint("Chỉ khi hiện một bài: dán địa chỉ của bài đã công bố.")
        .with_value(&wanted.bai)
        .with_error(
            choices
                .wrong_item
                .then_some("chưa đọc được. Dán địa chỉ của một bài đã công bố; đang hiện cả chuyên mục."),
        );
    let count = choices.count.map(|count| count.to_string());
    let used = count.clone().unwrap_or_else(|| "số thường lệ".to_owned());
    let height = choices.height.to_string();
    vec![
        Field::select("tren", "Trang của cơ quan chạy trên", list(choices.host))
            .with_error(unknown::<Host>(&wanted.tren)),
        Field::select("xem", "Muốn hiện", list(Shown::of(&wanted.xem)))
            .with_error(unknown::<Shown>(&wanted.xem)),
        Field::select("cach", "Cách gắn", ways(choices, wanted)).with_error(unfit(choices, wanted)),
        Field::select("loai", "Loại bài (danh sách)", kind)
            .optional()
            .with_error(no_kind.then_some("không có loại này. Đang dùng mọi loại.")),
        figure(
            ("so", "Số bài (danh sách)"),
            (&wanted.so, count.unwrap_or_default()),
            off(&wanted.so, COUNTS, &used),
        )
        .optional(),
        item,
        figure(
            ("cao", "Chiều cao khung, điểm ảnh"),
            (&wanted.cao, height.clone()),
            off(&wanted.cao, (HEIGHTS.0, HEIGHTS.2), &height),
        ),
    ]
}

/// A figure as it is used; as it was typed where it is not.
fn figure((name, label): (&str, &str), (typed, used): (&str, String), error: Option<String>) -> Field {
    let value = if error.is_some() { typed.to_owned() } else { used };
    Field::figure(name, label).with_value(value).with_error(error)
}

/// What is said of a figure that was typed and is not used as it stands.
fn off(typed: &str, (least, most): (u32, u32), used: &str) -> Option<String> {
    let typed = typed.trim();
    match typed.parse::<u64>() {
        _ if typed.is_empty() => None,
        Ok(number) if (u64::from(least)..=u64::from(most)).contains(&number) => None,
        Ok(_) => Some(format!("chỉ từ {least} đến {most}. Đang dùng {used}.")),
        Err(_) => Some(format!(
            "chưa đọc được. Ghi một số từ {least} đến {most}; đang dùng {used}."
        )),
    }
}

/// What is said of a word that stands in no list.
fn unknown<T: Chosen>(word: &str) -> Option<String> {
    let known = word.is_empty() || T::ALL.iter().any(|one| one.word() == word);
    (!known).then(|| format!("không có lựa chọn này. Đang dùng “{}”.", T::USUAL.label()))
}

/// What is said of a way that was chosen and cannot show what was chosen.
fn unfit(choices: &Choices, wanted: &Wanted) -> Option<String> {
    if wanted.cach.is_empty() {
        return None;
    }
    let asked = Way::of(&wanted.cach);
    unknown::<Way>(&wanted.cach).or_else(|| {
        (asked != choices.way).then(|| {
            format!(
                "“{}” không hiện riêng được “{}”. Đang dùng “{}”.",
                asked.label(),
                choices.shown.label(),
                choices.way.label()
            )
        })
    })
}

/// Every way, and first that the best one is taken.
fn ways(choices: &Choices, wanted: &Wanted) -> Vec<Choice> {
    let best = wanted.cach.is_empty();
    let label = format!("Tự chọn: {}", fitting(choices.host.best(), choices.shown).label());
    let own = Way::ALL
        .iter()
        .map(|way| choice(way.word(), way.label(), !best && *way == choices.way));
    std::iter::once(choice("", &label, best)).chain(own).collect()
}

fn list<T: Chosen>(chosen: T) -> Vec<Choice> {
    T::ALL
        .iter()
        .map(|one| choice(one.word(), one.label(), *one == chosen))
        .collect()
}

fn choice(value: &str, label: &str, chosen: bool) -> Choice {
    Choice {
        value: value.into(),
        label: label.into(),
        hint: String::new(),
        chosen,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_is_found_in_any_of_its_addresses() {
        let id = "01jd0000000000000000000000";
        for typed in [
            id.to_owned(),
            format!("https://pl.example/so-a/bai/{id}-khai-sinh"),
            format!(" https://nhung.example/k/0123/bai/{id}?x=1 "),
            format!("https://so-a.example/?pbgdpl=bai/{id}-khai-sinh#muc"),
        ] {
            assert_eq!(
                item_of(&typed).map(|id| id.to_string()),
                Some(id.to_owned()),
                "{typed}"
            );
        }
        assert!(item_of("https://pl.example/so-a/").is_none());
    }

    /// What is said of each field.
    fn told(wanted: &Wanted) -> Vec<(String, String)> {
        fields(&wanted.understood(), wanted)
            .into_iter()
            .filter_map(|field| Some((field.name, field.error?)))
            .collect()
    }

    #[test]
    fn what_is_not_used_as_it_was_sent_is_said() {
        let right = Wanted {
            tren: "may-chu".into(),
            xem: "danh-sach".into(),
            cach: "manh".into(),
            loai: "tin".into(),
            so: "3".into(),
            cao: " 600 ".into(),
            ..Wanted::default()
        };
        for right in [right, Wanted::default()] {
            assert!(told(&right).is_empty(), "{:?}", told(&right));
        }
        let wrong = Wanted {
            tren: "la".into(),
            xem: "la".into(),
            cach: "la".into(),
            loai: "la".into(),
            so: "0".into(),
            bai: "la".into(),
            cao: "cao".into(),
        };
        let names = |told: Vec<(String, String)>| told.into_iter().map(|(name, _)| name).collect::<Vec<_>>();
        // Of one item nothing was asked.
        assert_eq!(names(told(&wrong)), ["tren", "xem", "cach", "loai", "so", "cao"]);
        let wrong = Wanted {
            xem: "bai".into(),
            ..Wanted::default()
        };
        assert_eq!(names(told(&wrong)), ["bai"]);
        let wrong = Wanted {
            xem: "danh-sach".into(),
            cach: "goi".into(),
            so: "21".into(),
            ..Wanted::default()
        };
        let told = told(&wrong);
        assert_eq!(told[0].1.matches('“').count(), 3, "{told:?}");
        assert!(told[1].1.contains("Đang dùng 20."), "{told:?}");
    }

    #[test]
    fn what_does_not_go_together_falls_back() {
        let wanted = Wanted {
            tren: "may-chu".into(),
            xem: "tim-kiem".into(),
            ..Wanted::default()
        };
        let choices = wanted.understood();
        assert_eq!((choices.shown, choices.way), (Shown::Search, Way::Loader));
        let wanted = Wanted {
            xem: "bai".into(),
            bai: "khong phai".into(),
            cao: "9".into(),
            ..Wanted::default()
        };
        let choices = wanted.understood();
        assert_eq!((choices.shown, choices.height), (Shown::Section, 200));
        assert!(choices.wrong_item);
    }
}
