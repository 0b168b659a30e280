use tokio_util::sync::CancellationToken;

async fn work(token: CancellationToken) -> &'static str {
    token.cancelled().await;
    "shutting down"
}

fn main() {
    let token = CancellationToken::new();
    let _pending = work(token.child_token());
    token.cancel();
}
