//! What is in the database.

use anyhow::Result;
use deadpool_postgres::{Manager, ManagerConfig, Pool, RecyclingMethod};
use serde::Serialize;
use tokio_postgres::NoTls;
use tokio_postgres::error::SqlState;

const CONNECTIONS: usize = 16;

pub struct Store {
    pool: Pool,
}

#[derive(Serialize)]
pub struct Fortune {
    pub id: i32,
    pub message: String,
}

pub struct Article {
    pub id: i32,
    pub title: String,
    pub author: String,
    pub published: String,
    pub body: String,
}

#[derive(Serialize)]
pub struct Comment {
    pub author: String,
    pub body: String,
}

impl Store {
    /// Connects, so that a database that is not there is told at once.
    pub async fn open(database: &str) -> Result<Self> {
        let config = ManagerConfig {
            recycling_method: RecyclingMethod::Fast,
        };
        let manager = Manager::from_config(database.parse()?, NoTls, config);
        let pool = Pool::builder(manager).max_size(CONNECTIONS).build()?;
        drop(pool.get().await?);
        Ok(Self { pool })
    }

    pub async fn fortunes(&self) -> Result<Vec<Fortune>> {
        let client = self.pool.get().await?;
        let statement = client
            .prepare_cached("SELECT id, message FROM fortune")
            .await?;
        let rows = client.query(&statement, &[]).await?;
        rows.iter()
            .map(|row| {
                Ok(Fortune {
                    id: row.try_get(0)?,
                    message: row.try_get(1)?,
                })
            })
            .collect()
    }

    pub async fn article(&self, id: i32) -> Result<Option<Article>> {
        let client = self.pool.get().await?;
        let statement = client
            .prepare_cached(
                "SELECT id, title, author, to_char(published, 'YYYY-MM-DD'), body
                 FROM article WHERE id = $1",
            )
            .await?;
        let row = client.query_opt(&statement, &[&id]).await?;
        row.map(|row| {
            Ok(Article {
                id: row.try_get(0)?,
                title: row.try_get(1)?,
                author: row.try_get(2)?,
                published: row.try_get(3)?,
                body: row.try_get(4)?,
            })
        })
        .transpose()
    }

    pub async fn comments(&self, article: i32) -> Result<Vec<Comment>> {
        let client = self.pool.get().await?;
        let statement = client
            .prepare_cached("SELECT author, body FROM comment WHERE article = $1 ORDER BY id")
            .await?;
        let rows = client.query(&statement, &[&article]).await?;
        rows.iter()
            .map(|row| {
                Ok(Comment {
                    author: row.try_get(0)?,
                    body: row.try_get(1)?,
                })
            })
            .collect()
    }

    /// Puts a comment in the place of its author's former one. False if there is no such article.
    pub async fn comment(&self, article: i32, comment: &Comment) -> Result<bool> {
        let client = self.pool.get().await?;
        let statement = client
            .prepare_cached(
                "INSERT INTO comment (article, author, body) VALUES ($1, $2, $3)
                 ON CONFLICT (article, author) DO UPDATE SET body = excluded.body",
            )
            .await?;
        let Comment { author, body } = comment;
        match client.execute(&statement, &[&article, author, body]).await {
            Ok(_) => Ok(true),
            Err(error) if error.code() == Some(&SqlState::FOREIGN_KEY_VIOLATION) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }
}
