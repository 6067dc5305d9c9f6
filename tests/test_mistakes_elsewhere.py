"""The same for what a lesson calls besides the engine: tensors, maps, figures, explorers."""

import numpy as np
import pytest
from test_mistakes import NOTHING, NUMBERS, POSITIVE, REAL, ROWS, WHOLE, complaints

from nbhelpers import callbacks, explorers, figures, geometry, tensors

A, PLAN, TWO = np.eye(2), tensors.plan((5,)), [1, 2]
IMAGES = np.zeros((3, 4, 4))
SHAPES, FLAT = "[] (3,)", "minus zero one three three as float numpy int"
WORDS = "text long text"


def drawn(function, **right):
    """Return how to call a figure with one argument of another value."""

    def with_one(name):
        return lambda v: function(**(right | {name: v}))

    return with_one


stop = drawn(callbacks.EarlyStopping)
keep = drawn(callbacks.ModelCheckpoint, filepath="m.npz")
line = drawn(figures.line_chart, series={"a": (TWO, TWO)}, title="t", xlabel="x", ylabel="y")
grid = drawn(figures.image_grid, images=IMAGES)
table = drawn(figures.heat_table, values=A, rows="ab", columns="cd", title="", xlabel="", ylabel="")
matrix = drawn(figures.confusion, matrix=A, class_names="ab")
boxes = drawn(figures.boxes, arrays=[A, A])
chain = drawn(figures.chain, names=["w", "z"], forward=["1", "2"], backward=["3", "4"])
diagram = drawn(figures.network_diagram, units=(2, 3, 2))
pixels = drawn(figures.pixels, image=A, rows=slice(1), columns=slice(1))
product = drawn(figures.product, A=A, B=A)
curves = drawn(figures.function_curves, x=TWO, curves={"a": TWO}, title="t")
bars = drawn(figures.bar_panels, panels={"a": TWO}, labels=["x", "y"])
planes = drawn(figures.planes, panels={"a": A})
stages = drawn(figures.signal_stages, image=A, layers={"a": TWO})
clouds = drawn(figures.gradient_clouds, clouds={1: A}, mean=TWO)
arrows = drawn(figures.vector_sum, a=TWO, b=TWO)
shadow = drawn(figures.projection, w=TWO, p=TWO)

CALLS = {
    "size": (tensors.size, "shape", SHAPES),
    "describe(axes)": (lambda v: tensors.describe(A, v), "axes", "[]"),
    "plan(shape)": (tensors.plan, "shape", SHAPES),
    "plan(dtype)": (
        lambda v: tensors.plan((3,), v),
        "dtype",
        "None numpy int numpy float [] class",
    ),
    "plan(axes)": (lambda v: tensors.plan((3,), "uint8", v), "axes", "[] [text]"),
    "readable_bytes": (tensors.readable_bytes, "count", REAL),
    "select(tensor)": (lambda v: tensors.select(v, [1]), "tensor", NOTHING),
    "select(index)": (lambda v: tensors.select(PLAN, v), "index", SHAPES),
    "expression": (tensors.expression, "index", SHAPES),
    "broadcast(a)": (lambda v: tensors.broadcast(v, (3,)), r"\ba\b", SHAPES),
    "broadcast(b)": (lambda v: tensors.broadcast((3,), v), r"\bb\b", SHAPES),
    "rotation": (geometry.rotation, "angle", REAL),
    "scaling(x)": (geometry.scaling, r"\bx\b", REAL),
    "scaling(y)": (lambda v: geometry.scaling(1, v), r"\by\b", f"None {REAL}"),
    "shear": (geometry.shear, "amount", REAL),
    "plane_matrix(angle)": (geometry.plane_matrix, "angle", REAL),
    "plane_matrix(scale_y)": (lambda v: geometry.plane_matrix(scale_y=v), "scale_y", REAL),
    "plane_matrix(shear_x)": (lambda v: geometry.plane_matrix(shear_x=v), "shear_x", REAL),
    "apply(points)": (lambda v: geometry.apply(v, A), "points", NOTHING),
    "apply(W)": (lambda v: geometry.apply(A, v), r"\bW\b", NOTHING),
    "apply(b)": (lambda v: geometry.apply(A, A, v), r"\bb\b", NOTHING),
    "inverse(W)": (geometry.inverse, r"\bW\b", NOTHING),
    "determinant": (geometry.determinant, r"\bW\b", NOTHING),
    "area": (geometry.area, "corners", NOTHING),
    "EarlyStopping(monitor)": (callbacks.EarlyStopping, "monitor", NOTHING),
    "EarlyStopping(min_delta)": (stop("min_delta"), "min_delta", REAL),
    "EarlyStopping(patience)": (stop("patience"), "patience", f"zero huge {WHOLE}"),
    "EarlyStopping(mode)": (stop("mode"), "mode", NOTHING),
    "EarlyStopping(restore)": (stop("restore_best_weights"), "restore_best_weights", "True"),
    "EarlyStopping(verbose)": (stop("verbose"), "verbose", "zero one True"),
    "ModelCheckpoint(verbose)": (keep("verbose"), "verbose", "zero one True"),
    "Snapshots(x)": (lambda v: callbacks.Snapshots(v, TWO), r"\bx\b", NOTHING),
    "Snapshots(y)": (lambda v: callbacks.Snapshots(TWO, v), r"\by\b", NOTHING),
    "Snapshots(units)": (lambda v: callbacks.Snapshots(TWO, TWO, v), "units", WHOLE),
    "Snapshots(samples)": (lambda v: callbacks.Snapshots(TWO, TWO, samples=v), "samples", WHOLE),
    "ModelCheckpoint(filepath)": (callbacks.ModelCheckpoint, "filepath", f"digit {WORDS}"),
    "ModelCheckpoint(monitor)": (keep("monitor"), "monitor", f"digit {WORDS}"),
    "ModelCheckpoint(best)": (keep("save_best_only"), "save_best_only", "True"),
    "show(drawn)": (lambda v: figures.show(v, "words"), "drawn", NOTHING),
    "show(alt)": (lambda v: figures.show(figures.toy(), v), "alt", f"digit {WORDS}"),
    "line_chart(series)": (line("series"), "series", NOTHING),
    "line_chart(a curve)": (lambda v: line("series")({"a": v}), "series", NOTHING),
    "line_chart(y)": (lambda v: line("series")({"a": ([1, 2, 3], v)}), "series", "vector"),
    "training_curves(history)": (figures.training_curves, "history", NOTHING),
    "training_curves(values)": (
        lambda v: figures.training_curves({"loss": v}),
        "history",
        f"[] {ROWS}",
    ),
    "image_grid(images)": (grid("images"), "images", NOTHING),
    "image_grid(titles)": (grid("titles"), "titles", "text []"),
    "image_grid(columns)": (grid("columns"), "columns", f"huge {WHOLE}"),
    "confusion(matrix)": (matrix("matrix"), "matrix", NOTHING),
    "confusion(class_names)": (matrix("class_names"), "class_names", NOTHING),
    "heat_table(values)": (table("values"), "values", NOTHING),
    "heat_table(rows)": (table("rows"), "rows", NOTHING),
    "heat_table(columns)": (table("columns"), "columns", NOTHING),
    "boxes(arrays)": (boxes("arrays"), "arrays", "[0.5] (3,) ragged long list"),
    "boxes(titles)": (boxes("titles"), "titles", "[]"),
    "boxes(notes)": (boxes("notes"), "notes", "[]"),
    "boxes(signs)": (boxes("signs"), "signs", "digit [] [text] (3,)"),
    "chain(names)": (chain("names"), "names", NOTHING),
    "chain(forward)": (chain("forward"), "forward", NOTHING),
    "chain(backward)": (chain("backward"), "backward", NOTHING),
    "memory_bars": (figures.memory_bars, "named", NOTHING),
    "network_diagram(units)": (diagram("units"), "units", NOTHING),
    "network_diagram(names)": (diagram("names"), "names", "text []"),
    "network_diagram(titles)": (diagram("titles"), "titles", "text []"),
    "pixels(image)": (pixels("image"), "image", NOTHING),
    "pixels(rows)": (pixels("rows"), "rows", "slice"),
    "pixels(columns)": (pixels("columns"), "columns", "slice"),
    "product(A)": (product("A"), r"\bA\b", NOTHING),
    "product(B)": (product("B"), r"\bB\b", NOTHING),
    "product(row)": (product("row"), "row", "zero one"),
    "product(column)": (product("column"), "column", "zero one"),
    "function_curves(x)": (curves("x"), r"\bx\b", NOTHING),
    "function_curves(curves)": (curves("curves"), "curves", NOTHING),
    "function_curves(y)": (lambda v: curves("curves")({"a": v}), "curves", NOTHING),
    "bar_panels(panels)": (bars("panels"), "panels", NOTHING),
    "bar_panels(values)": (lambda v: bars("panels")({"a": v}), "panels|labels", NOTHING),
    "bar_panels(labels)": (bars("labels"), "labels", NOTHING),
    "planes(panels)": (planes("panels"), "panels", NOTHING),
    "planes(values)": (lambda v: planes("panels")({"a": v}), "panels", NOTHING),
    "signal_stages(image)": (stages("image"), "image", NOTHING),
    "signal_stages(layers)": (stages("layers"), "layers", NOTHING),
    "signal_stages(values)": (lambda v: stages("layers")({"a": v}), "layers", ROWS),
    "gradient_clouds(clouds)": (clouds("clouds"), "clouds", NOTHING),
    "gradient_clouds(cloud)": (lambda v: clouds("clouds")({1: v}), "clouds", NOTHING),
    "gradient_clouds(mean)": (clouds("mean"), "mean", NOTHING),
    "vector_sum(a)": (arrows("a"), r"\ba\b", NOTHING),
    "vector_sum(b)": (arrows("b"), r"\bb\b", NOTHING),
    "explorer(a control)": (lambda v: explorers.affine(angle=v), "angle", FLAT),
    "explorer(a choice)": (lambda v: explorers.batch(batch_size=v), "batch_size", NOTHING),
    "explorer.arrays(state)": (explorers.affine().arrays, "state|control", "None"),
    "explorer.twin(states)": (explorers.affine().twin, "state|control", NOTHING),
    "explorer.twin(titles)": (
        lambda v: explorers.affine().twin([{}], v),
        "titles",
        "None digit [text] (3,)",
    ),
    "explorer.twin(columns)": (
        lambda v: explorers.affine().twin([{}], None, v),
        "columns",
        f"None {WHOLE}",
    ),
    "batch(images)": (lambda v: explorers.batch(images=v), "images", WHOLE),
    "batch(seconds)": (explorers.batch, "seconds_per_image", "None"),
    "batch(noise)": (lambda v: explorers.batch(None, v), "gradient_noise", "None"),
    "batch(a second)": (lambda v: explorers.batch({1: 1.0, 2: v}), "seconds_per_image", POSITIVE),
    "optimizer_race(curves)": (explorers.optimizer_race, "curves", "None"),
    "optimizer_race(runs)": (lambda v: explorers.optimizer_race({"sgd": v}), "curves", NOTHING),
    "optimizer_race(losses)": (
        lambda v: explorers.optimizer_race({"sgd": {0.1: v}}),
        "curves|losses",
        "vector long list",
    ),
    "draw_digit(model)": (explorers.draw_digit, "model", "None"),
    "time_machine(snapshots)": (explorers.time_machine, "snapshots", "None"),
    "projection(w)": (shadow("w"), r"\bw\b", NOTHING),
    "projection(p)": (shadow("p"), r"\bp\b", NOTHING),
}
# Whatever has a dtype can be described, and only rows of different lengths have none.
CALLS["describe(x)"] = (
    tensors.describe,
    "x must",
    f"{NUMBERS} None text digit bytes huge complex [text] dict set objects function class object "
    "module slice ellipsis long text",
)


@pytest.mark.parametrize("call", CALLS)
def test_each_value_is_taken_or_refused_in_one_sentence(call):
    assert complaints(call, *CALLS[call]) == {}
