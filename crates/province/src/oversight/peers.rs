//! Fair comparison (N-25): like with like, per what is known of their size, and no rank among fewer than three.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use pbgdpl_model::id::TenantId;
use pbgdpl_model::ledger::Measure;
use pbgdpl_model::manifest::UnitKind;
use pbgdpl_model::structure::View;
use pbgdpl_scope::ProvinceCtx;
use pbgdpl_scope::action::OversightRead;
use pbgdpl_store::province::ProvinceReader;

use super::dashboard::{named_on, years};
use super::freshness::{self, Freshness};
use super::part_of_year::PartOfYear;
use super::same_days::days_of_year;
use super::tiles::{agencies, communes, quantities};
use crate::{Error, Province};

/// Fewer than these are not ranked: a rank among two says who is last, not how anybody works.
pub const LEAST_RANKED: usize = 3;

/// Districts of one kind are parted by size only where both parts can be ranked.
const LEAST_PARTED: usize = 2 * LEAST_RANKED;

/// One agency beside its peers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Peer {
    /// Its address word.
    pub slug: String,
    /// Its short name.
    pub name: String,
    /// How much.
    pub quantity: i64,
    /// What it is divided by: its communes; none where nothing is known to divide by.
    pub communes: Option<i64>,
    /// From 1, equal values share one; none where the group is too small, or it stood only part of the year.
    pub rank: Option<usize>,
    /// The days on which it stood, where it stood only part of the year.
    pub part: Option<PartOfYear>,
}

impl Peer {
    /// In tenths: per commune, or whole where there is nothing to divide by.
    #[must_use]
    pub fn tenths(&self) -> i64 {
        match self.communes {
            Some(communes) => each(self.quantity, communes),
            None => self.quantity * 10,
        }
    }

    /// Whether it comes before, exactly: no rounding decides a rank.
    fn order(&self, other: &Self) -> std::cmp::Ordering {
        let by = |peer: &Self| i128::from(peer.communes.unwrap_or(1).max(1));
        let left = i128::from(self.quantity) * by(other);
        let right = i128::from(other.quantity) * by(self);
        Reverse(left).cmp(&Reverse(right))
    }
}

/// A quantity per commune, in tenths, rounded half up.
#[must_use]
pub const fn each(quantity: i64, communes: i64) -> i64 {
    if communes <= 0 {
        return 0;
    }
    (quantity * 20 + communes).div_euclid(2 * communes)
}

/// How large the members of a group are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Size {
    /// Fewer communes than this.
    Below(i64),
    /// This many or more.
    From(i64),
    /// Some number, not parted.
    Known,
    /// Not known, or nothing of the kind.
    Unknown,
}

/// Agencies that can be compared, the largest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeerGroup {
    /// Their kind: `huyen`.
    pub kind: String,
    /// Their size.
    pub size: Size,
    /// The agencies; those that stood only part of the year last.
    pub peers: Vec<Peer>,
}

impl PeerGroup {
    /// The members that stood the whole year, the largest first.
    pub fn whole(&self) -> impl DoubleEndedIterator<Item = &Peer> {
        self.peers.iter().filter(|peer| peer.part.is_none())
    }

    /// Whether enough of its members stood the whole year to carry a rank.
    #[must_use]
    pub fn is_ranked(&self) -> bool {
        can_be_ranked(&self.peers)
    }

    /// Whether ranks say anything: where nobody did anything, all would be first.
    #[must_use]
    pub fn shows_ranks(&self) -> bool {
        self.is_ranked() && self.whole().any(|peer| peer.quantity != 0)
    }

    /// Whether its values are per commune.
    #[must_use]
    pub fn is_divided(&self) -> bool {
        self.size != Size::Unknown
    }

    fn of(kind: &str, size: Size, mut peers: Vec<Peer>) -> Self {
        peers.sort_by(|one, other| {
            let part = |peer: &Peer| peer.part.is_some();
            part(one).cmp(&part(other)).then_with(|| one.order(other))
        });
        if can_be_ranked(&peers) {
            let whole = |peer: &&Peer| peer.part.is_none();
            let ranks: Vec<usize> = peers
                .iter()
                .filter(whole)
                .map(|peer| {
                    let better = peers
                        .iter()
                        .filter(whole)
                        .filter(|other| other.order(peer).is_lt());
                    better.count() + 1
                })
                .collect();
            // Those that stood the whole year come first.
            for (peer, rank) in peers.iter_mut().zip(ranks) {
                peer.rank = Some(rank);
            }
        }
        Self {
            kind: kind.to_owned(),
            size,
            peers,
        }
    }
}

/// Whether enough of them stood the whole year.
fn can_be_ranked(peers: &[Peer]) -> bool {
    peers.iter().filter(|peer| peer.part.is_none()).count() >= LEAST_RANKED
}

/// A measure compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// What is counted.
    pub measure: Measure,
    /// In which year.
    pub year: i32,
    /// Years that figures speak of, newest first.
    pub years: Vec<i32>,
    /// The groups, in the order of kinds; those without ranks last.
    pub groups: Vec<PeerGroup>,
    /// As of when.
    pub fresh: Freshness,
}

/// Every agency of the year among its peers.
///
/// # Errors
/// [`Error::Denied`], or a fault of the store.
#[tracing::instrument(name = "province.oversight.peers", skip_all)]
pub async fn peers(
    province: &Province,
    ctx: &ProvinceCtx,
    measure: Measure,
    year: i32,
) -> Result<Comparison, Error> {
    let warrant = ctx.warrant::<OversightRead>()?;
    let read = async |store: ProvinceReader| compared(&store, ctx, measure, year).await;
    province.store().look_over(&warrant, ctx.recency(), read).await
}

async fn compared(
    store: &ProvinceReader,
    ctx: &ProvinceCtx,
    measure: Measure,
    year: i32,
) -> Result<Comparison, Error> {
    let today = ctx.now().day();
    let end = named_on(View::AsWas, year, today);
    let told = (days_of_year(year).0, end);
    let quantities = quantities(store, measure, year).await?;
    let found = agencies(ctx, year, end, &quantities);
    let districts: Vec<TenantId> = found
        .iter()
        .filter(|agency| agency.kind_on(end) == UnitKind::Huyen.word())
        .map(|agency| agency.id)
        .collect();
    let communes = communes(store, &districts).await?;
    let mut kinds: BTreeMap<String, Vec<Peer>> = BTreeMap::new();
    for agency in found {
        kinds
            .entry(agency.kind_on(end).to_owned())
            .or_default()
            .push(Peer {
                name: agency.short_on(end).to_owned(),
                quantity: quantities.get(&agency.id).copied().unwrap_or(0),
                communes: communes.get(&agency.id).copied(),
                rank: None,
                part: PartOfYear::of(&agency, told),
                slug: agency.slug,
            });
    }
    let order = |kind: &str| UnitKind::ALL.iter().position(|known| known.word() == kind);
    let mut groups: Vec<PeerGroup> = kinds
        .into_iter()
        .flat_map(|(kind, peers)| parted(&kind, peers))
        .collect();
    // Districts first, then the other kinds; whom nothing ranks comes last.
    groups.sort_by_key(|group| {
        let district = group.kind == UnitKind::Huyen.word();
        (!group.is_ranked(), !district, order(&group.kind), group.size)
    });
    Ok(Comparison {
        measure,
        year,
        years: years(store, today).await?,
        groups,
        fresh: freshness::of(store, View::AsWas.into()).await?,
    })
}

/// One kind, parted at its middle size where both parts can be ranked; whose size is unknown stands apart.
fn parted(kind: &str, peers: Vec<Peer>) -> Vec<PeerGroup> {
    let (known, unknown): (Vec<Peer>, Vec<Peer>) =
        peers.into_iter().partition(|peer| peer.communes.is_some());
    let whole = known.iter().filter(|peer| peer.part.is_none());
    let mut sizes: Vec<i64> = whole.filter_map(|peer| peer.communes).collect();
    sizes.sort_unstable();
    let middle = sizes.get(sizes.len() / 2).copied().unwrap_or(0);
    let (small, large): (Vec<Peer>, Vec<Peer>) = known
        .into_iter()
        .partition(|peer| peer.communes.is_some_and(|communes| communes < middle));
    let parts = if sizes.len() >= LEAST_PARTED && can_be_ranked(&small) && can_be_ranked(&large) {
        vec![
            (Size::Below(middle), small),
            (Size::From(middle), large),
            (Size::Unknown, unknown),
        ]
    } else {
        vec![(Size::Known, [small, large].concat()), (Size::Unknown, unknown)]
    };
    parts
        .into_iter()
        .filter(|(_, peers)| !peers.is_empty())
        .map(|(size, peers)| PeerGroup::of(kind, size, peers))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn peer(name: &str, quantity: i64, communes: Option<i64>) -> Peer {
        Peer {
            slug: name.into(),
            name: name.into(),
            quantity,
            communes,
            rank: None,
            part: None,
        }
    }

    fn ranks(group: &PeerGroup) -> Vec<(&str, Option<usize>)> {
        group
            .peers
            .iter()
            .map(|peer| (peer.name.as_str(), peer.rank))
            .collect()
    }

    #[test]
    fn two_are_shown_without_a_rank_and_three_with_one() {
        let two = parted("mttq", vec![peer("a", 3, None), peer("b", 9, None)]);
        assert_eq!(two.len(), 1);
        assert!(!two[0].is_ranked());
        assert_eq!(ranks(&two[0]), [("b", None), ("a", None)]);
        let three = parted(
            "so",
            vec![peer("a", 3, None), peer("b", 9, None), peer("c", 9, None)],
        );
        assert_eq!(ranks(&three[0]), [("b", Some(1)), ("c", Some(1)), ("a", Some(3))]);
    }

    #[test]
    fn who_stood_part_of_the_year_is_shown_last_and_without_a_rank() {
        let new = |name: &str, quantity| Peer {
            part: Some(PartOfYear {
                from: chrono::NaiveDate::from_ymd_opt(2021, 7, 1),
                to: None,
            }),
            ..peer(name, quantity, None)
        };
        let of = |peers| parted("so", peers).remove(0);
        let four = of(vec![
            new("n", 99),
            peer("a", 3, None),
            peer("b", 9, None),
            peer("c", 5, None),
        ]);
        assert_eq!(
            ranks(&four),
            [("b", Some(1)), ("c", Some(2)), ("a", Some(3)), ("n", None)]
        );
        let three = of(vec![new("n", 99), peer("a", 3, None), peer("b", 9, None)]);
        assert!(!three.is_ranked(), "two of them stood the whole year");
        assert_eq!(ranks(&three), [("b", None), ("a", None), ("n", None)]);
    }

    #[test]
    fn ranks_are_shown_where_anybody_did_anything() {
        let group = |first| {
            let peers = vec![peer("a", first, None), peer("b", 0, None), peer("c", 0, None)];
            parted("so", peers).remove(0)
        };
        assert!(!group(0).shows_ranks());
        assert!(group(1).shows_ranks());
    }

    #[test]
    fn districts_are_compared_by_commune_among_their_size() {
        // Ia H'Drai's 76 sessions in 3 communes are more than Đăk Glei's 210 in 12.
        let sizes = [3, 7, 8, 9, 11, 11, 12, 21];
        let peers = sizes
            .iter()
            .map(|size| peer(&format!("h{size}"), size * 10 + (20 - size), Some(*size)));
        let groups = parted("huyen", peers.collect());
        let sizes: Vec<(Size, usize)> = groups.iter().map(|g| (g.size, g.peers.len())).collect();
        assert_eq!(sizes, [(Size::Below(11), 4), (Size::From(11), 4)]);
        assert_eq!(groups[0].peers[0].name, "h3", "the smallest leads by commune");
        assert_eq!(peer("x", 76, Some(3)).tenths(), 253);
        assert_eq!(peer("x", 121, Some(9)).tenths(), 134);
        assert_eq!(peer("x", 5, None).tenths(), 50);
    }

    #[test]
    fn an_unknown_size_is_not_mixed_with_known_ones() {
        let groups = parted("huyen", vec![peer("a", 1, Some(4)), peer("b", 2, None)]);
        assert_eq!(groups.len(), 2);
        assert!(groups[0].is_divided() && !groups[1].is_divided());
        assert!(groups.iter().all(|group| !group.is_ranked()));
    }
}
