/** The first element that matches a selector. */
export const $ = (selector) => document.querySelector(selector);

/** Creates an element with a text. */
export function textElement(name, text) {
  const element = document.createElement(name);
  element.textContent = text;
  return element;
}

/** Sets the text of an element, only where it differs: a screen reader announces each change. */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
