// Elements of the page: those that fit a selector, and new ones.
export const find = (selector) => [...document.querySelectorAll(selector)];

export function make(parent, tag, properties = {}) {
  const made = Object.assign(document.createElement(tag), properties);
  parent.append(made);
  return made;
}

// Put text on the clipboard, and say whether that was allowed.
export async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
