//! EMB-20, OPS-09: a certificate is ordered only for names that show a section; ten thousand made-up names order none.

use pbgdpl_testkit::house::{BOTH, House};
use pbgdpl_web::certificate::may_be_ordered;
use rand::Rng;
use rand::distr::{Alphanumeric, SampleString};

#[tokio::test]
async fn only_names_that_show_a_section_have_certificates() {
    let house = House::on(BOTH[0]).await.unwrap();
    let registry = house.store.registry().now();
    for tenant in [&house.a, &house.b] {
        let name = format!("{}.thu.example", tenant.slug());
        assert!(may_be_ordered(&registry, &name), "{name}");
        assert!(may_be_ordered(&registry, &format!("{}.", name.to_uppercase())));
    }
    for name in [
        "",
        "thu.example",
        "quantri.thu.example",
        "so-c.thu.example",
        "x.so-a.thu.example",
        "so-a.thu.example:8443",
        "so-a.thu.example/",
        "*.thu.example",
        "10.0.0.1",
    ] {
        assert!(!may_be_ordered(&registry, name), "{name}");
    }
    let mut random = rand::rng();
    let ordered = (0..10_000).filter(|_| {
        let length = random.random_range(1..40);
        let label = Alphanumeric.sample_string(&mut random, length);
        may_be_ordered(&registry, &format!("{label}.thu.example"))
    });
    assert_eq!(ordered.count(), 0);
    house.end().await.unwrap();
}
