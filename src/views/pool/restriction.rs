//! What a pledge may be spent on, in words.

use crate::app::App;
use crate::cases::{goals, regions};
use crate::domain::Restriction;
use crate::text::say;
use crate::views::words::listed;
use yew::AttrValue;

/// "May be spent on anything", or what it is limited to. Lists combine: all must be met.
pub(super) fn restriction_words(app: &App, restriction: &Restriction) -> AttrValue {
    if restriction.is_open() {
        return app.say(say::restriction_open());
    }
    let goal = |id: &crate::domain::GoalId| {
        goals::goal_name(id, app.i18n.language).map_or_else(|| id.to_string(), str::to_owned)
    };
    let region = |code: &crate::domain::RegionCode| {
        regions::region_name(code).map_or_else(|| code.to_string(), str::to_owned)
    };
    let mut parts: Vec<String> = Vec::new();
    let mut add = |names: Vec<String>, sentence: fn(String) -> crate::text::Message| {
        if !names.is_empty() {
            parts.push(app.say(sentence(listed(app, &names))).to_string());
        }
    };
    add(
        restriction.goals.iter().map(goal).collect(),
        say::restriction_goals,
    );
    add(
        restriction.regions.iter().map(region).collect(),
        say::restriction_regions,
    );
    add(
        restriction
            .projects
            .iter()
            .map(|id| app.project_name(id.as_str()))
            .collect(),
        say::restriction_projects,
    );
    AttrValue::from(parts.join(" "))
}
