//! The ledger counted anew from its export, and what programs read held against `docs/schemas`.

use super::*;

/// Compares what programs read with `docs/schemas`.
pub(super) fn conforms(schema: &str, value: &impl serde::Serialize) {
    let file = format!("{}/../docs/schemas/{schema}.json", env!("CARGO_MANIFEST_DIR"));
    let schema = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    let value = serde_json::to_value(value).unwrap();
    if let Err(fault) = jsonschema::validate(&schema, &value) {
        panic!("{}: {fault}", fault.instance_path());
    }
}

/// Counts the ledger anew, from its export alone, and compares every automatic cell; then adds the frozen reports up.
pub(super) async fn recount(house: &House, made: &Consolidated, reports: &[ReportId]) {
    let form: FormFile = {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../tenants/kon-tum");
        let read = |path: &std::path::Path| std::fs::read_to_string(path).unwrap();
        let form = toml::from_str(&read(format!("{folder}/forms/09c.toml").as_ref())).unwrap();
        let indicators: Vec<_> = std::fs::read_dir(format!("{folder}/indicators"))
            .unwrap()
            .map(|file| toml::from_str(&read(&file.unwrap().path())).unwrap())
            .collect();
        pbgdpl_model::indicator::written_out(&[form], &indicators).remove(0)
    };
    let mut totals: BTreeMap<u8, i64> = BTreeMap::new();
    for (tenant, report) in [&house.a, &house.b].into_iter().zip(reports) {
        let ctx = Ctx::of_system(
            tenant.clone(),
            "export",
            house.app.now(),
            RequestId::new("x".into()),
        );
        let lines = export::ledger(&house.app, &ctx, made.from, made.actual_to)
            .await
            .unwrap();
        let exported = export::report(&house.app, &ctx, *report).await.unwrap();
        assert!(!lines.is_empty());
        conforms("ledger", &lines);
        conforms("report", &exported);
        let lines: Vec<LedgerLine> = serde_json::from_str(&serde_json::to_string(&lines).unwrap()).unwrap();
        let body = Body::read(&exported.body.canonical().unwrap()).unwrap();
        let unit = body.rows.iter().find(|line| line.kind == LineKind::Unit).unwrap();
        for column in form
            .columns
            .iter()
            .filter(|column| column.source == ColumnSource::Ledger)
        {
            let measures: Vec<&str> = column.measures.iter().map(|measure| measure.word()).collect();
            let counted: i64 = lines
                .iter()
                .filter(|l| measures.contains(&l.measure.as_str()))
                .map(|l| l.quantity)
                .sum();
            assert_eq!(
                unit.cells[&column.number].actual,
                Some(counted),
                "column {}",
                column.number
            );
        }
        let all = body
            .rows
            .iter()
            .find(|line| line.kind == LineKind::Total)
            .unwrap_or(unit);
        for column in 3..=12u8 {
            *totals.entry(column).or_default() += all.cells[&column].total().unwrap_or(0);
        }
    }
    let total = made
        .rows
        .iter()
        .find(|line| line.kind == LineKind::Total)
        .unwrap();
    for (column, sum) in totals {
        assert_eq!(total.cells[&column].total(), Some(sum), "column {column}");
    }
    assert_eq!(total.cells[&3].total(), Some(2 + 2 + 14));
    assert_eq!(total.cells[&4].total(), Some(410 + 230 + 812));
    assert_eq!(total.cells[&5].total(), Some(0), "taken back");
    assert_eq!(
        total.cells[&1].total(),
        Some(5),
        "reporters of the district are not reporters of the province"
    );
    assert!(
        made.sources
            .iter()
            .all(|source| source.ledger_seq > 0 && source.hash.len() == 64)
    );
}
