"""The table that ``model.summary()`` prints."""

from nbhelpers._types import ModelLike


def summary_table(model: ModelLike) -> str:
    """Return each layer's output shape and number of parameters, and their total, as text.

    Parameters
    ----------
    model : Sequential
        Shapes that are not known yet appear as "?".
    """
    rows = [("Layer (type)", "Output shape", "Param #")]
    for layer in model.layers:
        where = str(layer.output_shape) if model.built else "?"
        rows.append((f"{layer.name} ({type(layer).__name__})", where, f"{layer.count_params():,}"))
    head, *body = [f"{name:<30} {where:<18} {count:>12}" for name, where, count in rows]
    total = sum(layer.count_params() for layer in model.layers)
    size = f"{total * model.dtype.itemsize / 1024:,.2f} KB"
    line = "─" * 62
    title = f'Model: "{model.name}"'
    return "\n".join([title, line, head, line, *body, line, f"Total params: {total:,} ({size})"])
