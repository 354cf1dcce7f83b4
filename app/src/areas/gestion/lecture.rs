use leptos::prelude::*;
use serde::de::DeserializeOwned;

use super::cadre::Cadre;
use crate::areas::accueil::PageIntrouvable;
use crate::base::vue::Vue;
use crate::ui::{Lecture, lu};

/// A page of the staff, once its content is read.
pub fn lue<T>(page: Lecture<Option<Vue<T>>>, show: impl Fn(T) -> AnyView + Send + Sync + 'static) -> AnyView
where
    T: DeserializeOwned + 'static,
{
    lu(page, move |vue: Vue<T>| {
        let contenu = show(vue.contenu);
        view! { <Cadre qui=vue.qui>{contenu}</Cadre> }.into_any()
    })
}

/// The same for a page that may not exist.
pub fn trouvee<T>(page: Lecture<Option<Vue<Option<T>>>>, show: impl Fn(T) -> AnyView + Send + Sync + 'static) -> AnyView
where
    T: DeserializeOwned + 'static,
{
    lue(page, move |found: Option<T>| found.map_or_else(|| view! { <PageIntrouvable/> }.into_any(), &show))
}
