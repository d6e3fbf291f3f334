//! Pages of a long list: `?trang=2`, the query kept.

use askama::Template;

use crate::part::prints_itself;

/// The way through a long list. Prints nothing when one page holds it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Template)]
#[template(path = "part/pager.html")]
pub struct Pager {
    /// Address of the list with what was asked, and without `trang`: "/tim-kiem?q=dat" or "/loai/tin".
    pub base: String,
    /// This page, from 1.
    pub page: u64,
    /// Last page.
    pub last: u64,
}

impl Pager {
    /// The pages of `total` entries, `size` to a page.
    #[must_use]
    pub fn new(base: impl Into<String>, page: u64, total: u64, size: u64) -> Self {
        Self {
            base: base.into(),
            page: page.max(1),
            last: total.div_ceil(size.max(1)).max(1),
        }
    }

    /// The address of another page of the list.
    #[must_use]
    pub fn to(&self, page: &u64) -> String {
        match (*page, self.base.contains('?')) {
            (0 | 1, _) => self.base.clone(),
            (page, true) => format!("{}&trang={page}", self.base),
            (page, false) => format!("{}?trang={page}", self.base),
        }
    }

    /// The page before.
    #[must_use]
    pub fn previous(&self) -> Option<u64> {
        (self.page > 1).then(|| self.page.min(self.last + 1) - 1)
    }

    /// The page after.
    #[must_use]
    pub fn next(&self) -> Option<u64> {
        (self.page < self.last).then(|| self.page + 1)
    }

    /// Numbers worth a link: both ends and the neighbours; `None` stands for a gap.
    #[must_use]
    pub fn numbers(&self) -> Vec<Option<u64>> {
        let near = |n: &u64| *n == 1 || *n == self.last || n.abs_diff(self.page) <= 1;
        let mut numbers = Vec::new();
        let mut before = 0;
        let candidates = [1]
            .into_iter()
            .chain(self.page.saturating_sub(1)..=self.page + 1)
            .chain([self.last]);
        for n in candidates.filter(|n| (1..=self.last).contains(n) && near(n)) {
            if n > before {
                if n > before + 1 {
                    numbers.push(None);
                }
                numbers.push(Some(n));
                before = n;
            }
        }
        numbers
    }
}

prints_itself!(Pager);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_show_ends_and_neighbours() {
        let pager = Pager::new("/loai/tin", 5, 195, 20);
        assert_eq!(
            pager.numbers(),
            [Some(1), None, Some(4), Some(5), Some(6), None, Some(10)]
        );
        assert_eq!(Pager::new("/x", 1, 3, 20).numbers(), [Some(1)]);
        assert_eq!(Pager::new("/x", 2, 40, 20).numbers(), [Some(1), Some(2)]);
    }

    #[test]
    fn addresses_keep_the_query() {
        let pager = Pager::new("/tim-kiem?q=dat", 2, 60, 20);
        assert_eq!(
            (pager.to(&1), pager.to(&3)),
            ("/tim-kiem?q=dat".into(), "/tim-kiem?q=dat&trang=3".into())
        );
        assert_eq!((pager.previous(), pager.next()), (Some(1), Some(3)));
        assert_eq!(Pager::new("/x", 900, 60, 20).previous(), Some(3));
    }
}
