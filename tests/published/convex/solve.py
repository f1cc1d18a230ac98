"""Writes cases.json: random donors, and their Nash and equilibrium splits by an independent convex solver.

Run once, kept with its output: `pip install cvxpy clarabel`, then `python solve.py > cases.json`. The solver sees the
problems as written (maximise sum of C_i * log u_i over splits of the money, linear or Leontief utilities), not the method
of src/funding/continuous.
"""

import json
import random

import cvxpy

CASES = 120
TIGHT = {"tol_gap_abs": 1e-10, "tol_gap_rel": 1e-10, "tol_feas": 1e-10}


def donors_of(random_source):
    projects = random_source.randint(2, 8)
    donors = []
    for _ in range(random_source.randint(1, 10)):
        liked = random_source.sample(range(projects), random_source.randint(1, min(projects, 5)))
        kind = random_source.choice(["approval", "points", "real"])
        value = {
            "approval": lambda: 1,
            "points": lambda: random_source.randint(1, 10),
            "real": lambda: round(random_source.uniform(0.05, 5), 3),
        }[kind]
        donors.append([random_source.randint(1, 500), [[project, value()] for project in sorted(liked)]])
    return projects, donors


def solve(projects, donors, utility):
    total = sum(amount for amount, _ in donors)
    split = cvxpy.Variable(projects, nonneg=True)
    constraints = [cvxpy.sum(split) == 1]
    terms = []
    for amount, values in donors:
        benefit = cvxpy.Variable()
        if utility == "linear":
            constraints.append(benefit <= sum(value * split[project] for project, value in values))
        else:
            constraints += [benefit * value <= split[project] for project, value in values]
        terms.append(amount / total * cvxpy.log(benefit))
    problem = cvxpy.Problem(cvxpy.Maximize(sum(terms)), constraints)
    problem.solve(solver=cvxpy.CLARABEL, **TIGHT)
    # Of parts of 1; in money the mean logarithm is higher by log(total).
    return {"mean_log": float(problem.value), "split": [round(float(part) * total, 9) for part in split.value]}


def main():
    random_source = random.Random(2026)
    cases = []
    for _ in range(CASES):
        projects, donors = donors_of(random_source)
        cases.append(
            {
                "projects": projects,
                "donors": donors,
                "nash": solve(projects, donors, "linear"),
                "equilibrium": solve(projects, donors, "leontief"),
            }
        )
    print("[\n" + ",\n".join(json.dumps(case) for case in cases) + "\n]")


main()
