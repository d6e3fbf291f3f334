//! A Redis database for one test. A test that stops Redis takes a `RedisServer` of its own instead.

use std::sync::OnceLock;

use anyhow::{Context, anyhow, ensure};
use pbgdpl_xtask::servers::redis::RedisServer;
use pbgdpl_xtask::servers::{REDIS, REDIS_DATA};
use redis::aio::MultiplexedConnection;

/// How many databases the server has; number 0 only counts the others.
const DATABASES: i64 = 1024;

/// The Redis of this test run.
#[derive(Debug)]
pub struct PrivateRedis {
    url: String,
    directory: String,
    _own: Option<RedisServer>,
}

impl PrivateRedis {
    /// Returns the Redis that `cargo xtask test` started, or starts one for this test program.
    ///
    /// # Errors
    /// When Redis is not installed, or does not start.
    pub fn from_env_or_start() -> anyhow::Result<&'static Self> {
        static SERVER: OnceLock<Result<PrivateRedis, String>> = OnceLock::new();
        let server = SERVER.get_or_init(|| Self::find().map_err(|e| format!("{e:#}")));
        server.as_ref().map_err(|e| anyhow!("private Redis: {e}"))
    }

    fn find() -> anyhow::Result<Self> {
        if let Ok(url) = std::env::var(REDIS) {
            let directory = std::env::var(REDIS_DATA)
                .with_context(|| format!("{REDIS} is set without {REDIS_DATA}: it could be anybody's"))?;
            return Ok(Self {
                url,
                directory,
                _own: None,
            });
        }
        let own = RedisServer::start()?;
        let directory = own.directory().to_string_lossy().into_owned();
        Ok(Self {
            url: own.url(),
            directory,
            _own: Some(own),
        })
    }

    /// Returns the address of an empty database for one test. Channels are common to all databases of a server: a test
    /// hears the hints of its neighbours, and must not mind.
    ///
    /// # Errors
    /// When Redis does not answer, or is not ours.
    pub async fn fresh_database(&self) -> anyhow::Result<String> {
        let mut counter = connect(&self.url).await?;
        let (_, directory): (String, String) = redis::cmd("CONFIG")
            .arg("GET")
            .arg("dir")
            .query_async(&mut counter)
            .await?;
        ensure!(directory == self.directory, "this Redis is not ours: {directory}");
        let taken: i64 = redis::cmd("INCR").arg("taken").query_async(&mut counter).await?;
        let url = format!("{}/{}", self.url, 1 + taken % (DATABASES - 1));
        redis::cmd("FLUSHDB")
            .exec_async(&mut connect(&url).await?)
            .await?;
        Ok(url)
    }
}

async fn connect(url: &str) -> anyhow::Result<MultiplexedConnection> {
    Ok(redis::Client::open(url)?
        .get_multiplexed_async_connection()
        .await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn databases_are_apart() {
        let server = PrivateRedis::from_env_or_start().unwrap();
        let (one, other) = (
            server.fresh_database().await.unwrap(),
            server.fresh_database().await.unwrap(),
        );
        assert_ne!(one, other);
        redis::cmd("SET")
            .arg("key")
            .arg(1)
            .exec_async(&mut connect(&one).await.unwrap())
            .await
            .unwrap();
        let seen: Option<i64> = redis::cmd("GET")
            .arg("key")
            .query_async(&mut connect(&other).await.unwrap())
            .await
            .unwrap();
        assert_eq!(seen, None);
    }
}
