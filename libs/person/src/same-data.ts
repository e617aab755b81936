import { fromJS, is } from 'immutable';

/** Whether two pieces of plain data say the same, in whatever order their keys stand. */
export function sameData(a: unknown, b: unknown): boolean {
  return is(fromJS(a), fromJS(b));
}
