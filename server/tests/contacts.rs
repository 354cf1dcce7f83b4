use app::onglet::annuaire::Annuaire;
use domain::collectivite::{CleCollectivite, ContactFormation};
use server::areas::gestion::annuaire::contacts::Rapport;

use super::support::{Monde, Navigateur};

const HEADER: &str = "type,code,service,courriel,telephone\n";

async fn import(monde: &Monde, lines: &str) -> Rapport {
    let file = format!("{HEADER}{lines}");
    let mut announced = None;
    let report =
        monde.backend.import_contacts(file.as_bytes(), |report| announced = Some(report.clone())).await.unwrap();
    assert_eq!(announced.as_ref(), Some(&report), "what is announced is what is done");
    report
}

async fn toulouse(monde: &Monde) -> Option<ContactFormation> {
    monde.backend.contact(&CleCollectivite::parse("COMMUNE:31555").unwrap()).await.unwrap()
}

on_both_engines! {
    async fn a_file_of_contacts_is_loaded_and_a_second_time_changes_nothing(monde: Monde) {
        assert_eq!(toulouse(&monde).await, None);
        let line = "COMMUNE,31555,\"DRH, formation\",formation@mairie-toulouse.example,05 61 22 22 22\n";
        assert_eq!(import(&monde, line).await, Rapport { lues: 1, ajoutees: 1, ..Rapport::default() });
        let known = ContactFormation {
            service: "DRH, formation".to_owned(),
            courriel: "formation@mairie-toulouse.example".to_owned(),
            telephone: "+33561222222".to_owned(),
        };
        assert_eq!(toulouse(&monde).await, Some(known.clone()));
        assert_eq!(import(&monde, line).await, Rapport { lues: 1, inchangees: 1, ..Rapport::default() });
        assert_eq!(monde.number("SELECT count(*) FROM contact_formation").await, 1);

        let line = "COMMUNE,31555,\"DRH, formation\",formation@mairie-toulouse.example,\n";
        assert_eq!(import(&monde, line).await, Rapport { lues: 1, changees: 1, ..Rapport::default() });
        assert_eq!(toulouse(&monde).await, Some(ContactFormation { telephone: String::new(), ..known }));
    }

    async fn one_bad_line_keeps_all_of_them_out(monde: Monde) {
        let good = "COMMUNE,31555,Formation,formation@toulouse.example,\n";
        for (bad, why) in [
            ("COMMUNE,99999,Formation,a@b.example,", "COMMUNE:99999 n’est pas dans le répertoire."),
            ("COMMUNE,99,Formation,a@b.example,", "Le code d’une commune"),
            ("MAIRIE,31555,Formation,a@b.example,", "n’est pas celui d’une collectivité."),
            ("GENERIQUE_INTERVENANTS,cnfpt-31,Formation,a@b.example,", "n’est pas celui d’une collectivité."),
            ("COMMUNE,31555,Formation,a@b.example,", "COMMUNE:31555 est déjà à la ligne 2."),
            ("COMMUNE,31555,,a@b.example,", "le nom du service"),
            ("COMMUNE,31555,Formation,,", "il faut un courriel ou un téléphone."),
            ("COMMUNE,31555,Formation,a@b,", "n’est pas une adresse de messagerie."),
            ("COMMUNE,31555,Formation,,12", "n’est pas un numéro de téléphone."),
            ("COMMUNE,31555,Formation", "n’a pas ses cinq colonnes"),
        ] {
            let report = import(&monde, &format!("{good}{bad}\n")).await;
            assert_eq!((report.lues, report.ajoutees), (2, 1), "{bad}");
            let [(3, said)] = report.refusees.as_slice() else { panic!("{bad}: {:?}", report.refusees) };
            assert!(said.contains(why), "{bad}: {said}");
            assert_eq!(toulouse(&monde).await, None, "{bad}");
        }
        // The file is as a spreadsheet leaves it: the code has lost its zero.
        monde.execute("UPDATE collectivite SET code = '01001' WHERE code = '38185'").await;
        let file = "TYPE;Code;Service;Courriel;Téléphone\n;;;;\nCOMMUNE;1001;Formation;mailto:a@b.example;05 61 22 22 22\n";
        let utf16: Vec<u8> = file.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let report = monde.backend.import_contacts(utf16.as_slice(), |_| ()).await.unwrap();
        assert_eq!((report.lues, report.ajoutees, report.refusees.len()), (1, 1, 0), "{report:?}");
        let report = monde.backend.import_contacts(&b"PK\x03\x04"[..], |_| ()).await.unwrap();
        assert!(report.refusees[0].1.contains("classeur"), "{report:?}");
        let report = monde.backend.import_contacts("type;code\n".as_bytes(), |_| ()).await.unwrap();
        assert!(report.refusees[0].1.starts_with("les colonnes type, code, service"), "{report:?}");
    }
}

mod pages {
    use super::*;

    on_both_engines! {
        async fn the_contact_is_shown_or_whom_to_ask(monde: Monde) {
            let mut navigateur = Navigateur::new(&monde);
            let found = navigateur.get("/inscription/service-rh?q=toulou").await;
            assert!(found.html.contains("?cle=COMMUNE:31555"), "{}", found.html);
            let unknown = navigateur.get("/inscription/service-rh?cle=COMMUNE:31555").await;
            assert!(unknown.html.contains("secrétariat de mairie"), "{}", unknown.html);

            import(&monde, "COMMUNE,31555,Formation,formation@toulouse.example,05 61 22 22 22\n").await;
            let known = navigateur.get("/inscription/service-rh?cle=COMMUNE:31555").await;
            assert!(known.html.contains("href=\"mailto:formation@toulouse.example\""), "{}", known.html);
            assert!(known.html.contains("href=\"tel:+33561222222\"") && known.html.contains("05 61 22 22 22"));

            let none = navigateur.get("/inscription/service-rh?q=%3Cb%3Ezzz").await;
            assert!(none.html.contains("&lt;b&gt;zzz") && none.html.contains("Aucune collectivité"), "{}", none.html);
            for nothing in ["?cle=COMMUNE:00000", "?cle=x", "?q=", ""] {
                let page = navigateur.get(&format!("/inscription/service-rh{nothing}")).await;
                assert!(page.html.contains("Cherchez votre collectivité"), "{nothing}");
            }
        }
    }
}
