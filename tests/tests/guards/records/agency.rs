//! Acts on a section, its people, its pictures and its items.

use pbgdpl_app::article::{approve, create, restore, save, send_back, submit, withdraw};
use pbgdpl_app::media::upload::{Purpose, Upload, upload};
use pbgdpl_app::own_host::keep::Look;
use pbgdpl_app::{embed, member, own_host, place, profile};
use pbgdpl_model::article::{Content, Kind};
use pbgdpl_model::estate::{Inspection, Shows};
use pbgdpl_model::own_host::Answer;
use pbgdpl_model::policy::Role;
use pbgdpl_scope::{Ctx, RequestId};
use pbgdpl_testkit::furnish::png;
use pbgdpl_testkit::house::House;

use super::walk::{Done, Walk};

/// A host name of its own.
async fn names(house: &House, walk: &mut Walk, admin: &Ctx) {
    let app = &house.app;
    let name = walk
        .act("own_host.claim", async || {
            own_host::claim::claim(app, admin, "phapluat.coquan.gov.vn", &[]).await
        })
        .await;
    walk.act("own_host.change", async || {
        own_host::change::change(app, admin, name, "09/11/2027").await
    })
    .await;
    walk.act("own_host.look", async || {
        own_host::look::look(app, admin, name).await
    })
    .await;
    let reader = house.store.read().tenant(&house.a).await.unwrap();
    let look = Look {
        at: app.now(),
        token: reader.host_claim(name).await.unwrap().unwrap().token,
        answer: Answer::Proof,
        findings: Vec::new(),
    };
    drop(reader);
    let request = RequestId::new("thu".into());
    let schedule = Ctx::of_system(house.a.clone(), "Theo dõi tên miền riêng", app.now(), request);
    walk.act("own_host.keep", async || {
        own_host::keep::keep(app, &schedule, name, look.clone()).await
    })
    .await;
    walk.act("own_host.release", async || {
        own_host::release::release(app, admin, name).await
    })
    .await;
}

/// The site that frames it, its people, what stands at its foot.
pub(super) async fn section(house: &House, walk: &mut Walk) {
    let app = &house.app;
    let admin = house.ctx(&house.a, &house.in_a.admin).await.unwrap();
    let site = walk
        .act("embed.add", async || {
            embed::add::add(app, &admin, "Cổng của Sở", "https://so.example").await
        })
        .await;
    let order = embed::change::Change {
        embed: site.id,
        site: "Cổng của Sở".into(),
        origins: "https://so.example".into(),
        open: false,
    };
    walk.act("embed.change", async || {
        embed::change::change(app, &admin, order.clone()).await
    })
    .await;
    walk.act("embed.replace", async || {
        embed::replace::replace(app, &admin, site.id, Some(90)).await
    })
    .await;
    let page = walk
        .act("place.add", async || {
            place::add::add(
                app,
                &admin,
                site.id,
                ("https://so.example/pbgdpl", "Phòng Công nghệ thông tin"),
            )
            .await
        })
        .await;
    walk.act("place.change", async || {
        place::change::change(app, &admin, page, "Văn phòng", false).await
    })
    .await;
    let schedule = Ctx::of_system(
        house.a.clone(),
        "Theo dõi trang nhúng",
        house.app.now(),
        RequestId::new("thu".into()),
    );
    let seen = Inspection::new(house.app.now(), Shows::Nothing, Vec::new());
    walk.act("place.keep", async || {
        place::keep::keep(app, &schedule, page, (&seen, true)).await
    })
    .await;
    let picture = png().unwrap();
    let kept = walk
        .act("place.depict", async || {
            place::depict::depict(app, &schedule, page, Ok(picture.clone().into())).await
        })
        .await;
    assert!(kept);
    walk.act("embed.end", async || {
        embed::end::end(app, &admin, site.id, &site.key).await
    })
    .await;
    names(house, walk, &admin).await;
    let granted = walk
        .act("member.grant", async || {
            member::grant::grant(app, &admin, "moi@thu.example", Role::Editor).await
        })
        .await;
    assert!(granted.invited, "the letter belongs to what was rolled back");
    // The role is held already: all that happens is a new letter, which the chain of the accounts records.
    walk.act_in(&["account_audit"], "member.grant", async || {
        member::grant::grant(app, &admin, "moi@thu.example", Role::Editor).await
    })
    .await;
    let revoked = walk
        .act("member.revoke", async || {
            member::revoke::revoke(app, &admin, granted.account, Role::Editor).await
        })
        .await;
    assert_eq!(revoked, member::revoke::Outcome::Done);
    let facts = profile::change::Facts {
        responsible: "Phó Giám đốc".into(),
        ..profile::change::Facts::default()
    };
    let changed = walk
        .act("profile.change", async || {
            profile::change::change(app, &admin, facts.clone()).await
        })
        .await;
    assert_eq!(changed, profile::change::Outcome::Done);
}

fn content(body: &str) -> Content {
    Content {
        title: "Ngày Pháp luật".into(),
        summary: "Ai cũng đến được".into(),
        body: body.into(),
        ..Content::default()
    }
}

/// An item from its first version to its end.
pub(super) async fn items(house: &House, walk: &mut Walk) {
    let app = &house.app;
    let editor = house.ctx(&house.a, &house.in_a.editor).await.unwrap();
    let approver = house.ctx(&house.a, &house.in_a.approver).await.unwrap();
    let picture = Upload {
        purpose: Purpose::Picture,
        file_name: "chợ.png".into(),
        bytes: png().unwrap().into(),
        alt: "Cán bộ phát tờ gấp ở chợ".into(),
    };
    walk.act("media.upload", async || {
        upload(app, &editor, picture.clone()).await
    })
    .await;
    let item = walk
        .act("article.create", async || {
            create::create(app, &editor, Kind::Tin, content("Bản đầu")).await
        })
        .await
        .done();
    walk.act("article.submit", async || {
        submit::submit(app, &editor, item).await
    })
    .await
    .done();
    walk.act("article.send_back", async || {
        send_back::send_back(app, &approver, item, "Ghi rõ nơi tổ chức").await
    })
    .await;
    let order = save::Save {
        article: item,
        based_on: 1,
        content: content("Tại Nhà rông"),
        note: String::new(),
    };
    walk.act("article.save", async || {
        save::save(app, &editor, order.clone()).await
    })
    .await
    .done();
    let newest = walk
        .act("article.restore", async || {
            restore::restore(app, &editor, item, 1).await
        })
        .await;
    submit::submit(app, &editor, item).await.unwrap().done();
    walk.act("article.approve", async || {
        approve::approve(app, &approver, item, newest, "").await
    })
    .await
    .done();
    walk.act("article.withdraw", async || {
        withdraw::withdraw(app, &approver, item, "Hết hiệu lực").await
    })
    .await;
}
