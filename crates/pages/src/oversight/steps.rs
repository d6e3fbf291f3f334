//! Five steps of one hue: the different values parted into fifths, so that a few large ones do not make all others pale.

use pbgdpl_vietnamese::number::grouped;

/// Where the steps begin.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Steps {
    /// The least value of each step, rising.
    bounds: Vec<i64>,
}

/// How many steps there are at most.
const MOST: usize = 5;

impl Steps {
    /// From all values of a plot; those that are not above 0 belong to no step.
    #[must_use]
    pub fn of(values: impl Iterator<Item = i64>) -> Self {
        let mut values: Vec<i64> = values.filter(|value| *value > 0).collect();
        values.sort_unstable();
        values.dedup();
        let mut bounds: Vec<i64> = (0..MOST)
            .filter_map(|part| values.get(values.len() * part / MOST).copied())
            .collect();
        bounds.dedup();
        Self { bounds }
    }

    /// The shade of a value: 0 for nothing, 1 to 5 otherwise. Fewer steps are spread over the shades.
    #[must_use]
    pub fn shade(&self, value: i64) -> usize {
        let step = self.bounds.iter().filter(|bound| **bound <= value).count();
        match (step, self.bounds.len()) {
            (0, _) => 0,
            (_, 1) => 3,
            (step, count) => 1 + (step - 1) * (MOST - 1) / (count - 1),
        }
    }

    /// Each step's shade and its values in words: "3 đến 5".
    #[must_use]
    pub fn key(&self) -> Vec<(usize, String)> {
        let ends = self
            .bounds
            .iter()
            .skip(1)
            .map(|next| Some(*next - 1))
            .chain([None]);
        self.bounds
            .iter()
            .zip(ends)
            .map(|(from, to)| {
                let words = match to {
                    Some(to) if to == *from => grouped(*from),
                    Some(to) => format!("{} đến {}", grouped(*from), grouped(to)),
                    None => format!("từ {}", grouped(*from)),
                };
                (self.shade(*from), words)
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_fall_into_fifths() {
        let steps = Steps::of([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 500].into_iter());
        let shades: Vec<usize> = [0, -3, 1, 3, 6, 8, 500]
            .iter()
            .map(|value| steps.shade(*value))
            .collect();
        assert_eq!(shades, [0, 0, 1, 2, 3, 4, 5]);
        let words: Vec<String> = steps.key().into_iter().map(|(_, words)| words).collect();
        assert_eq!(words, ["1 đến 2", "3 đến 4", "5 đến 6", "7 đến 8", "từ 9"]);
    }

    #[test]
    fn few_values_are_spread_over_the_shades() {
        let two = Steps::of([1, 1, 1, 1, 9].into_iter());
        assert_eq!((two.shade(1), two.shade(9)), (1, 5));
        assert_eq!(Steps::of([7, 7].into_iter()).shade(7), 3);
        assert_eq!(Steps::of(std::iter::empty()).shade(7), 0);
    }
}
