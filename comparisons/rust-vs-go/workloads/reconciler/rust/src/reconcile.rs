//! Brings apps to what their specs say.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use thiserror::Error;

use crate::api::{Api, ApiError};
use crate::cache::Cache;
use crate::object::{App, Replica, Status};
use crate::queue::Queue;

pub struct Controller {
    api: Api,
    apps: Arc<Cache<App>>,
    replicas: Arc<Cache<Replica>>,
    /// By app, where the caches may not know it yet.
    written: Mutex<HashMap<String, Versions>>,
}

/// Why an app has to come again.
#[derive(Debug, Error)]
enum Unfinished {
    #[error(transparent)]
    Api(#[from] ApiError),
    /// It is too soon. That the app will come back with an event is not certain: what was written
    /// may be gone when its kind is listed anew.
    #[error("the caches do not know the last writes yet")]
    Behind,
}

/// Those of the last things written for an app; 0: none.
#[derive(Clone, Copy, Default, PartialEq)]
struct Versions {
    app: u64,
    replicas: u64,
}

impl Controller {
    pub fn new(api: Api, apps: Arc<Cache<App>>, replicas: Arc<Cache<Replica>>) -> Self {
        Self {
            api,
            apps,
            replicas,
            written: Mutex::default(),
        }
    }

    /// Works until the queue is closed.
    pub async fn work(&self, queue: &Arc<Queue>) {
        while let Some(app) = queue.take().await {
            let result = self.reconcile(&app).await;
            queue.done(app, result.is_ok());
        }
    }

    /// Takes an app from what the caches say to what its spec says, unless they do not know yet
    /// what was last written for it.
    async fn reconcile(&self, name: &str) -> Result<(), Unfinished> {
        let (apps, app_known) = self.apps.of(name);
        let (replicas, replicas_known) = self.replicas.of(name);
        let known = Versions {
            app: app_known,
            replicas: replicas_known,
        };
        if !self.caught_up(name, known) {
            return Err(Unfinished::Behind);
        }

        let mut written = Versions::default();
        let result = match apps.first() {
            Some(app) => self.carry_out(app, replicas, &mut written).await,
            None => self.delete_all(&replicas, &mut written).await,
        };
        if written != Versions::default() {
            self.lock().insert(name.to_owned(), written);
        }
        Ok(result?)
    }

    /// Whether the caches know all that was written for an app.
    fn caught_up(&self, name: &str, known: Versions) -> bool {
        let mut all = self.lock();
        let Some(written) = all.get(name) else {
            return true;
        };
        if known.app < written.app || known.replicas < written.replicas {
            return false;
        }
        all.remove(name);
        true
    }

    /// Gives an app the replicas that its spec says, and then says so in its status.
    async fn carry_out(
        &self,
        app: &App,
        mut found: Vec<Arc<Replica>>,
        written: &mut Versions,
    ) -> Result<(), ApiError> {
        for index in 0..app.spec.replicas {
            let name = format!("{}-{index}", app.name);
            let existing = found
                .iter()
                .position(|replica| replica.name == name)
                .map(|at| found.swap_remove(at));
            let version = match existing {
                Some(replica) if replica.image == app.spec.image => continue,
                Some(replica) => replica.version,
                None => 0,
            };
            let wanted = Replica {
                name,
                version,
                app: app.name.clone(),
                image: app.spec.image.clone(),
            };
            written.replicas = self.api.put_replica(&wanted).await?;
        }
        self.delete_all(&found, written).await?;

        let status = Status {
            generation: app.generation,
            replicas: app.spec.replicas,
        };
        if status != app.status {
            let next = App {
                status,
                ..app.clone()
            };
            written.app = self.api.put_status(&next).await?;
        }
        Ok(())
    }

    async fn delete_all(
        &self,
        replicas: &[Arc<Replica>],
        written: &mut Versions,
    ) -> Result<(), ApiError> {
        for replica in replicas {
            written.replicas = self.api.delete_replica(replica).await?;
        }
        Ok(())
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Versions>> {
        self.written.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use axum::Router;
    use axum::extract::Request;
    use serde_json::json;
    use tokio::net::TcpListener;

    use super::*;
    use crate::object::Spec;

    /// Replicas and an app, or none, and an API server that takes every write.
    struct Scene {
        controller: Controller,
        writes: Arc<Mutex<Vec<String>>>,
    }

    impl Scene {
        async fn new(app: Option<App>, replicas: Vec<Replica>) -> Self {
            let writes = Arc::new(Mutex::new(Vec::new()));
            let seen = Arc::clone(&writes);
            let routes = Router::new().fallback(async move |request: Request| {
                let path = request.uri().to_string();
                let path = path.strip_prefix("/namespaces/test").unwrap();
                let mut seen = seen.lock().unwrap();
                seen.push(format!("{} {path}", request.method()));
                json!({ "version": 100 + seen.len() }).to_string()
            });
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            let address = listener.local_addr().unwrap().to_string();
            tokio::spawn(axum::serve(listener, routes).into_future());

            let apps = Arc::new(Cache::default());
            if let Some(app) = app {
                apps.put(Arc::new(app));
            }
            let known = Arc::new(Cache::default());
            for replica in replicas {
                known.put(Arc::new(replica));
            }
            let api = Api::new(&address, "test").unwrap();
            Self {
                controller: Controller::new(api, apps, known),
                writes,
            }
        }

        async fn reconcile(&self) -> Vec<String> {
            self.writes.lock().unwrap().clear();
            self.controller.reconcile("a").await.unwrap();
            self.writes.lock().unwrap().clone()
        }
    }

    fn app(replicas: u32, image: &str, status: Status) -> App {
        App {
            name: "a".to_owned(),
            version: 5,
            generation: 2,
            spec: Spec {
                replicas,
                image: image.to_owned(),
            },
            status,
        }
    }

    fn replica(name: &str, version: u64, image: &str) -> Replica {
        Replica {
            name: name.to_owned(),
            version,
            app: "a".to_owned(),
            image: image.to_owned(),
        }
    }

    const NEW: Status = Status {
        generation: 0,
        replicas: 0,
    };

    #[tokio::test]
    async fn what_is_missing_is_created_what_is_old_updated_and_what_is_too_much_deleted() {
        let replicas = vec![
            replica("a-0", 6, "v1"),
            replica("a-1", 7, "v2"),
            replica("a-3", 8, "v1"),
        ];
        let scene = Scene::new(Some(app(3, "v2", NEW)), replicas).await;
        assert_eq!(
            scene.reconcile().await,
            [
                "PUT /replicas/a-0",
                "POST /replicas",
                "DELETE /replicas/a-3?version=8",
                "PUT /apps/a/status"
            ]
        );
    }

    #[tokio::test]
    async fn nothing_is_written_for_an_app_that_is_as_it_is_to_be() {
        let status = Status {
            generation: 2,
            replicas: 1,
        };
        let replicas = vec![replica("a-0", 6, "v1")];
        let scene = Scene::new(Some(app(1, "v1", status)), replicas).await;
        assert!(scene.reconcile().await.is_empty());
    }

    #[tokio::test]
    async fn the_replicas_of_an_app_that_is_gone_are_deleted() {
        let scene = Scene::new(None, vec![replica("a-0", 2, "v1")]).await;
        assert_eq!(scene.reconcile().await, ["DELETE /replicas/a-0?version=2"]);
    }

    #[tokio::test]
    async fn nothing_is_written_twice_while_the_cache_does_not_know_it() {
        let scene = Scene::new(Some(app(1, "v1", NEW)), Vec::new()).await;
        assert_eq!(scene.reconcile().await.len(), 2);
        let again = scene.controller.reconcile("a").await;
        assert!(matches!(again, Err(Unfinished::Behind)));
        assert_eq!(scene.writes.lock().unwrap().len(), 2);
    }
}
