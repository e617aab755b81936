export type Constructor = new () => object;

/** What a field takes, for whoever fills it from a table or looks for ids in it; `part` and `parts` hold fields themselves. */
export type Filling =
  | 'text'
  | 'texts'
  | 'date'
  | 'flag'
  | 'number'
  | 'id'
  | 'ids'
  | 'objects'
  | { readonly part: () => Constructor }
  | { readonly parts: () => Constructor };

const fillings = new WeakMap<object, Map<string | symbol, Filling>>();

export function filledWith(filling: Filling): PropertyDecorator {
  return (prototype, field) => {
    const own = fillings.get(prototype) ?? new Map<string | symbol, Filling>();
    fillings.set(prototype, own.set(field, filling));
  };
}

/** Undefined where the request class has no such field, of its own or inherited. */
export function fillingOf(request: Constructor, field: string): Filling | undefined {
  return fillingIn(request.prototype as object, field);
}

function fillingIn(prototype: object | null, field: string): Filling | undefined {
  if (prototype === null) return undefined;
  return (
    fillings.get(prototype)?.get(field) ?? fillingIn(Object.getPrototypeOf(prototype) as object | null, field)
  );
}
