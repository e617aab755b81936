type Attributes = Readonly<Record<string, string>>;

/** Text is always text: nothing of a file is ever read as HTML. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** The element of the page's own HTML. Throws where there is none of this kind. */
export function found<Kind extends HTMLElement>(id: string, kind: abstract new () => Kind): Kind {
  const there = document.querySelector(`#${id}`);
  if (there instanceof kind) return there;
  throw new Error(`The page has no ${id}.`);
}
