use sqlx::{Connection, Database};

async fn orders<D: Database>(url: &str) -> sqlx::Result<()> {
    let connection = D::Connection::connect(url).await?;
    connection.close().await
}

fn main() {
    let _pending = orders::<sqlx::Postgres>("postgres://localhost/orders");
}
