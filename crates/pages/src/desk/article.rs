//! Items of an agency: the list, one item with its acts, the editor, versions and what differs between them.

mod editor;
mod list;
mod preview;
mod reading;
mod version;

pub use editor::{BasisRow, Beside, Editor, PictureBox, Returned};
pub use list::{ArticleList, Tab};
pub use preview::Preview;
pub use reading::{Acts, ArticlePage, Changes, Decision, LogLine, Reading};
pub use version::{ArticleVersions, Comparison, OneVersion};
