//! The record types: numbers of the Ministry's list, columns and rows of one length, the same records the same bytes.

use super::*;
use crate::activity::Kind;
use crate::register::Level;

#[test]
fn the_types_are_the_ministrys_sixteen_in_its_order() {
    assert_eq!(Dataset::ALL.len(), 16);
    let numbered: Vec<(usize, &str)> = [Dataset::Reporters, Dataset::MediatedCases, Dataset::Contests]
        .map(|one| (one.number(), one.word()))
        .into();
    assert_eq!(
        numbered,
        [(1, "bao-cao-vien"), (10, "vu-viec-hoa-giai"), (16, "cuoc-thi")]
    );
}

#[test]
fn what_is_recorded_has_a_type_that_is_kept() {
    for kind in Kind::ALL {
        assert!(Dataset::of_kind(kind).is_kept(), "{kind:?}");
    }
    for level in Level::ALL {
        assert!(Dataset::of_level(*level).is_kept(), "{level:?}");
    }
}

#[test]
fn columns_are_named_once_for_machines() {
    for dataset in Dataset::ALL {
        let mut names: Vec<&str> = dataset.columns().iter().map(|column| column.name).collect();
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count, "{dataset:?}");
        let plain = |name: &&str| name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
        assert!(names.iter().all(plain), "{names:?}");
    }
}

#[test]
fn a_file_says_each_record_by_name_in_the_order_of_the_dictionary() {
    let agency = Named {
        slug: "so-a",
        name: "Sở A",
    };
    let spent = [
        crate::activity::Funding {
            regular: 1_500,
            programme: 0,
            other: 20,
        },
        crate::activity::Funding {
            regular: 500,
            programme: 7,
            other: 0,
        },
    ];
    let file = DataFile {
        schema: SCHEMA,
        dataset: Dataset::Funding.word(),
        number: Dataset::Funding.number(),
        title: Dataset::Funding.label(),
        province: "thu".into(),
        year: 2020,
        columns: Dataset::Funding.columns(),
        rows: funding(agency, 2020, spent).into_iter().collect(),
    };
    let text = file.canonical().unwrap();
    assert!(
        text.ends_with(
            r#""records":[{"co_quan_ma":"so-a","co_quan":"Sở A","nam":2020,"thuong_xuyen":2000,"chuong_trinh":7,"khac":20,"tong":2027}]}"#
        ),
        "{text}"
    );
    assert_eq!(file.canonical().unwrap(), text);
    let table: Vec<Vec<String>> = file.table().collect();
    assert_eq!(table[0][0], "co_quan_ma");
    assert_eq!(table[1], ["so-a", "Sở A", "2020", "2000", "7", "20", "2027"]);
    assert_eq!(funding(agency, 2021, []), None, "no money is no record");
    let unknown = [
        Value::Unknown,
        Value::Flag(true),
        Value::List(vec!["a".into(), "b".into()]),
    ];
    assert_eq!(unknown.map(|value| value.cell()), ["", "1", "a; b"]);
}
