//! Small numbers are not told (N-25), nor what would tell them: with the sum of all lines beside it, a line that is hidden alone is
//! found by taking the others away.

/// Smaller ones are not told; none at all is.
pub const LEAST_SHOWN: i64 = 3;

/// Which lines are hidden, and whether the sum is too. Nothing (0) is told: it says of nobody what they did.
#[must_use]
pub fn hidden(values: &[i64]) -> (Vec<bool>, bool) {
    let is_small = |value: i64| value != 0 && value < LEAST_SHOWN;
    let mut hide: Vec<bool> = values.iter().map(|value| is_small(*value)).collect();
    let total: i64 = values.iter().sum();
    if !hide.contains(&true) {
        return (hide, is_small(total));
    }
    // The smallest of the others go with them, until their sum tells of no single one.
    let mut others: Vec<(i64, usize)> = values
        .iter()
        .copied()
        .zip(0..)
        .filter(|(value, _)| *value >= LEAST_SHOWN)
        .collect();
    others.sort_unstable();
    let mut others = others.into_iter();
    loop {
        let told = values.iter().zip(&hide).filter(|(_, hidden)| **hidden);
        let (count, sum) = told.fold((0, 0), |(count, sum), (value, _)| (count + 1, sum + value));
        if count > 1 && sum >= count * 2 {
            return (hide, is_small(total));
        }
        let Some((_, at)) = others.next() else {
            return (hide, true);
        };
        if let Some(place) = hide.get_mut(at) {
            *place = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_lines_are_hidden_with_one_beside_them() {
        for (values, lines, total) in [
            (vec![5, 0, 9], vec![false, false, false], false),
            // Alone it would be the difference.
            (vec![5, 2, 9], vec![true, true, false], false),
            // One and one make two: another one goes with them.
            (vec![1, 1, 9, 5], vec![true, true, false, true], false),
            (vec![2, 2, 9], vec![true, true, false], false),
            // Nobody to hide behind: the sum goes too.
            (vec![0, 2, 0], vec![false, true, false], true),
            (vec![1, 1], vec![true, true], true),
            (vec![2], vec![true], true),
            (vec![3], vec![false], false),
            (vec![], vec![], false),
        ] {
            assert_eq!(hidden(&values), (lines, total), "{values:?}");
        }
        // Taken back more than was entered: not told either.
        assert!(hidden(&[-4, 9, 7]).0[0]);
    }

    /// From what is told nobody finds a small number: some other values of the hidden lines always fit as well.
    #[test]
    fn what_is_told_fits_more_than_one_small_number() {
        for a in 0..8_i64 {
            for b in 0..8 {
                for c in 0..8 {
                    let values = [a, b, c];
                    let (lines, total) = hidden(&values);
                    let told = |other: &[i64; 3]| {
                        let sum: i64 = other.iter().sum();
                        other
                            .iter()
                            .zip(values)
                            .zip(&lines)
                            .all(|((x, y), hidden)| *hidden || *x == y)
                            && (total || sum == a + b + c)
                    };
                    for (at, value) in values
                        .iter()
                        .enumerate()
                        .filter(|(_, v)| (1..LEAST_SHOWN).contains(*v))
                    {
                        let mut fits = 0;
                        for x in 1..16 {
                            for y in 0..16 {
                                for z in 0..16 {
                                    let mut other = [y, z, y];
                                    other[at] = x;
                                    other[(at + 1) % 3] = y;
                                    other[(at + 2) % 3] = z;
                                    let hides_alike =
                                        other.iter().zip(&lines).all(|(v, hidden)| !hidden || *v > 0);
                                    if x != *value && hides_alike && told(&other) {
                                        fits += 1;
                                    }
                                }
                            }
                        }
                        assert!(fits > 0, "{values:?}: {value} can be found");
                    }
                }
            }
        }
    }
}
