//! The command line as data.

use super::{Failure, help};
use gotong::domain::{Comparison, Completion, MAX_AMOUNT_MINOR, RuleId, Sampler, UtilityMeasure};
use gotong::matching::Mode;
use gotong::partnership::{Card, CardKind};
use lexopt::prelude::{Long, Short, Value};
use lexopt::{Arg, Parser};
use std::path::PathBuf;
use std::str::FromStr;

/// What is asked.
#[derive(Debug, PartialEq)]
pub enum Command {
    Help(String),
    Match(MatchOptions),
    Fund(FundOptions),
    Compare(CompareOptions),
    Simulate(SimulateOptions),
    Coalition(TeamOptions),
    Plan(TeamOptions),
    Rings(TeamOptions),
    Pairs(TeamOptions),
    Split(TeamOptions),
    Appeal(TeamOptions),
    Conformance {
        folder: PathBuf,
    },
    Run {
        file: PathBuf,
    },
    Import {
        file: PathBuf,
    },
    Export {
        file: PathBuf,
        to: Target,
    },
    #[cfg(feature = "schema")]
    Schema,
}

#[derive(Debug, PartialEq)]
pub struct MatchOptions {
    pub file: PathBuf,
    pub seeker: Option<String>,
    pub top: usize,
    pub mode: Mode,
    pub json: bool,
}

#[derive(Debug, PartialEq)]
pub struct FundOptions {
    pub file: PathBuf,
    pub rule: Option<RuleId>,
    pub threshold: Option<u64>,
    pub completion: Option<Completion>,
    pub compare: Option<Comparison>,
    pub utility: Option<UtilityMeasure>,
    /// In minor units; of a plain form in its own.
    pub cap: Option<f64>,
    pub pair_bound: Option<f64>,
    pub json: bool,
}

#[derive(Debug, PartialEq)]
pub struct CompareOptions {
    pub file: PathBuf,
    /// None named: all.
    pub rules: Vec<RuleId>,
    pub json: bool,
}

#[derive(Debug, PartialEq)]
pub struct SimulateOptions {
    pub file: PathBuf,
    pub rule: Option<RuleId>,
    pub trials: Option<u32>,
    pub seed: Option<u64>,
    pub sampler: Option<Sampler>,
    /// Cards drawn over the plan; none: the futures themselves.
    pub cards: Vec<Card>,
    /// Sobol indices instead.
    pub indices: bool,
    pub workers: Option<usize>,
    pub period_months: Option<u16>,
    pub periods: Option<u16>,
    pub opening_minor: Option<u64>,
    pub json: bool,
}

/// Of the commands of a partnership; each takes some of these.
#[derive(Debug, Default, PartialEq)]
pub struct TeamOptions {
    pub file: PathBuf,
    pub project: Option<String>,
    pub alpha: Option<u64>,
    pub k_best: Option<u8>,
    pub max_size: Option<u16>,
    pub node_limit: Option<u64>,
    pub max_length: Option<usize>,
    pub fair: bool,
    pub max_cardinality: bool,
    pub json: bool,
}

/// What a scenario is exported to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    Json,
    Csv,
    Pb,
}

/// Everything after the command's name, before it is known which options the command has.
struct Given {
    command: &'static str,
    file: Option<PathBuf>,
    options: Vec<(String, Option<String>)>,
}

const COMPLETIONS: [(&str, Completion); 4] = [
    ("none", Completion::None),
    ("greedy", Completion::Greedy),
    ("add1", Completion::Add1),
    ("add1u", Completion::Add1u),
];
const COMPARISONS: [(&str, Comparison); 2] = [
    ("satisfaction", Comparison::Satisfaction),
    ("exclusion", Comparison::Exclusion),
];
const UTILITIES: [(&str, UtilityMeasure); 2] = [
    ("cost", UtilityMeasure::Cost),
    ("cardinality", UtilityMeasure::Cardinality),
];

/// Each command with the options it takes; those that take a value end in `=`.
const COMMANDS: [(&str, &[&str]); 15] = [
    ("match", &["for=", "top=", "mode=", "json"]),
    (
        "fund",
        &[
            "rule=",
            "threshold=",
            "completion=",
            "compare=",
            "utility=",
            "cap=",
            "pair-bound=",
            "json",
        ],
    ),
    ("compare", &["rules=", "json"]),
    (
        "simulate",
        &[
            "trials=", "seed=", "sampler=", "rule=", "workers=", "cards=", "indices", "period=", "periods=",
            "opening=", "json",
        ],
    ),
    (
        "coalition",
        &[
            "project=",
            "alpha=",
            "k-best=",
            "max-size=",
            "node-limit=",
            "json",
        ],
    ),
    ("plan", &["fair", "json"]),
    ("rings", &["max-length=", "node-limit=", "json"]),
    ("pairs", &["max-cardinality", "json"]),
    ("split", &["json"]),
    ("appeal", &["json"]),
    ("conformance", &[]),
    ("run", &["json"]),
    ("import", &["json"]),
    ("export", &["to="]),
    ("schema", &[]),
];

/// The command a person typed.
///
/// # Errors
/// [`Failure::Usage`] with a sentence that says what is wrong and what would be right.
pub fn parse(mut parser: Parser) -> Result<Command, Failure> {
    let name = match next(&mut parser)? {
        Some(Long("help") | Short('h')) => return Ok(Command::Help(help::overview())),
        Some(Long("version") | Short('V')) => {
            return Ok(Command::Help(format!("gotong {}\n", env!("CARGO_PKG_VERSION"))));
        }
        Some(Value(name)) => name.to_string_lossy().into_owned(),
        Some(Long(other)) => return usage(format!("There is no option --{other} before a command.")),
        Some(Short(other)) => return usage(format!("There is no option -{other}.")),
        None => return usage(format!("Say what to do.\n\n{}", help::overview())),
    };
    if name == "help" {
        return Ok(Command::Help(help::overview()));
    }
    let Some((command, known)) = COMMANDS.iter().find(|(known, _)| *known == name) else {
        return usage(format!(
            "There is no command \"{name}\". `gotong --help` lists them."
        ));
    };
    let mut given = Given {
        command,
        file: None,
        options: Vec::new(),
    };
    while let Some(argument) = next(&mut parser)? {
        match argument {
            Long("help") | Short('h') => return Ok(Command::Help(help::command(command))),
            Long(option) => {
                let option = option.to_owned();
                given.add_option(option, known, &mut parser)?;
            }
            Short(option) => return usage(format!("`gotong {command}` has no option -{option}.")),
            Value(file) if given.file.is_none() => given.file = Some(PathBuf::from(file)),
            Value(second) => {
                let second = second.to_string_lossy();
                return usage(format!("One file at a time: \"{second}\" is one too many."));
            }
        }
    }
    given.into_command()
}

fn next(parser: &mut Parser) -> Result<Option<Arg<'_>>, Failure> {
    parser.next().map_err(|error| Failure::Usage(format!("{error}.")))
}

fn usage<T>(sentence: String) -> Result<T, Failure> {
    Err(Failure::Usage(sentence))
}

impl Given {
    fn add_option(&mut self, option: String, known: &[&str], parser: &mut Parser) -> Result<(), Failure> {
        let takes_value = known.contains(&format!("{option}=").as_str());
        if !takes_value && !known.contains(&option.as_str()) {
            let command = self.command;
            return usage(format!(
                "`gotong {command}` has no option --{option}. `gotong {command} --help` lists them."
            ));
        }
        if self.options.iter().any(|(name, _)| *name == option) {
            return usage(format!("--{option} is given twice."));
        }
        let value = if takes_value {
            let value = parser
                .value()
                .map_err(|error| Failure::Usage(format!("{error}.")))?;
            Some(value.to_string_lossy().into_owned())
        } else {
            None
        };
        self.options.push((option, value));
        Ok(())
    }

    fn value(&self, option: &str) -> Option<&str> {
        self.options.iter().find(|(name, _)| name == option)?.1.as_deref()
    }

    fn number<T: FromStr>(&self, option: &str) -> Result<Option<T>, Failure> {
        let Some(text) = self.value(option) else {
            return Ok(None);
        };
        match text.parse() {
            Ok(number) => Ok(Some(number)),
            Err(_) => usage(format!("--{option} wants a whole number, not \"{text}\".")),
        }
    }

    /// An amount of money, in the unit of the file.
    fn amount(&self, option: &str) -> Result<Option<f64>, Failure> {
        let Some(text) = self.value(option) else {
            return Ok(None);
        };
        match text.parse::<f64>() {
            Ok(amount) if (0.0..=MAX_AMOUNT_MINOR as f64).contains(&amount) => Ok(Some(amount)),
            _ => usage(format!(
                "--{option} wants an amount from 0 to 10^15, not \"{text}\"."
            )),
        }
    }

    /// One of the words an option accepts.
    fn word<T: Copy>(&self, option: &str, words: &[(&str, T)]) -> Result<Option<T>, Failure> {
        let Some(text) = self.value(option) else {
            return Ok(None);
        };
        if let Some((_, value)) = words.iter().find(|(word, _)| *word == text) {
            return Ok(Some(*value));
        }
        let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        usage(format!(
            "--{option} is one of {}, not \"{text}\".",
            known.join(", ")
        ))
    }

    fn rule(&self) -> Result<Option<RuleId>, Failure> {
        self.word("rule", &RuleId::ALL.map(|rule| (rule.code(), rule)))
    }

    /// Rules in a list with commas, each once.
    fn rules(&self) -> Result<Vec<RuleId>, Failure> {
        let Some(text) = self.value("rules") else {
            return Ok(Vec::new());
        };
        let mut rules = Vec::new();
        for code in text.split(',').map(str::trim) {
            let Some(rule) = RuleId::ALL.into_iter().find(|rule| rule.code() == code) else {
                let known = RuleId::ALL.map(RuleId::code).join(", ");
                return usage(format!("--rules names some of {known}, not \"{code}\"."));
            };
            if rules.contains(&rule) {
                return usage(format!("--rules names {code} twice."));
            }
            rules.push(rule);
        }
        Ok(rules)
    }

    /// Cards in a list with commas.
    fn cards(&self) -> Result<Vec<Card>, Failure> {
        let Some(text) = self.value("cards") else {
            return Ok(Vec::new());
        };
        if self.options.iter().any(|(name, _)| name == "indices") {
            return usage("--cards and --indices are two questions: ask one at a time.".to_owned());
        }
        let cards = text.split(',').map(|card| match card.trim().parse::<Card>() {
            Ok(card) => Ok(card),
            Err(unknown) => {
                let known: Vec<&str> = CardKind::all().map(CardKind::code).collect();
                usage(format!(
                    "--cards draws some of {}, with a figure or a target if you like (costs-up-20, donor-withdraws-30:PLEDGE), \
                     not \"{unknown}\".",
                    known.join(", ")
                ))
            }
        });
        cards.collect()
    }

    fn team(&self, file: PathBuf, json: bool) -> Result<TeamOptions, Failure> {
        let has = |option: &str| self.options.iter().any(|(name, _)| name == option);
        Ok(TeamOptions {
            file,
            project: self.value("project").map(str::to_owned),
            alpha: self.number("alpha")?,
            k_best: self.number("k-best")?,
            max_size: self.number("max-size")?,
            node_limit: self.number("node-limit")?,
            max_length: self.number("max-length")?,
            fair: has("fair"),
            max_cardinality: has("max-cardinality"),
            json,
        })
    }

    fn into_command(mut self) -> Result<Command, Failure> {
        let json = self.options.iter().any(|(name, _)| name == "json");
        if self.command == "schema" {
            return schema();
        }
        let Some(file) = self.file.take() else {
            return usage(format!(
                "`gotong {}` wants a file (`-` for standard input).",
                self.command
            ));
        };
        Ok(match self.command {
            "match" => Command::Match(MatchOptions {
                file,
                seeker: self.value("for").map(str::to_owned),
                top: self.number("top")?.unwrap_or(20),
                mode: self
                    .word("mode", &[("mutual", Mode::Mutual), ("gift", Mode::Gift)])?
                    .unwrap_or_default(),
                json,
            }),
            "fund" => Command::Fund(FundOptions {
                file,
                rule: self.rule()?,
                threshold: self.number("threshold")?,
                completion: self.word("completion", &COMPLETIONS)?,
                compare: self.word("compare", &COMPARISONS)?,
                utility: self.word("utility", &UTILITIES)?,
                cap: self.amount("cap")?,
                pair_bound: self.amount("pair-bound")?,
                json,
            }),
            "compare" => Command::Compare(CompareOptions {
                file,
                rules: self.rules()?,
                json,
            }),
            "simulate" => Command::Simulate(SimulateOptions {
                file,
                rule: self.rule()?,
                trials: self.number("trials")?,
                seed: self.number("seed")?,
                sampler: self.word(
                    "sampler",
                    &[("sobol", Sampler::Sobol), ("random", Sampler::Random)],
                )?,
                cards: self.cards()?,
                indices: self.options.iter().any(|(name, _)| name == "indices"),
                workers: self.number("workers")?,
                period_months: self.word(
                    "period",
                    &[("month", 1), ("quarter", 3), ("half-year", 6), ("year", 12)],
                )?,
                periods: self.number("periods")?,
                opening_minor: self.number("opening")?,
                json,
            }),
            "coalition" => Command::Coalition(self.team(file, json)?),
            "plan" => Command::Plan(self.team(file, json)?),
            "rings" => Command::Rings(self.team(file, json)?),
            "pairs" => Command::Pairs(self.team(file, json)?),
            "split" => Command::Split(self.team(file, json)?),
            "appeal" => Command::Appeal(self.team(file, json)?),
            "conformance" => Command::Conformance { folder: file },
            "run" => Command::Run { file },
            "import" => Command::Import { file },
            _ => {
                let targets = [("json", Target::Json), ("csv", Target::Csv), ("pb", Target::Pb)];
                match self.word("to", &targets)? {
                    Some(to) => Command::Export { file, to },
                    None => {
                        return usage("Say what to export to: --to json, --to csv or --to pb.".to_owned());
                    }
                }
            }
        })
    }
}

#[cfg(feature = "schema")]
fn schema() -> Result<Command, Failure> {
    Ok(Command::Schema)
}

#[cfg(not(feature = "schema"))]
fn schema() -> Result<Command, Failure> {
    usage(
        "This build cannot write the JSON Schema; it lies in docs/scenario.schema.json \
         (cargo build with `--features schema` to write it anew)."
            .to_owned(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Command, String> {
        match parse(Parser::from_args(line.split_whitespace())) {
            Ok(command) => Ok(command),
            Err(Failure::Usage(sentence)) => Err(sentence),
            Err(other) => panic!("{other:?}"),
        }
    }

    #[test]
    fn options_stand_anywhere_after_the_command() {
        let expected = Command::Match(MatchOptions {
            file: PathBuf::from("a.json"),
            seeker: Some("x".to_owned()),
            top: 3,
            mode: Mode::Gift,
            json: true,
        });
        assert_eq!(
            parsed("match a.json --for x --top 3 --mode gift --json").as_ref(),
            Ok(&expected)
        );
        assert_eq!(
            parsed("match --json --mode=gift --top=3 --for=x a.json").as_ref(),
            Ok(&expected)
        );
    }

    #[test]
    fn mistakes_are_answered_with_a_sentence_that_helps() {
        for (line, part) in [
            ("", "Say what to do."),
            ("frobnicate", "no command \"frobnicate\""),
            ("--top 3", "no option --top"),
            ("match", "wants a file"),
            ("match a.json b.json", "one too many"),
            ("match a.json --rule greedy", "no option --rule"),
            ("match a.json --top x", "whole number"),
            ("match a.json --top", "missing argument"),
            ("match a.json --mode both", "mutual, gift"),
            ("match a.json --top 1 --top 2", "twice"),
            ("fund a.pb --rule magic", "greedy-no-skip"),
            ("fund a.pb --json=yes", "unexpected"),
            ("compare a.json --rules greedy,magic", "not \"magic\""),
            ("compare a.json --rules greedy,greedy", "twice"),
            ("fund a.pb --completion all", "none, greedy, add1, add1u"),
            ("fund a.pb --compare votes", "satisfaction, exclusion"),
            ("fund a.json --cap many", "from 0 to 10^15"),
            ("fund a.json --pair-bound=-1", "from 0 to 10^15"),
            ("fund a.json --cap NaN", "from 0 to 10^15"),
            ("simulate a.json --seed -1", "whole number"),
            ("export a.json", "--to json, --to csv or --to pb"),
            ("export a.json --to html", "json, csv"),
        ] {
            let sentence = parsed(line).unwrap_err();
            assert!(sentence.contains(part), "{line}: {sentence}");
        }
    }

    #[test]
    fn every_command_has_help_that_names_its_options() {
        for (command, options) in COMMANDS {
            let Ok(Command::Help(text)) = parsed(&format!("{command} --help")) else {
                panic!("{command}")
            };
            assert!(text.contains(&format!("gotong {command}")), "{text}");
            for option in options {
                assert!(
                    text.contains(&format!("--{}", option.trim_end_matches('='))),
                    "{command}: {option}"
                );
            }
            assert!(help::overview().contains(command));
        }
    }
}
