//! The register of tổ hòa giải through its pages: typed, refused with everything kept, pasted as a table, listed, saved.

use pbgdpl_model::dataset::Dataset;
use pbgdpl_province::dataset::take::take;

use super::mediation::day;
use super::*;

const HERE: &str = "/quan-tri/huyen-b/to-hoa-giai";

fn whole() -> Vec<(&'static str, &'static str)> {
    vec![
        ("name", "Tổ hòa giải thôn 1"),
        ("village", "Thôn 1"),
        ("commune", "1"),
        ("decision_number", "7/QĐ-UBND"),
        ("decision_day", "02/03/2015"),
        ("decision_issuer", "Chủ tịch Ủy ban nhân dân xã"),
        ("founded", "02/03/2015"),
        ("men", "4"),
        ("women", "3"),
        ("law", "1"),
        ("minority", "5"),
        ("trained", ""),
        ("from", "05/01/2020"),
    ]
}

#[tokio::test]
async fn a_group_from_its_form_to_its_history() {
    for engine in BOTH {
        let house = house(engine).await;
        let web = Web::of(&house, true).unwrap();
        let session = house.session(&house.in_b.reporter).await.unwrap();
        let get = async |path: &str| web.ask(&Ask::get(DESK, path).signed_in(&session)).await.unwrap();
        let post = async |path: &str, form: &[(&str, &str)]| {
            web.ask(&Ask::post(DESK, path, form).signed_in(&session))
                .await
                .unwrap()
        };
        let empty = get(HERE).await.text();
        assert!(
            empty.contains("Sổ chưa có tổ hòa giải nào") && empty.contains(&format!("{HERE}/dan-bang")),
            "{empty}"
        );
        let form = get(&format!("{HERE}/moi")).await.text();
        assert!(
            form.contains("Xã Pô Kô") && form.contains("không ghi họ tên"),
            "{form}"
        );

        let mut typed = whole();
        typed[7] = ("men", "bốn");
        typed[9] = ("law", "");
        typed[12] = ("from", "31/02/2020");
        let refused = post(HERE, &typed).await;
        assert_eq!(refused.status, 422);
        let text = refused.text();
        for kept in [
            "value=\"bốn\"",
            "value=\"31/02/2020\"",
            "#men",
            "#law",
            "#from",
            "thôn 1",
        ] {
            assert!(text.contains(kept), "{engine:?}: {kept}: {text}");
        }
        let mut typed = whole();
        typed[9] = ("law", "8");
        let refused = post(HERE, &typed).await;
        assert_eq!(refused.status, 422);
        assert!(refused.text().contains("là 8, lớn hơn tổng số 7 hòa giải viên"));

        let kept = post(HERE, &whole()).await;
        assert_eq!(kept.status, 303, "{}", kept.text());
        let one = kept.header("location").split('?').next().unwrap().to_owned();
        let again = post(HERE, &whole()).await;
        assert_eq!(again.status, 409);
        assert!(
            again.text().contains(&one),
            "{engine:?}: leads to the group that is there"
        );
        let page = get(&one).await.text();
        assert!(
            page.contains("Thôn 1, Xã Diên Bình") && page.contains("chưa ghi số được bồi dưỡng trong năm"),
            "{page}"
        );
        let list = get(&format!("{HERE}?ngay=31/12/2020")).await.text();
        assert!(
            list.contains("1 tổ chưa ghi số được bồi dưỡng năm 2020") && list.contains("Cộng theo xã"),
            "{list}"
        );

        // The training of the year is put right; what was wrong stays struck.
        let at = format!("{one}/viec/dinh-chinh?so=2");
        let form = get(&at).await.text();
        assert!(
            form.contains("value=\"05/01/2020\"") && form.contains("value=\"4\""),
            "{form}"
        );
        let mut right: Vec<(&str, &str)> = whole()[7..].to_vec();
        right[4] = ("trained", "9");
        right.extend([("based_on", "2"), ("reason", "sót số bồi dưỡng")]);
        let refused = post(&at, &right).await;
        assert_eq!(refused.status, 422);
        assert!(refused.text().contains("sót số bồi dưỡng"));
        right[4] = ("trained", "6");
        assert_eq!(post(&at, &right).await.status, 303);
        assert_eq!(
            post(&at, &right).await.status,
            409,
            "{engine:?}: somebody wrote since"
        );
        let page = get(&one).await.text();
        assert!(
            page.contains("<del>") && page.contains("đính chính: sót số bồi dưỡng"),
            "{page}"
        );

        let end = [
            ("based_on", "3"),
            ("from", "01/06/2020"),
            ("reason", "Nhập hai thôn"),
        ];
        assert_eq!(post(&format!("{one}/viec/giai-the"), &end).await.status, 303);
        let listed = async |query: &str| get(&format!("{HERE}{query}")).await.text();
        assert!(listed("?ngay=31/05/2020").await.contains("Tổ hòa giải thôn 1"));
        assert!(
            listed("?ngay=31/12/2020")
                .await
                .contains("Không có tổ nào như đã chọn")
        );
        assert!(
            listed("?ngay=31/12/2020&tinh-trang=giai-the")
                .await
                .contains("Giải thể từ 01/06/2020")
        );
        assert!(
            listed("?ngay=31/05/2020&ten=HOA+GIAI+thon&xa=1")
                .await
                .contains("Tổ hòa giải thôn 1")
        );
        assert!(
            listed("?ngay=31/05/2020&xa=2")
                .await
                .contains("Không có tổ nào như đã chọn")
        );
        assert_eq!(
            get(&format!("{HERE}?ngay=x&xa=y&tinh-trang=z&ghi-den=-1"))
                .await
                .status,
            200
        );
        let closed = get(&format!("{one}/viec/so-lieu")).await;
        assert_eq!(
            closed.status, 409,
            "{engine:?}: nothing is written of what has ended"
        );
        let file = get(&format!("{HERE}/danh-sach.csv?ngay=31/05/2020")).await;
        assert!(
            file.text()
                .contains("\r\nTổ hòa giải thôn 1,Thôn 1,Xã Diên Bình,7/QĐ-UBND,02/03/2015,"),
            "{}",
            file.text()
        );
        assert_eq!(
            get(&format!("{HERE}/danh-sach.csv?ngay=31/02/2020")).await.status,
            400
        );

        // Sở A has no district: no place in its menu.
        let desk = get("/quan-tri/huyen-b").await.text();
        assert!(desk.contains(HERE), "{engine:?}");
        let other = house.session(&house.in_a.reporter).await.unwrap();
        let desk = web
            .ask(&Ask::get(DESK, "/quan-tri/so-a").signed_in(&other))
            .await
            .unwrap();
        assert!(!desk.text().contains("to-hoa-giai"), "{engine:?}");
        house.end().await.unwrap();
    }
}

#[tokio::test]
async fn a_pasted_table_is_written_whole_or_refused_row_by_row() {
    for engine in BOTH {
        let house = house(engine).await;
        let web = Web::of(&house, true).unwrap();
        let session = house.session(&house.in_b.reporter).await.unwrap();
        let at = format!("{HERE}/dan-bang");
        let send = async |table: &str| {
            let form = [("table", table)];
            web.ask(&Ask::post(DESK, &at, &form).signed_in(&session))
                .await
                .unwrap()
        };
        let groups = async || {
            let reader = house.store.read().tenant(&house.b).await.unwrap();
            reader.mediation_groups().await.unwrap()
        };
        let template = Ask::get(DESK, &format!("{HERE}/bang-mau.csv")).signed_in(&session);
        let head = web.ask(&template).await.unwrap().text();
        let head = head.trim_start_matches('\u{feff}').trim().replace(',', "\t");
        let row = |name: &str, commune: &str, law: &str, trained: &str| {
            format!(
                "{name}\tThôn 1\t{commune}\t7/QĐ-UBND\t02/03/2015\tChủ tịch UBND xã\t02/03/2015\t4\t3\t{law}\t5\t{trained}\t05/01/2020"
            )
        };
        let wrong = [
            head.clone(),
            row("Tổ A", "Diên Bình", "1", "6"),
            row("Tổ B", "Xã Lạ", "chín", ""),
            row("Tổ C", "2", "1", "").replace("05/01/2020", "05/13/2020"),
        ];
        let refused = send(&wrong.join("\r\n")).await;
        assert_eq!(refused.status, 422);
        let text = refused.text();
        for said in [
            "Dòng 3",
            "không có trong các xã",
            "Dòng 4",
            "còn 3 chỗ cần sửa",
            "Tổ A\tThôn 1",
        ] {
            assert!(text.contains(said), "{engine:?}: {said}: {text}");
        }
        let over = [
            row("Tổ A", "Diên Bình", "9", "6"),
            row("Tổ A", "1", "1", "6"),
            row("TỔ A", "1", "1", "6"),
        ];
        let text = send(&over.join("\n")).await.text();
        assert!(
            text.contains("lớn hơn tổng số 7") && text.contains("đã có trong sổ hoặc ở dòng trên"),
            "{text}"
        );
        assert!(send(" \n").await.text().contains("cần từ 1 đến 300 dòng"));
        // As many as are taken, all of them wrong, then one more: the whole table is refused before its rows are read.
        let mut many = vec![head.clone()];
        many.extend((1..=300).map(|number| row(&format!("Tổ {number}"), "Xã Lạ", "1", "")));
        let text = send(&many.join("\n")).await.text();
        assert!(
            text.contains("còn 300 chỗ cần sửa") && text.contains("và 100 chỗ nữa"),
            "{engine:?}: {text}"
        );
        assert!(
            text.contains("Dòng 201") && !text.contains("Dòng 202"),
            "{engine:?}: {text}"
        );
        many.push(row("Tổ 301", "Xã Lạ", "1", ""));
        let refused = send(&many.join("\n")).await;
        assert_eq!(refused.status, 422);
        let text = refused.text();
        assert!(
            text.contains("cần từ 1 đến 300 dòng")
                && text.contains("còn 1 chỗ cần sửa")
                && !text.contains("Dòng 2"),
            "{engine:?}: {text}"
        );
        assert!(groups().await.is_empty(), "{engine:?}: nothing was written");

        let right = [
            head,
            row("Tổ A", "Diên Bình", "1", "6"),
            String::new(),
            row("Tổ B", "xã pô kô", "0", ""),
        ];
        let answer = send(&right.join("\r\n")).await;
        assert_eq!(answer.status, 303, "{}", answer.text());
        let all = groups().await;
        let mut known: Vec<(&str, &str, Option<i64>)> = all
            .iter()
            .filter_map(|group| group.on(day("31/12/2020")))
            .map(|now| {
                (
                    now.details.name.as_str(),
                    now.details.commune.as_str(),
                    now.trained,
                )
            })
            .collect();
        known.sort_unstable();
        assert_eq!(known, [("Tổ A", "1", Some(6)), ("Tổ B", "2", None)], "{engine:?}");
        // The Ministry's record type 8: each group with its figures, of the last day of the year.
        let officer = house.province_ctx(&house.consolidator).await.unwrap();
        let taken = take(&house.province, &officer, Dataset::MediationGroups, 2020)
            .await
            .unwrap();
        let mut table: Vec<Vec<String>> = taken.file.table().collect();
        table[1..].sort_by(|one, other| one[3].cmp(&other[3]));
        let cell = |row: usize, name: &str| {
            let at = table[0].iter().position(|column| column == name).unwrap();
            table[row][at].clone()
        };
        assert_eq!(table.len(), 3, "{engine:?}: {table:?}");
        assert_eq!(
            [
                "ten",
                "xa",
                "so_hoa_giai_vien",
                "so_chua_qua_dao_tao_luat",
                "so_duoc_boi_duong"
            ]
            .map(|name| cell(1, name)),
            ["Tổ A", "Xã Diên Bình", "7", "6", "6"]
        );
        assert_eq!(cell(2, "so_duoc_boi_duong"), "", "{engine:?}: nothing was said");
        let before = take(&house.province, &officer, Dataset::MediationGroups, 2014)
            .await
            .unwrap();
        assert!(before.file.rows.is_empty(), "{engine:?}: none was founded");
        let again = send(&right.join("\n")).await;
        assert_eq!(again.status, 422, "{engine:?}: sent twice, written once");
        house.end().await.unwrap();
    }
}
