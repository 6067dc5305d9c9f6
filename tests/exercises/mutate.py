"""Change the folded solutions by program, and list which changes still pass.

``python tests/exercises/mutate.py`` tries all of them (some minutes) and prints, for each exercise,
how many there are and which pass: each of these must be right as well, or a hole is found.
`test_mutants.py` tries a part of them, and lists the changes that are right as well.
"""

import ast
import copy
import itertools
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))

from test_solutions import NOTEBOOKS, defined, read

from nbhelpers import exercises
from nbhelpers.exercises.lessons import catalogue

OPERATORS = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow, ast.MatMult)
COMPARISONS = (ast.Gt, ast.GtE, ast.Lt, ast.LtE, ast.Eq, ast.NotEq)
OTHER_NAMES = {
    "max": ("min", "mean", "sum"),
    "argmax": ("argmin", "max"),
    "sum": ("mean", "max", "prod", "cumsum"),
    "mean": ("sum", "max", "std"),
    "zeros": ("ones", "empty"),
    "exp": ("exp2", "expm1", "abs"),
    "log": ("log2", "log10", "log1p"),
    "sqrt": ("abs", "square"),
    "abs": ("square", "sign"),
    "softmax": ("log_softmax", "sigmoid", "relu", "linear"),
    "sigmoid": ("relu", "tanh", "step", "linear"),
    "step": ("relu", "sigmoid", "sign"),
    "permutation": ("random", "integers"),
    "eye": ("ones", "diag"),
    "len": ("sum", "max"),
    "range": ("list", "reversed"),
}
AT_LEAST = 40


def one_change(tree):
    """Yield trees in which one thing is changed."""
    for place, node in enumerate(ast.walk(tree)):
        for change in changes_of(node, tree):
            other = copy.deepcopy(tree)
            target = next(itertools.islice(ast.walk(other), place, None))
            try:
                change(target)
            except (IndexError, AttributeError):
                continue
            yield other


def changes_of(node, tree):
    """Yield functions that change a node like this one."""
    if isinstance(node, ast.BinOp):
        yield from (set_to(op=op()) for op in OPERATORS if not isinstance(node.op, op))
        yield exchange("left", "right")
        yield become(lambda n: n.left)
        yield become(lambda n: n.right)
    if isinstance(node, ast.Compare):
        for op in COMPARISONS:
            if not isinstance(node.ops[0], op):
                yield set_to(ops=[op()])
    if isinstance(node, ast.UnaryOp):
        yield become(lambda n: n.operand)
    if isinstance(node, ast.Constant) and isinstance(node.value, (int, float)):
        for value in other_numbers(node.value):
            yield set_to(value=value)
    if isinstance(node, ast.Slice):
        yield set_to(lower=None)
        yield set_to(upper=None)
        yield set_to(step=ast.Constant(2))
    if isinstance(node, ast.Call):
        yield from changes_of_call(node)
    if isinstance(node, ast.Attribute):
        if node.attr == "T":
            yield become(lambda n: n.value)
        for name in OTHER_NAMES.get(node.attr, ()):
            yield set_to(attr=name)
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
        names = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)} | arguments_of(tree)
        for name in sorted(names - {node.id}) + list(OTHER_NAMES.get(node.id, ())):
            yield set_to(id=name)
    if isinstance(node, ast.AugAssign):
        yield from (set_to(op=op()) for op in (ast.Sub, ast.Mult))
    if isinstance(node, ast.Tuple) and isinstance(node.ctx, ast.Load) and len(node.elts) > 1:
        yield lambda n: n.elts.reverse()
        yield lambda n: n.elts.pop()
    if isinstance(node, (ast.For, ast.FunctionDef, ast.If)):
        for k, statement in enumerate(node.body):
            yield lambda n, k=k: n.body.__setitem__(k, ast.Pass())
            if not isinstance(node, ast.FunctionDef) and isinstance(
                statement, (ast.Assign, ast.Expr)
            ):
                yield lambda n, k=k: n.body.__setitem__(slice(k, k + 1), [n.body[k], ast.Break()])
    if isinstance(node, ast.If):
        yield lambda n: setattr(n, "test", ast.UnaryOp(ast.Not(), n.test))


def changes_of_call(node):
    if len(node.args) > 1:
        yield lambda n: n.args.reverse()
        yield lambda n: n.args.pop()
        yield lambda n: n.args.pop(0)
    for k in range(len(node.keywords)):
        yield lambda n, k=k: n.keywords.pop(k)
    if len(node.args) == 1 and not node.keywords:
        yield become(lambda n: n.args[0])
    yield lambda n: vars(n).update(vars(ast.UnaryOp(ast.USub(), copy.copy(n)))) or retype(n)


def retype(node):
    node.__class__ = ast.UnaryOp


def set_to(**fields):
    return lambda node: [setattr(node, name, value) for name, value in fields.items()]


def exchange(one, other):
    def change(node):
        a, b = getattr(node, one), getattr(node, other)
        setattr(node, one, b)
        setattr(node, other, a)

    return change


def become(part):
    """Return a change that puts a part of a node in its place."""

    def change(node):
        new = part(node)
        node.__class__ = new.__class__
        node.__dict__.clear()
        node.__dict__.update(new.__dict__)

    return change


def other_numbers(value):
    if isinstance(value, bool):
        return (not value,)
    if isinstance(value, int):
        return tuple({value + 1, value - 1, 2 * value, 0, None} - {value})
    return (2 * value, value / 2, 0.0, 1 - value, 10 * value, value / 10)


def arguments_of(tree):
    return {a.arg for n in ast.walk(tree) if isinstance(n, ast.FunctionDef) for a in n.args.args}


def mutants(solution, at_least=AT_LEAST):
    """Return the sources of changed solutions: one change each, and more where that gives few."""
    tree = ast.parse(solution)
    before = ast.unparse(tree)
    found = dict.fromkeys(filter(None, map(source, one_change(tree))))
    found.pop(before, None)
    while len(found) < at_least:
        for once in list(found):
            found.update(dict.fromkeys(filter(None, map(source, one_change(ast.parse(once))))))
            found.pop(before, None)
            if len(found) >= 2 * at_least:
                break
    return list(found)


def source(tree):
    try:
        text = ast.unparse(ast.fix_missing_locations(tree))
        compile(text, "<mutant>", "exec")
    except (SyntaxError, ValueError, AttributeError, TypeError):
        return None
    return text


def verdict(name, text, function, imported):
    """Return the answer to a changed solution; None if it cannot even be defined."""
    try:
        changed = defined(text, function, imported)
    except Exception:
        return None
    return exercises.check(name, changed)


def solutions():
    for path in NOTEBOOKS:
        for name, function, _, solution, imported in read(path):
            yield name, function, solution, imported


def main(only=""):
    """Try all changes of all solutions, or of those whose name holds a text; print a table."""
    exercises.SECONDS = 0.5
    print("exercise | changed | named | described | pass")
    for name, function, solution, imported in solutions():
        if only not in name:
            continue
        answers = {m: verdict(name, m, function, imported) for m in mutants(solution)}
        answers = {m: answer for m, answer in answers.items() if answer}
        names = {mistake.name.lower() for mistake in catalogue.find(name).mistakes}
        named = sum(a.headline.lower().rstrip(".") in names for a in answers.values())
        passing = [m for m, a in answers.items() if a.passed]
        described = len(answers) - named - len(passing)
        print(f"{name} | {len(answers)} | {named} | {described} | {len(passing)}", flush=True)
        for m in passing:
            print("    " + difference_of(solution, m), flush=True)


def difference_of(solution, mutant):
    """Return the changed lines of a solution."""
    before = ast.unparse(ast.parse(solution)).splitlines()
    return " ; ".join(line.strip() for line in mutant.splitlines() if line not in before)


if __name__ == "__main__":
    main(*sys.argv[1:])
