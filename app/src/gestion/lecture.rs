use leptos::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::cadre::Cadre;
use crate::api::vue::Vue;
use crate::base::erreur::ApiError;
use crate::ui::lu;

/// A page of the staff, once its content is read.
pub fn lue<T>(
    page: Resource<Result<Option<Vue<T>>, ApiError>>,
    show: impl Fn(T) -> AnyView + Clone + Send + Sync + 'static,
) -> impl IntoView
where
    T: Clone + Serialize + DeserializeOwned + Send + Sync + 'static,
{
    lu(page, move |vue| {
        let contenu = show(vue.contenu);
        view! { <Cadre qui=vue.qui>{contenu}</Cadre> }.into_any()
    })
}
