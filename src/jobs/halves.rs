//! Requests and answers on the wire, in two halves like the page: what a first visit asks (a scenario kept, partners) is
//! written and read right here, everything else by code that comes with the later steps ([`super::later`]). The text is
//! that of the derived `Serialize` either way; a test holds it.

use crate::objects;
use serde::de::{DeserializeOwned, Error as _};
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

/// Writes a text that is JSON already.
fn write_raw<S: Serializer>(json: String, serializer: S) -> Result<S::Ok, S::Error> {
    RawValue::from_string(json)
        .map_err(S::Error::custom)?
        .serialize(serializer)
}

/// Reads a variant whose name is one of `first` as a `First`, any other as a text.
fn read<'de, D, First>(deserializer: D, first: &[&str]) -> Result<Result<First, String>, D::Error>
where
    D: Deserializer<'de>,
    First: DeserializeOwned,
{
    let raw = Box::<RawValue>::deserialize(deserializer)?;
    let inside = raw
        .get()
        .trim_start_matches(|c: char| c == '{' || c.is_ascii_whitespace());
    let name = inside.strip_prefix('"').and_then(|rest| rest.split('"').next());
    if name.is_some_and(|name| first.contains(&name)) {
        objects::from_str(raw.get()).map(Ok).map_err(D::Error::custom)
    } else {
        Ok(Err(raw.get().to_owned()))
    }
}

/// For `#[serde(with = …)]` of a [`Request`](super::Request).
pub(super) mod request {
    use super::super::{Request, ScenarioRef, default_top, later};
    use super::*;
    use crate::domain::{OrgId, Scenario, ScoreWeights};
    use crate::matching::Mode;

    #[derive(Serialize)]
    #[serde(rename_all = "kebab-case")]
    enum Written<'a> {
        Load {
            scenario: &'a Scenario,
        },
        Match {
            scenario: &'a ScenarioRef,
            #[serde(rename = "for")]
            seeker: &'a OrgId,
            mode: Mode,
            top: usize,
            weights: &'a Option<ScoreWeights>,
        },
    }

    #[derive(Deserialize)]
    #[serde(rename_all = "kebab-case")]
    enum Read {
        Load {
            scenario: Box<Scenario>,
        },
        Match {
            scenario: ScenarioRef,
            #[serde(rename = "for")]
            seeker: OrgId,
            #[serde(default)]
            mode: Mode,
            #[serde(default = "default_top")]
            top: usize,
            #[serde(default)]
            weights: Option<ScoreWeights>,
        },
    }

    pub fn serialize<S: Serializer>(request: &Request, serializer: S) -> Result<S::Ok, S::Error> {
        match request {
            Request::Load { scenario } => Written::Load { scenario }.serialize(serializer),
            Request::Match {
                scenario,
                seeker,
                mode,
                top,
                weights,
            } => Written::Match {
                scenario,
                seeker,
                mode: *mode,
                top: *top,
                weights,
            }
            .serialize(serializer),
            other => write_raw(later::write_request(other), serializer),
        }
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Request, D::Error> {
        match read(deserializer, &["load", "match"])? {
            Ok(Read::Load { scenario }) => Ok(Request::Load { scenario }),
            Ok(Read::Match {
                scenario,
                seeker,
                mode,
                top,
                weights,
            }) => Ok(Request::Match {
                scenario,
                seeker,
                mode,
                top,
                weights,
            }),
            Err(json) => later::read_request(&json).map_err(D::Error::custom),
        }
    }
}

/// For `#[serde(with = …)]` of a [`Response`](super::Response).
pub(super) mod response {
    use super::super::{PartnerList, Response, later};
    use super::*;

    #[derive(Serialize)]
    #[serde(rename_all = "kebab-case")]
    enum Written<'a> {
        Loaded(&'a str),
        Partners(&'a PartnerList),
    }

    #[derive(Deserialize)]
    #[serde(rename_all = "kebab-case")]
    enum Read {
        Loaded(String),
        Partners(PartnerList),
    }

    pub fn serialize<S: Serializer>(response: &Response, serializer: S) -> Result<S::Ok, S::Error> {
        match response {
            Response::Loaded(hash) => Written::Loaded(hash).serialize(serializer),
            Response::Partners(list) => Written::Partners(list).serialize(serializer),
            other => write_raw(later::write_response(other), serializer),
        }
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Response, D::Error> {
        match read(deserializer, &["loaded", "partners"])? {
            Ok(Read::Loaded(hash)) => Ok(Response::Loaded(hash)),
            Ok(Read::Partners(list)) => Ok(Response::Partners(list)),
            Err(json) => later::read_response(&json).map_err(D::Error::custom),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::cases::CaseStudy;
    use crate::domain::OrgId;
    use crate::jobs::wire::Incoming;
    use crate::jobs::{Event, JobId, Request, ScenarioRef, inline};

    fn requests() -> Vec<Request> {
        let scenario = Box::new(CaseStudy::by_row("E2").unwrap().load().unwrap());
        let about = || ScenarioRef::Inline(scenario.clone());
        vec![
            Request::Load {
                scenario: scenario.clone(),
            },
            Request::Match {
                scenario: about(),
                seeker: OrgId::new("yayasan-guru-pelita").unwrap(),
                mode: crate::matching::Mode::Gift,
                top: 3,
                weights: Some(crate::domain::ScoreWeights::default()),
            },
            Request::Fund {
                scenario: about(),
                pool: None,
            },
            Request::Import {
                name: "a.csv".to_owned(),
                bytes: b"nama,sektor\nA,komunitas\n".to_vec(),
                numbers: None,
            },
        ]
    }

    #[test]
    fn the_wire_speaks_as_the_derived_form_does_and_reads_what_it_wrote() {
        for request in requests() {
            let id = JobId(7);
            let plain = serde_json::to_string(&request).unwrap();
            let sent = Incoming::Start {
                id,
                request: request.clone(),
            };
            let text = sent.to_json();
            assert_eq!(text, format!(r#"{{"start":{{"id":7,"request":{plain}}}}}"#));
            assert_eq!(serde_json::from_str::<Incoming>(&text).unwrap(), sent);

            let response = inline::run(request).unwrap();
            let plain = serde_json::to_string(&response).unwrap();
            let told = Event::Done { id, response };
            let text = serde_json::to_string(&told).unwrap();
            assert_eq!(text, format!(r#"{{"done":{{"id":7,"response":{plain}}}}}"#));
            assert_eq!(serde_json::from_str::<Event>(&text).unwrap(), told);
        }
    }

    #[test]
    fn an_unknown_request_is_refused_by_name() {
        let error = serde_json::from_str::<Incoming>(r#"{"start": {"id": 1, "request": { "dream": {} }}}"#);
        assert!(error.unwrap_err().to_string().contains("dream"));
    }
}
