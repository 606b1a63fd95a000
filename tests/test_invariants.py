"""Every invariant of a built graph refuses its mutants, each for its own reason and nothing else."""

import sys

import pytest
from mutants import INVARIANT_MUTANTS, Mutant, codes, valid

from graph.checks import invariants, violations
from graph.checks.invariants import FOLDER

IN_PYTHON = {"I05-proposition-hash", "I07-blank-node"}


def test_the_unharmed_graph_breaks_nothing() -> None:
    assert codes(valid()) == set()


@pytest.mark.parametrize("mutant", INVARIANT_MUTANTS, ids=str)
def test_a_mutant_is_refused_for_its_own_reason(mutant: Mutant) -> None:
    found = codes(mutant.damage(valid()))
    assert mutant.code in found
    assert found <= {mutant.code} | mutant.also


def test_every_rule_has_a_mutant() -> None:
    rules = {rule.id for rule in invariants()} | IN_PYTHON
    assert rules == {mutant.code for mutant in INVARIANT_MUTANTS}
    assert len(list(FOLDER.glob("*.rq"))) == len(invariants())


@pytest.mark.parametrize("mutant", [m for m in INVARIANT_MUTANTS if not m.also], ids=str)
def test_with_its_rule_switched_off_a_mutant_passes(mutant: Mutant, monkeypatch: pytest.MonkeyPatch) -> None:
    module = sys.modules["graph.checks.invariants"]  # the function of that name hides it
    kept = tuple(rule for rule in invariants() if rule.id != mutant.code)
    monkeypatch.setattr(module, "invariants", lambda: kept)
    for name, code in (("_hashes", "I05-proposition-hash"), ("_nodes", "I07-blank-node")):
        if mutant.code == code:
            monkeypatch.setattr(module, name, lambda _quads, _file: iter(()))
    assert violations(mutant.damage(valid()), "mini") == []


def test_each_rule_says_what_must_hold_and_how_to_mend_it() -> None:
    for mutant in INVARIANT_MUTANTS:
        for problem in violations(mutant.damage(valid()), "corpus"):
            assert problem.file == "corpus"
            assert problem.allowed
            assert problem.fix
            assert len(str(problem).splitlines()) == 1


def test_a_rule_broken_everywhere_is_told_at_most_twenty_times() -> None:
    unlabelled = frozenset(q for q in valid() if not q.predicate.value.endswith("#label"))
    told = [p for p in violations(unlabelled, "corpus") if p.code == "I06-introduced"]
    assert len(told) == 20
