//! What the browser loads besides pages: built by `make build`, served with the compression it was built with.

use std::path::{Path, PathBuf};

use axum::Router;
use http::header::CACHE_CONTROL;
use http::{HeaderName, HeaderValue};
use leptos::prelude::LeptosOptions;
use tower::ServiceBuilder;
use tower_http::services::{ServeDir, ServeFile};
use tower_http::set_header::SetResponseHeaderLayer;

use crate::Failure;
use crate::state::AppState;

const NAME: &str = "reelsheet";
const HASHES: &str = "hash.txt";
const PACKAGE: &str = "pkg";

/// The site's folder and what lies in it.
pub struct Site {
    root: PathBuf,
    files: Vec<String>,
    folders: Vec<String>,
}

impl Site {
    /// Finds the site: where `LEPTOS_SITE_ROOT` says, else beside the program, else where the build leaves it.
    pub fn find() -> Result<Self, Failure> {
        let told = std::env::var_os("LEPTOS_SITE_ROOT").map(PathBuf::from);
        let beside = std::env::current_exe().ok().and_then(|program| Some(program.parent()?.join("site")));
        let candidates = match told {
            Some(told) => vec![told],
            None => beside.into_iter().chain([PathBuf::from("target/site")]).collect(),
        };
        let found = candidates.iter().find(|folder| folder.join(HASHES).is_file());
        let Some(root) = found else {
            let looked =
                candidates.iter().map(|folder| folder.display().to_string()).collect::<Vec<_>>().join(", ");
            return Err(Failure(format!("the site is missing (looked in {looked}); run make build")));
        };
        Self::open(root)
    }

    fn open(root: &Path) -> Result<Self, Failure> {
        let said = |error: std::io::Error| {
            Failure(format!("the site at {} cannot be read: {error}", root.display()))
        };
        let root = root.canonicalize().map_err(said)?;
        let (mut files, mut folders) = (Vec::new(), Vec::new());
        for entry in std::fs::read_dir(&root).map_err(said)? {
            let entry = entry.map_err(said)?;
            let Ok(name) = entry.file_name().into_string() else { continue };
            if entry.path().is_dir() {
                folders.push(name);
            } else if name != HASHES && !name.ends_with(".br") && !name.ends_with(".gz") {
                files.push(name);
            }
        }
        Ok(Self { root, files, folders })
    }

    /// What Leptos needs to name the site's files in a page.
    pub fn leptos_options(&self) -> LeptosOptions {
        LeptosOptions::builder()
            .output_name(NAME)
            .site_root(self.root.display().to_string())
            .site_pkg_dir(PACKAGE)
            // An absolute path: Leptos would look beside the program otherwise.
            .hash_file(self.root.join(HASHES).display().to_string().into())
            .hash_files(true)
            .build()
    }

    /// Whether a path is one of the site's, which everybody may load.
    pub fn serves(&self, path: &str) -> bool {
        let path = path.trim_start_matches('/');
        let in_folder =
            path.split_once('/').is_some_and(|(folder, _)| self.folders.iter().any(|known| known == folder));
        in_folder || self.files.iter().any(|known| known == path)
    }

    /// The routes of the site's files.
    pub fn routes(&self, mut router: Router<AppState>) -> Router<AppState> {
        for folder in &self.folders {
            let files = ServeDir::new(self.root.join(folder)).precompressed_br().precompressed_gzip();
            let cached = ServiceBuilder::new().layer(cache(folder == PACKAGE)).service(files);
            router = router.nest_service(&format!("/{folder}"), cached);
        }
        for name in &self.files {
            let file = ServeFile::new(self.root.join(name)).precompressed_br().precompressed_gzip();
            router = router
                .route_service(&format!("/{name}"), ServiceBuilder::new().layer(cache(false)).service(file));
        }
        router
    }
}

type Cache = SetResponseHeaderLayer<
    fn(&http::Response<tower_http::services::fs::ServeFileSystemResponseBody>) -> Option<HeaderValue>,
>;

/// The package's names carry the hash of their content, so a browser may keep them for ever; a missing file is not
/// kept at all.
fn cache(hashed: bool) -> Cache {
    fn for_ever(
        response: &http::Response<tower_http::services::fs::ServeFileSystemResponseBody>,
    ) -> Option<HeaderValue> {
        let found = response.status().is_success() || response.status() == http::StatusCode::NOT_MODIFIED;
        found.then(|| HeaderValue::from_static("public, max-age=31536000, immutable"))
    }
    fn ask_again(
        _: &http::Response<tower_http::services::fs::ServeFileSystemResponseBody>,
    ) -> Option<HeaderValue> {
        Some(HeaderValue::from_static("no-cache"))
    }
    let name: HeaderName = CACHE_CONTROL;
    SetResponseHeaderLayer::if_not_present(name, if hashed { for_ever } else { ask_again })
}
