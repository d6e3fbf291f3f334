//! TEN-02, IDN-04: a role given to an address that nobody uses invites its owner, by letter and without an operator.

use pbgdpl_app::Error;
use pbgdpl_app::account::{enrol, invite, session, sign_in_link};
use pbgdpl_app::member::grant;
use pbgdpl_jobs::Jobs;
use pbgdpl_mail::{Sender, StoredLetter, list_folder};
use pbgdpl_model::policy::Role;
use pbgdpl_province::member::{Place, grant as from_above};
use pbgdpl_testkit::house::{BOTH, House, PROVINCE};
use pbgdpl_testkit::web::{Ask, Web};

use super::{BY, DESK, PASSWORD, visit};

const NEW: &str = "y.lan@thu.example";

async fn letters(house: &House) -> Vec<StoredLetter> {
    let folder = house.folder.path().join("mail");
    let sender = Sender::open(&format!("file:{}", folder.display()), "pbgdpl@thu.example").unwrap();
    let jobs = Jobs::new(house.app.clone(), sender, "https://quantri.thu.example/");
    jobs.run_once_until_idle().await.unwrap();
    assert_eq!(house.store.read().backlog().await.unwrap(), (0, 0, 0));
    list_folder(&folder).await.unwrap()
}

fn link(letter: &StoredLetter) -> String {
    let text = &letter.text;
    let rest = text
        .split("https://quantri.thu.example/dang-nhap/lien-ket/")
        .nth(1);
    rest.unwrap().split_whitespace().next().unwrap().to_owned()
}

#[tokio::test]
async fn ten_02_a_role_given_to_somebody_new_invites_them() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let admin = house.ctx(&house.a, &house.in_a.admin).await.unwrap();
        let given = grant::grant(&house.app, &admin, " Y.Lan@thu.example ", Role::Editor)
            .await
            .unwrap();
        assert!(given.invited, "{engine:?}");
        let sent = letters(&house).await;
        let to: Vec<&str> = sent.iter().map(|letter| letter.to.as_str()).collect();
        assert!(
            to.len() == 1 && to[0].contains("Y.Lan@thu.example"),
            "{engine:?}: {to:?}"
        );
        let first = link(&sent[0]);

        // A lost letter is sent again, and the other place finds the same person.
        house.clock.advance_seconds(3600);
        let again = grant::grant(&house.app, &admin, NEW, Role::Editor).await.unwrap();
        assert_eq!((again.account, again.invited), (given.account, true));
        let in_b = house.ctx(&house.b, &house.in_b.admin).await.unwrap();
        let other = grant::grant(&house.app, &in_b, NEW, Role::Reporter)
            .await
            .unwrap();
        assert_eq!((other.account, other.invited), (given.account, true));
        let sent = letters(&house).await;
        assert_eq!(sent.len(), 3, "{engine:?}");

        // A week later the first link is over, the others not yet.
        house.clock.advance_seconds(sign_in_link::INVITATION_LIFE - 3600);
        let over = sign_in_link::accept(&house.app, &first, ("", PASSWORD), &visit())
            .await
            .unwrap();
        assert!(over.is_none(), "{engine:?}");
        let living = sent.iter().map(link).find(|link| *link != first).unwrap();
        let web = Web::of(&house, true).unwrap();
        let path = format!("/dang-nhap/lien-ket/{living}");
        let form = web.ask(&Ask::get(DESK, &path)).await.unwrap();
        assert!(
            form.status == 200 && form.text().contains("name=\"name\""),
            "{}",
            form.text()
        );
        let chosen = [("name", "Y Lan"), ("new", PASSWORD)];
        let through = web.ask(&Ask::post(DESK, &path, &chosen)).await.unwrap();
        assert_eq!(
            (through.status.as_u16(), through.header("location")),
            (303, "/tai-khoan/hai-lop"),
            "{}",
            through.text()
        );
        let cookie = through
            .header("set-cookie")
            .split(['=', ';'])
            .nth(1)
            .unwrap()
            .to_owned();
        let person = session::resume(&house.app, &cookie).await.unwrap().unwrap();
        assert_eq!(
            (person.session.account, person.display_name.as_str()),
            (given.account, "Y Lan")
        );
        assert!(person.roles_in(house.a.id().into()).has(Role::Editor));
        assert!(person.roles_in(house.b.id().into()).has(Role::Reporter));
        assert!(
            enrol::begin(&house.app, &person, &visit())
                .await
                .unwrap()
                .is_some()
        );

        // Somebody who has a password gets no letter.
        let known = grant::grant(&house.app, &admin, NEW, Role::Reporter)
            .await
            .unwrap();
        assert!(!known.invited, "{engine:?}");
        assert_eq!(
            letters(&house)
                .await
                .iter()
                .filter(|l| l.text.contains("/lien-ket/"))
                .count(),
            3
        );
    }
}

#[tokio::test]
async fn the_province_invites_too_and_nobody_who_is_disabled() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let officer = house.province_ctx(&house.officer).await.unwrap();
        let invited = from_above::grant(&house.province, &officer, Place::Province, NEW, Role::Auditor)
            .await
            .unwrap();
        assert!(invited, "{engine:?}");
        assert_eq!(letters(&house).await.len(), 1, "{engine:?}");
        let identity = house.store.read().identity().await.unwrap();
        let members = identity.members(PROVINCE.into()).await.unwrap();
        drop(identity);
        let new: Vec<_> = members.iter().filter(|member| member.email == NEW).collect();
        assert!(
            new.len() == 1 && new[0].role == Role::Auditor,
            "{engine:?}: {new:?}"
        );
        assert!(invite::disable(&house.app, BY, NEW).await.unwrap());
        let admin = house.ctx(&house.a, &house.in_a.admin).await.unwrap();
        let here = grant::grant(&house.app, &admin, NEW, Role::Editor).await;
        assert!(
            matches!(here, Err(Error::Invalid { field: "email", .. })),
            "{engine:?}: {here:?}"
        );
        let above = from_above::grant(&house.province, &officer, Place::Province, NEW, Role::Auditor).await;
        assert!(
            matches!(
                above,
                Err(pbgdpl_province::Error::Invalid {
                    field: "thu-dien-tu",
                    ..
                })
            ),
            "{engine:?}: {above:?}"
        );
        // The command line shows links instead of sending them.
        let system = pbgdpl_scope::ProvinceCtx::of_system(
            house.store.registry().now(),
            "dòng lệnh",
            house.province.now(),
            officer.request().clone(),
        );
        let nobody = from_above::grant(
            &house.province,
            &system,
            Place::Province,
            "x@thu.example",
            Role::Auditor,
        );
        assert!(nobody.await.is_err(), "{engine:?}");
        assert_eq!(letters(&house).await.len(), 1, "{engine:?}");
    }
}
