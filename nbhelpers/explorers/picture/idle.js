// Controls that only move while another control has one of some values.

// `idle`: of each its place among the controls, the other's name, and those values.
export function showIdle(el, idle, state) {
  const column = el.parentElement?.querySelector(".widget-vbox");
  for (const [place, name, values] of idle) {
    const control = column?.children[place];
    if (control) control.inert = !values.includes(state[name]);
  }
}
