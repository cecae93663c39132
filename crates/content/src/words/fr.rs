//! French, as the Government of Canada writes it: a no-break space before a colon and inside quotation marks, none
//! before `;`, `!` and `?` (*Le guide du rédacteur*, 7.1, Translation Bureau); `1er` for the first of a month.

use super::{Around, Day, Words, month_name, size};

pub(super) static WORDS: Words = Words {
    tag: "fr",

    skip_link: "Passer au contenu principal",
    languages: "Sélection de la langue",
    blog: "Blogue",
    feed: "Fil JSON Feed",

    no_translation: Around {
        before: "Ce billet n’a pas de traduction\u{a0}: le lien ",
        after: " mène à tous les billets dans cette langue.",
    },
    posts_in: |name| format!("Voir les billets dans cette langue\u{a0}: {name}"),
    in_language: |name| format!("(langue\u{a0}: {name})"),
    choice_saved: |name| format!("Ce site s’ouvrira désormais dans cette langue\u{a0}: {name}."),

    all_posts: "Tous les billets",
    all_posts_page: |page| format!("Tous les billets, page\u{a0}{page}"),
    no_posts: "Il n’y a pas encore de billet.",
    pages: "Pages de la liste",
    newer: "Billets plus récents",
    older: "Billets plus anciens",
    page_of: |page, pages| format!("Page\u{a0}{page} sur\u{a0}{pages}"),

    published: "Publié le",
    date,
    by: |authors| format!("Par {authors}"),
    reading_time: |minutes| {
        let unit = if minutes < 2 { "minute" } else { "minutes" };
        format!("{minutes}\u{a0}{unit} de lecture")
    },
    neighbours: "Autres billets",
    previous_post: "Billet précédent",
    next_post: "Billet suivant",

    loading: "Chargement…",
    try_again: "Réessayer",
    not_found: "Page introuvable",
    not_found_help: "L’adresse contient peut-être une erreur, ou la page a été déplacée. Vous pouvez la chercher dans la liste des billets.",
    unknown_post: "Ce billet n’existe pas",
    unknown_post_help: "Il a peut-être été retiré, ou l’adresse contient une erreur. Vous pouvez le chercher dans la liste des billets.",
    offline: "Vous êtes hors ligne",
    offline_help: "Cette page n’est pas enregistrée sur votre appareil. Réessayez lorsque vous serez connecté à Internet.",
    on_this_device: "Billets enregistrés sur cet appareil",
    server_error: "Le serveur ne répond pas comme il le devrait",
    server_error_help: |status| {
        format!(
            "Il a signalé l’erreur\u{a0}{status}. Le problème ne vient pas de vous. Réessayez dans quelques minutes."
        )
    },
    broken_data: "Cette page est arrivée endommagée",
    broken_data_help: "La connexion l’a peut-être altérée en chemin. Réessayez.",
    newer_version: "Ce site a été mis à jour",
    newer_version_help: "Rechargez la page pour obtenir la version à jour.",
    reload: "Recharger la page",

    no_network: "Hors ligne",
    new_version: "Une nouvelle version est prête.",
    use_new_version: "L’utiliser maintenant",
    new_posts: "Il y a des billets nouveaux ou modifiés.",
    show_new_posts: "Les afficher",
    dismiss: "Fermer",

    size: |bytes| size(bytes, ["ko", "Mo", "Go"], ','),
    opens_offline: "Lisible hors ligne",
    save: |size| ["Conserver hors ligne (", size, ")"].concat(),
    saving: "Enregistrement…",
    is_saved: "Enregistré sur cet appareil",
    remove: "Retirer",
    remove_post: |title| ["Retirer\u{a0}: ", title].concat(),
    not_saved_network: "L’enregistrement a échoué\u{a0}: il n’y a pas de connexion. Réessayez lorsqu’il y en aura une.",
    not_saved_full: "L’enregistrement a échoué\u{a0}: cet appareil n’a plus de place pour ce site. Vous pouvez continuer à lire, et faire de la place sous «\u{a0}Billets enregistrés\u{a0}».",
    not_saved_missing: "L’enregistrement a échoué\u{a0}: le site n’a pas tout envoyé. Réessayez plus tard.",
    saved: "Billets enregistrés",
    saved_help: "Ces billets s’ouvrent sans connexion, dans toutes leurs langues.",
    saved_needs: "Cette liste est faite sur votre appareil. Il lui faut JavaScript, et un navigateur qui laisse les sites enregistrer quelque chose, ce que les fenêtres privées refusent souvent.",
    nothing_saved: "Rien n’est encore enregistré. Sous le titre de chaque billet, un bouton permet de le conserver.",
    saved_total: |posts, size| {
        let unit = if posts < 2 {
            "\u{a0}billet, "
        } else {
            "\u{a0}billets, "
        };
        [&posts.to_string(), unit, size].concat()
    },
    saved_quota: |size| [" sur les ", size, " que le navigateur accorde à ce site"].concat(),
    saved_at_risk: "Votre navigateur ne s’est pas engagé à garder tout cela\u{a0}: il pourrait le supprimer si l’appareil venait à manquer d’espace.",
    remove_all: "Tout retirer",
    save_blog: "Conserver tout le blogue",
    every_language: "Toutes les langues",
    saved_of: |done, all| {
        let unit = if done < 2 {
            " billet enregistré sur\u{a0}"
        } else {
            " billets enregistrés sur\u{a0}"
        };
        [&done.to_string(), unit, &all.to_string()].concat()
    },
    unfinished: "Tout le blogue devait être conservé, et il manque encore des billets.",
    go_on: "Continuer",
    stop: "Annuler",
};

fn date(Day { year, month, day }: Day) -> String {
    let months = [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ];
    let day = if day == 1 {
        "1er".to_owned()
    } else {
        day.to_string()
    };
    format!("{day} {} {year}", month_name(months, month))
}
