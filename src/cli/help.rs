//! What `--help` says.

/// Command, its arguments, one line about it, more about it.
type Entry = (&'static str, &'static str, &'static str, &'static str);

const ENTRIES: [Entry; 15] = [
    (
        "match",
        "FILE --for ORG [--top N] [--mode mutual|gift] [--json]",
        "partners for one organisation, with the reasons",
        "FILE is a scenario (JSON) or a table of organisations (CSV).\n\
         --for ORG     its id, or its name where only one has it; default: the scenario's own lead\n\
         --top N       how many partners (20)\n\
         --mode        mutual: both gain (default); gift: one gives\n\
         --json        one JSON object",
    ),
    (
        "fund",
        "FILE [--rule RULE] [--threshold VOTES] [--completion HOW] [--compare BY] [--utility OF] [--cap AMOUNT] [--pair-bound AMOUNT] [--json]",
        "what a rule does with the pledges, to the last minor unit",
        "FILE is a scenario (JSON), an election (.pb), or a plain form: {\"contributions\": [[donor, project, amount], …],\n\
         \"pool\", \"cap\"} for quadratic and pairwise, {\"donors\": [{\"amount\", \"values\": {project: value}}, …]} for nash and\n\
         equilibrium.\n\
         --rule RULE   greedy, greedy-per-cost, greedy-no-skip, greedy-threshold, proportional, in-order,\n\
         \x20             equal-shares, phragmen, maximin-support, max-welfare, quadratic, pairwise, nash,\n\
         \x20             equilibrium; default: the file's own (plain: quadratic or nash)\n\
         --threshold   least votes, for greedy-threshold\n\
         --completion  for equal-shares: none, greedy, add1, add1u; default: the file's own, else none\n\
         --compare     for equal-shares: satisfaction, exclusion: when the outcome by votes takes its place\n\
         --utility     for equal-shares and max-welfare: cost (an approval is worth what the project costs) or\n\
         \x20             cardinality (1)\n\
         --cap         the most a project draws from the matching pool, in minor units (plain: the file's unit)\n\
         --pair-bound  M of the pairwise rule, in the same unit; default: the median gift\n\
         --json        one JSON object",
    ),
    (
        "compare",
        "FILE [--rules RULE,RULE,…] [--json]",
        "several rules on one scenario, side by side",
        "FILE is a scenario (JSON) or anything the page imports.\n\
         --rules       names as for fund, with commas; default: all\n\
         --json        one JSON object",
    ),
    (
        "simulate",
        "FILE [--trials N] [--seed S] [--sampler sobol|random] [--rule RULE] [--workers N] [--cards LIST | --indices] [--period LENGTH] [--periods N] [--opening AMOUNT] [--json]",
        "how often the plan holds when pledges slip and costs grow",
        "FILE is a scenario (JSON) or a plain plan: {\"pledges\": […], \"projects\": […]}.\n\
         --trials N    how many futures; sobol rounds up to a power of two\n\
         --seed S      which ones; the same seed gives the same answer everywhere\n\
         --sampler     sobol: even points (default); random: plain Monte Carlo\n\
         --rule RULE   as for fund\n\
         --cards LIST  before and after under the same random numbers: costs-up-20,donor-withdraws-30:PLEDGE,K5\n\
         --indices     Sobol indices: what causes the doubt, alone and with others\n\
         --workers N   how many compute at the same time, 1 to 64 (default: as many as there are processors);\n\
                       the answer is the same for any number\n\
         --period      month, quarter, half-year or year: look at cash over time\n\
         --periods N   how many of them (12)\n\
         --opening     what is there before the first, in minor units (plain: the file's unit)\n\
         --json        one JSON object",
    ),
    (
        "coalition",
        "FILE [--project ID] [--alpha A] [--k-best K] [--max-size K] [--node-limit N] [--json]",
        "the cheapest team for a project, with its proof",
        "FILE is a scenario (JSON) or a plain instance: {\"candidates\": […], \"demand\": […]}.\n\
         --project ID  which project; default: the partnership's, else the first\n\
         --alpha A     cost of coordination per pair of members, in minor units\n\
         --k-best K    the K best teams\n\
         --max-size K  members at most\n\
         --node-limit  nodes looked at before the search stops and says its gap\n\
         --json        one JSON object",
    ),
    (
        "plan",
        "FILE [--fair] [--json]",
        "who gives what to whom",
        "FILE is a scenario (JSON) with a partnership, or rows: {\"offers\": […], \"needs\": […]}.\n\
         --fair        what is scarce is shared fairly, not at the least friction\n\
         --json        one JSON object (always for rows)",
    ),
    (
        "rings",
        "FILE [--max-length L] [--node-limit N] [--json]",
        "exchanges in which everybody gives and receives, without money",
        "FILE is a scenario (JSON) or a graph: {\"n\": …, \"arcs\": [[from, to, value], …]}.\n\
         --max-length  members of a ring at most, 2 to 5 (3)\n\
         --node-limit  nodes looked at before the search stops and says its gap\n\
         --json        one JSON object (always for a graph)",
    ),
    (
        "pairs",
        "FILE [--max-cardinality] [--json]",
        "everybody in the room paired, with a proof",
        "FILE is a scenario (JSON) or a graph: {\"n\": …, \"weights\": [[i, j, weight], …]}.\n\
         --max-cardinality  of a graph: everybody gets a partner if it can be, then the total counts\n\
         --json        one JSON object (always for a graph)",
    ),
    (
        "split",
        "FILE [--json]",
        "what each member of the partnership pays, by five rules",
        "FILE is a scenario (JSON) with a partnership, or a game: {\"players\": n, \"cost_of\": {\"0,1\": c, …}}.\n\
         --json        one JSON object (always for a game)",
    ),
    (
        "appeal",
        "FILE [--json]",
        "separate campaigns against one joint appeal, and who gains",
        "FILE is a scenario (JSON); its \"appeal\" says who asks whom, for how much, how likely.\n\
         --json        one JSON object",
    ),
    (
        "conformance",
        "DIR",
        "a folder of elections, each by its own rule, against what was selected",
        "DIR holds .pb files. Each with a rule known here and a column `selected` is run by its own rule; each project\n\
         that comes out otherwise is listed. Exit code 1 if any does.",
    ),
    (
        "run",
        "REQUEST.json [--json]",
        "one raw request, as the page sends it to its worker",
        "Prints the raw response. --json changes nothing: it always is JSON.",
    ),
    (
        "import",
        "FILE [--json]",
        "anything the page imports, as a scenario",
        "FILE is a scenario (JSON), a table of organisations (CSV, as spreadsheets save it) or an election (.pb).\n\
         Prints the scenario; what was wrong goes to standard error. --json changes nothing: it always is JSON.",
    ),
    (
        "export",
        "FILE --to json|csv|pb",
        "a scenario as the file asked for",
        "--to json     the lossless scenario file\n\
         --to csv      the table of organisations, safe to open in a spreadsheet\n\
         --to pb       ballots, projects and budget as a Pabulib election; an election file keeps every column",
    ),
    (
        "schema",
        "",
        "the JSON Schema of the scenario file",
        "Only in a build with the feature `schema`; the schema lies in docs/scenario.schema.json too.",
    ),
];

/// `gotong --help`.
pub fn overview() -> String {
    let mut text = String::from(
        "gotong: find the partners you lack, plan money together, see how often the plan holds.\n\nUsage:\n",
    );
    for (command, arguments, line, _) in ENTRIES {
        text.push_str(&format!("  gotong {command} {arguments}\n      {line}\n"));
    }
    text.push_str(
        "\nFILE may be - for standard input. Exit code 0: answered (also \"nothing fits\"); 1: the job failed;\n\
         2: the command line or the file cannot be understood. More: gotong COMMAND --help, gotong --version.\n",
    );
    text
}

/// `gotong COMMAND --help`.
pub fn command(name: &str) -> String {
    let entries = ENTRIES.iter().filter(|(command, ..)| *command == name);
    entries
        .map(|(command, arguments, line, more)| {
            format!("gotong {command} {arguments}\n\n{line}.\n\n{more}\n")
        })
        .collect()
}
