//! The datasets with their columns.

/// A dataset.
#[derive(Debug, PartialEq, Eq)]
pub struct Dataset {
    /// In addresses: "bai".
    pub id: &'static str,
    /// What it is called.
    pub title: &'static str,
    /// What is in it, and what is not.
    pub description: &'static str,
    /// Words to find it by.
    pub keywords: &'static [&'static str],
    /// Its columns, in order.
    pub columns: &'static [Column],
    /// The columns that tell one row from all others.
    pub key: &'static [&'static str],
}

/// A column.
#[derive(Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name: the head in the CSV file, the member in the JSON file.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// What it means, with its unit.
    pub meaning: &'static str,
    /// Whether every row has it.
    pub required: bool,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text,
    /// Words, `;` between them in the CSV file.
    Words,
    /// An address or another URI.
    Uri,
    /// A whole number.
    Whole,
    /// A day: 2020-06-15.
    Day,
    /// An instant with its offset (RFC 3339).
    Instant,
}

impl Kind {
    /// On the screen.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Text => "chữ",
            Self::Words => "nhiều từ, cách nhau bằng dấu ;",
            Self::Uri => "địa chỉ, định danh (URI)",
            Self::Whole => "số nguyên",
            Self::Day => "ngày, dạng 2020-06-15",
            Self::Instant => "thời điểm (RFC 3339)",
        }
    }

    /// In the vocabulary of XML Schema, as CSVW names it.
    #[must_use]
    pub const fn datatype(self) -> &'static str {
        match self {
            Self::Text | Self::Words => "string",
            Self::Uri => "anyURI",
            Self::Whole => "integer",
            Self::Day => "date",
            Self::Instant => "dateTimeStamp",
        }
    }
}

const fn always(name: &'static str, kind: Kind, meaning: &'static str) -> Column {
    Column {
        name,
        kind,
        meaning,
        required: true,
    }
}

const fn sometimes(name: &'static str, kind: Kind, meaning: &'static str) -> Column {
    Column {
        name,
        kind,
        meaning,
        required: false,
    }
}

/// All of them.
pub const ALL: [Dataset; 3] = [
    Dataset {
        id: "bai",
        title: "Bài phổ biến, giáo dục pháp luật đang công bố",
        description: "Mỗi dòng một bài: tin, giới thiệu văn bản mới, tờ gấp. Bài đã gỡ không có ở đây; muốn biết bài nào đã gỡ, \
                      dùng API hoặc OAI-PMH.",
        keywords: &["phổ biến, giáo dục pháp luật", "văn bản mới", "tờ gấp"],
        columns: &[
            always("id", Kind::Uri, "Định danh không đổi của bài (urn:uuid)."),
            always("agency", Kind::Text, "Mã của cơ quan trong địa chỉ."),
            always("agency_name", Kind::Text, "Tên đầy đủ của cơ quan hôm nay."),
            always("kind", Kind::Text, "Loại: tin, van-ban-moi, to-gap."),
            always("title", Kind::Text, "Tiêu đề."),
            always("summary", Kind::Text, "Một câu thay cho cả bài."),
            always("address", Kind::Uri, "Địa chỉ duy nhất của bài."),
            always("language", Kind::Text, "Ngôn ngữ (BCP 47)."),
            always("published_at", Kind::Instant, "Lần đầu công bố."),
            always("changed_at", Kind::Instant, "Lần công bố sau cùng."),
            sometimes("fields", Kind::Words, "Mã lĩnh vực pháp luật."),
            sometimes(
                "document_number",
                Kind::Text,
                "Số, ký hiệu của văn bản được giới thiệu; trống ở loại khác.",
            ),
            sometimes("document_kind", Kind::Text, "Loại văn bản được giới thiệu."),
            sometimes(
                "document_issuer",
                Kind::Text,
                "Cơ quan ban hành văn bản được giới thiệu.",
            ),
            sometimes("document_issued", Kind::Day, "Ngày ban hành."),
            sometimes("document_effective", Kind::Day, "Ngày có hiệu lực."),
            sometimes(
                "document_expires",
                Kind::Day,
                "Ngày hết hiệu lực; trống khi chưa biết.",
            ),
        ],
        key: &["id"],
    },
    Dataset {
        id: "so-lieu",
        title: "Số liệu phổ biến, giáo dục pháp luật mà tỉnh công khai",
        description: "Mỗi dòng là một tháng hoặc một cơ quan của một số liệu. Chỉ gồm số liệu đã được hai người của tỉnh đồng ý công \
                      khai; số quá nhỏ để trống. Không có dòng cộng.",
        keywords: &["phổ biến, giáo dục pháp luật", "thống kê"],
        columns: &[
            always("id", Kind::Uri, "Định danh không đổi của số liệu (urn:uuid)."),
            always("title", Kind::Text, "Tên số liệu."),
            always("measure", Kind::Text, "Mã chỉ tiêu được đếm."),
            always("unit", Kind::Text, "Đơn vị tính của cột value."),
            always("definition", Kind::Text, "Đếm gì, không đếm gì."),
            always("year", Kind::Whole, "Năm."),
            always("until", Kind::Day, "Ngày cuối cùng được tính."),
            sometimes("group", Kind::Text, "Loại cơ quan; trống khi dòng là tháng."),
            always("label", Kind::Text, "Tháng hoặc cơ quan."),
            sometimes(
                "value",
                Kind::Whole,
                "Số lượng, theo đơn vị ở cột unit; trống khi quá nhỏ để nêu.",
            ),
        ],
        key: &["id", "group", "label"],
    },
    Dataset {
        id: "co-quan",
        title: "Cơ quan có chuyên mục phổ biến, giáo dục pháp luật",
        description: "Mỗi dòng một cơ quan đang mở chuyên mục, với tên và loại của ngày lấy dữ liệu.",
        keywords: &["cơ quan nhà nước", "phổ biến, giáo dục pháp luật"],
        columns: &[
            always("id", Kind::Uri, "Định danh không đổi của cơ quan (urn:uuid)."),
            always(
                "code",
                Kind::Text,
                "Mã trong địa chỉ; đổi khi cơ quan đổi tên, mã cũ vẫn dùng được.",
            ),
            always("name", Kind::Text, "Tên đầy đủ."),
            always("short_name", Kind::Text, "Tên ngắn."),
            always("kind", Kind::Text, "Loại cơ quan."),
            sometimes("parent", Kind::Text, "Cơ quan cấp trên; trống khi không ghi."),
            always("address", Kind::Uri, "Địa chỉ chuyên mục."),
        ],
        key: &["id"],
    },
];

impl Dataset {
    /// The dataset of an id.
    #[must_use]
    pub fn of(id: &str) -> Option<&'static Self> {
        ALL.iter().find(|dataset| dataset.id == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_columns_and_columns_stand_once() {
        for dataset in &ALL {
            for key in dataset.key {
                assert!(
                    dataset.columns.iter().any(|column| column.name == *key),
                    "{}: {key}",
                    dataset.id
                );
            }
            for (at, column) in dataset.columns.iter().enumerate() {
                let twins = dataset.columns.iter().skip(at + 1);
                assert_eq!(
                    twins.filter(|other| other.name == column.name).count(),
                    0,
                    "{}",
                    column.name
                );
            }
        }
    }
}
