use axum::Router;
use axum::extract::Path;
use axum::routing::get;

async fn hello(Path(name): Path<String>) -> String {
    format!("hello {name}")
}

fn main() {
    let _router: Router = Router::new().route("/hello/{name}", get(hello));
}
