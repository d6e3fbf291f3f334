//! Numbers that a seed decides (xorshift64): the same on every machine.

use chrono::{Days, NaiveDate};

#[derive(Debug, Clone)]
pub(crate) struct Numbers(u64);

impl Numbers {
    pub(crate) fn of(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// From `least` to `most`.
    pub(crate) fn within(&mut self, least: i64, most: i64) -> i64 {
        let width = u64::try_from(most - least + 1).unwrap();
        least + i64::try_from((self.next() >> 20) % width).unwrap()
    }

    /// Once in so many times.
    pub(crate) fn once_in(&mut self, times: i64) -> bool {
        self.within(1, times) == 1
    }

    pub(crate) fn one_of<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        let most = i64::try_from(list.len()).unwrap() - 1;
        &list[usize::try_from(self.within(0, most)).unwrap()]
    }

    pub(crate) fn day(&mut self, from: NaiveDate, to: NaiveDate) -> NaiveDate {
        let days = self.within(0, (to - from).num_days().max(0));
        from + Days::new(u64::try_from(days).unwrap())
    }
}
