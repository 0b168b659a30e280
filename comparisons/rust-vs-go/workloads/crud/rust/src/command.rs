//! Requests as they are written, and what they ask for once they were found valid.

use serde::Deserialize;

use crate::fault::Fault;

const MAX_USER_LEN: usize = 64;
const MAX_QUOTA: u64 = 150_000;

#[derive(Debug, PartialEq, Eq)]
pub enum Command {
    Create(Draft),
    Read { user: String },
    Update(Draft),
    Delete { user: String },
    List { service: String, after: String },
}

/// What a client says of an account.
#[derive(Debug, PartialEq, Eq)]
pub struct Draft {
    pub user: String,
    pub service: String,
    pub route: String,
    pub quota: u64,
}

/// A record of an access log, whose status stands for the operation. What is missing is empty.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Request {
    status: u16,
    user: String,
    service: String,
    route: String,
    bytes: u64,
}

impl Command {
    pub fn parse(line: &[u8]) -> Result<Self, Fault> {
        let request: Request = serde_json::from_slice(line).map_err(Fault::Malformed)?;
        match request.status {
            200 => Ok(Self::Create(request.draft()?)),
            204 => Ok(Self::Update(request.draft()?)),
            301 => Ok(Self::Read {
                user: request.user()?,
            }),
            404 => Ok(Self::Delete {
                user: request.user()?,
            }),
            500 => request.list(),
            unknown => Err(Fault::UnknownOperation(unknown)),
        }
    }
}

impl Request {
    fn user(self) -> Result<String, Fault> {
        check_user(&self.user)?;
        Ok(self.user)
    }

    fn draft(self) -> Result<Draft, Fault> {
        check_user(&self.user)?;
        check_service(&self.service)?;
        check(
            self.route.starts_with('/'),
            "route",
            "must begin with a slash",
        )?;
        check(
            self.bytes <= MAX_QUOTA,
            "bytes",
            "must not be more than 150000",
        )?;
        Ok(Draft {
            user: self.user,
            service: self.service,
            route: self.route,
            quota: self.bytes,
        })
    }

    /// The accounts of a service that come after a user, who need not have one.
    fn list(self) -> Result<Command, Fault> {
        check_service(&self.service)?;
        Ok(Command::List {
            service: self.service,
            after: self.user,
        })
    }
}

fn check_user(user: &str) -> Result<(), Fault> {
    check(!user.is_empty(), "user", "must not be empty")?;
    check(
        user.len() <= MAX_USER_LEN,
        "user",
        "must not be longer than 64 bytes",
    )
}

fn check_service(service: &str) -> Result<(), Fault> {
    check(!service.is_empty(), "service", "must not be empty")
}

fn check(is_met: bool, field: &'static str, rule: &'static str) -> Result<(), Fault> {
    if is_met {
        Ok(())
    } else {
        Err(Fault::Invalid { field, rule })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CREATE: &str = r#"{"ts":"2026-01-02T03:04:05Z","service":"mail","route":"/a","status":200,"bytes":150000,"user":"anna"}"#;

    fn refusal(line: &str) -> String {
        Command::parse(line.as_bytes()).unwrap_err().to_string()
    }

    #[test]
    fn a_record_becomes_a_draft_and_unknown_fields_are_ignored() {
        let draft = Draft {
            user: "anna".into(),
            service: "mail".into(),
            route: "/a".into(),
            quota: 150_000,
        };
        assert_eq!(
            Command::parse(CREATE.as_bytes()).unwrap(),
            Command::Create(draft)
        );
    }

    #[test]
    fn the_first_rule_that_is_not_met_is_told() {
        let long = "é".repeat(33);
        for (from, to, expected) in [
            ("anna", "", "user: must not be empty"),
            ("anna", &*long, "user: must not be longer than 64 bytes"),
            ("mail", "", "service: must not be empty"),
            ("/a", "a", "route: must begin with a slash"),
            ("150000", "150001", "bytes: must not be more than 150000"),
            ("200", "299", "operation 299: unknown"),
            ("200", "-1", "not a request"),
            ("200", "70000", "not a request"),
            ("}", "", "not a request"),
            ("}", "}}", "not a request"),
        ] {
            assert_eq!(refusal(&CREATE.replacen(from, to, 1)), expected);
        }
    }

    #[test]
    fn a_question_needs_no_draft() {
        let line = br#"{"status":500,"service":"mail"}"#;
        let (service, after) = ("mail".into(), String::new());
        assert_eq!(
            Command::parse(line).unwrap(),
            Command::List { service, after }
        );
        assert_eq!(refusal(r#"{"status":404}"#), "user: must not be empty");
    }

    #[test]
    fn text_that_is_not_utf8_is_malformed() {
        let fault = Command::parse(b"{\"status\":301,\"user\":\"\xff\"}").unwrap_err();
        assert_eq!(fault.code(), "malformed");
    }
}
