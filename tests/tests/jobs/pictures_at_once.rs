//! N-30: two nodes, or a node and a person, have a page in hand at the same time: one picture stays and one file, none of a page that is retired.

use std::path::Path;
use std::time::Duration;

use pbgdpl_app::place::change::change;
use pbgdpl_app::place::depict::depict;
use pbgdpl_model::id::{MediaId, PlaceId};
use pbgdpl_scope::action::{EmbedWatch, EmbedWrite};
use pbgdpl_scope::{Ctx, Nothing, Permit, RequestId};
use pbgdpl_store::Files;
use pbgdpl_store::tenant::{Place, PlacePicture};
use pbgdpl_testkit::furnish::png;
use pbgdpl_testkit::house::{BOTH, House};
use pbgdpl_testkit::owner::Owner;
use tokio::sync::Notify;

use crate::jobs;
use crate::places::{CONTACT, entered, kept};

/// So long whoever came first takes to save: who comes second has read what there is to be read.
const SLOW: Duration = Duration::from_millis(800);
const SITE: &str = "Cổng của Sở";

/// The schedule, which looks at pages and pictures them.
fn schedule(house: &House) -> Ctx {
    let request = RequestId::new("thu".into());
    Ctx::of_system(house.a.clone(), "thu", house.app.now(), request)
}

fn watch(house: &House) -> Permit<EmbedWatch> {
    schedule(house).permit::<EmbedWatch>(&Nothing).unwrap()
}

/// Another node's picture of the page, with its file.
async fn made(house: &House) -> PlacePicture {
    let picture = PlacePicture {
        file: MediaId::fresh(house.app.now()),
        sha256: "00".repeat(32),
        at: house.app.now(),
    };
    let path = Files::path(house.a.id(), picture.file);
    let files = house.store.files();
    files.put(&path, b"mot anh".to_vec().into()).await.unwrap();
    picture
}

/// Another node keeps its picture, and takes a while to save it.
async fn keeps(house: &House, id: PlaceId, picture: &PlacePicture, in_hand: &Notify) {
    let mut store = house.app.open(&schedule(house)).await.unwrap();
    let place = store.place_held(id).await.unwrap().unwrap();
    let kept = store
        .keep_picture(&watch(house), &place, (picture, SITE))
        .await
        .unwrap();
    assert!(kept);
    in_hand.notify_one();
    tokio::time::sleep(SLOW).await;
    store.save().await.unwrap();
}

/// A person retires the page, and the save takes a while.
async fn retires(house: &House, id: PlaceId, in_hand: &Notify) {
    let admin = house.ctx(&house.a, &house.in_a.admin).await.unwrap();
    let permit = admin.permit::<EmbedWrite>(&Nothing).unwrap();
    let mut store = house.app.open(&admin).await.unwrap();
    let place = store.place_held(id).await.unwrap().unwrap();
    let retired = Place {
        retired_at: Some(admin.now()),
        ..place
    };
    store.change_place(&permit, &retired, SITE).await.unwrap();
    in_hand.notify_one();
    tokio::time::sleep(SLOW).await;
    store.save().await.unwrap();
}

fn files_under(folder: &Path) -> usize {
    let entries = std::fs::read_dir(folder).unwrap();
    entries
        .map(|entry| entry.unwrap().path())
        .map(|path| if path.is_dir() { files_under(&path) } else { 1 })
        .sum()
}

/// How many files there are once nothing is due any more.
async fn files(house: &House) -> usize {
    jobs(house).run_once_until_idle().await.unwrap();
    files_under(&house.folder.path().join("files"))
}

async fn has(house: &House, picture: &PlacePicture) -> bool {
    let path = Files::path(house.a.id(), picture.file);
    house.store.files().get(&path).await.unwrap().is_some()
}

async fn province_copies(house: &House) -> usize {
    let mut owner = Owner::of(&house.ground).await.unwrap();
    owner.rows(&["province_place"]).await.unwrap().len()
}

#[tokio::test]
async fn of_two_pictures_made_at_once_the_second_stays_and_one_file() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let (_, _, id) = entered(&house, 1).await;
        let (first, in_hand) = (made(&house).await, Notify::new());
        let (second, ()) = tokio::join!(
            async {
                in_hand.notified().await;
                depict(&house.app, &schedule(&house), id, Ok(png().unwrap().into())).await
            },
            keeps(&house, id, &first, &in_hand)
        );
        assert!(second.unwrap(), "{engine:?}");
        let last = kept(&house, id).await.picture.unwrap();
        assert_ne!(last.file, first.file, "{engine:?}");
        assert_eq!(
            files(&house).await,
            1,
            "{engine:?}: the file of the first is left"
        );
        assert!(
            has(&house, &last).await && !has(&house, &first).await,
            "{engine:?}"
        );
        house.end().await.unwrap();
    }
}

#[tokio::test]
async fn a_node_whose_browser_fails_takes_no_picture_from_another() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let (_, _, id) = entered(&house, 1).await;
        let (picture, in_hand) = (made(&house).await, Notify::new());
        let (failed, ()) = tokio::join!(
            async {
                in_hand.notified().await;
                depict(&house.app, &schedule(&house), id, Err("trang mở quá lâu")).await
            },
            keeps(&house, id, &picture, &in_hand)
        );
        assert!(!failed.unwrap(), "{engine:?}");
        let place = kept(&house, id).await;
        assert_eq!(
            (place.picture, place.no_picture.as_deref()),
            (Some(picture.clone()), Some("trang mở quá lâu")),
            "{engine:?}"
        );
        assert_eq!(files(&house).await, 1, "{engine:?}");
        assert!(has(&house, &picture).await, "{engine:?}");
        house.end().await.unwrap();
    }
}

#[tokio::test]
async fn who_retires_a_page_drops_the_picture_that_was_kept_meanwhile() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let (_, _, id) = entered(&house, 1).await;
        let admin = house.ctx(&house.a, &house.in_a.admin).await.unwrap();
        let (picture, in_hand) = (made(&house).await, Notify::new());
        let (retired, ()) = tokio::join!(
            async {
                in_hand.notified().await;
                change(&house.app, &admin, id, CONTACT, true).await
            },
            keeps(&house, id, &picture, &in_hand)
        );
        retired.unwrap();
        assert_eq!(kept(&house, id).await.picture, None, "{engine:?}");
        assert_eq!(files(&house).await, 0, "{engine:?}: its file is left");
        assert_eq!(province_copies(&house).await, 0, "{engine:?}");
        house.end().await.unwrap();
    }
}

#[tokio::test]
async fn a_page_retired_while_it_was_pictured_stays_so_without_picture_and_file() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let (_, _, id) = entered(&house, 1).await;
        let before = kept(&house, id).await;
        let in_hand = Notify::new();
        let (pictured, ()) = tokio::join!(
            async {
                in_hand.notified().await;
                depict(&house.app, &schedule(&house), id, Ok(png().unwrap().into())).await
            },
            retires(&house, id, &in_hand)
        );
        assert!(!pictured.unwrap(), "{engine:?}: no picture is kept");
        let failed = depict(&house.app, &schedule(&house), id, Err("trang mở quá lâu")).await;
        assert!(!failed.unwrap(), "{engine:?}");

        // Whoever read the page before and comes now: the store itself keeps nothing.
        let late = made(&house).await;
        let mut store = house.app.open(&schedule(&house)).await.unwrap();
        let watch = watch(&house);
        let kept_late = store.keep_picture(&watch, &before, (&late, SITE)).await.unwrap();
        let noted = store.keep_no_picture(&watch, id, "chậm").await.unwrap();
        store.save().await.unwrap();
        assert_eq!((kept_late, noted), (false, false), "{engine:?}");

        let after = kept(&house, id).await;
        assert!(after.retired_at.is_some(), "{engine:?}");
        assert_eq!((after.picture, after.no_picture), (None, None), "{engine:?}");
        assert_eq!(province_copies(&house).await, 0, "{engine:?}");
        assert_eq!(
            files(&house).await,
            1,
            "{engine:?}: only the one that this test laid down"
        );
        house.end().await.unwrap();
    }
}
