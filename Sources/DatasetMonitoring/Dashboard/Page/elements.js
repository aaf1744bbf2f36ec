// Making and filling elements; no text ever becomes markup.

const byId = (id) => document.getElementById(id);

function element(name, attributes = {}, ...children) {
  return filled(document.createElement(name), attributes, children);
}

function drawing(name, attributes = {}, ...children) {
  return filled(document.createElementNS("http://www.w3.org/2000/svg", name), attributes, children);
}

function filled(node, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

/** Changes a text only if it differs, so that screen readers and layout are left in peace. */
function say(id, text) {
  const node = byId(id);
  if (node.textContent !== text) node.textContent = text;
}
