import { beforeAll, describe, expect, test } from '@jest/globals';
import { ValidationPipe } from '@nestjs/common';
import { getMetadataStorage, ValidationTypes } from 'class-validator';
import * as fc from 'fast-check';
import { fillingOf, parseStrictJson, Text, type Constructor } from '#http';
import { accepted } from './accepted.js';
import { requestValidation } from './validation.js';

type Metadata = ReturnType<ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']>[number];

const ID = '00000000-0000-4000-8000-000000000001';
const WRONG = fc.constantFrom<unknown>(null, 7, true, {}, [], [null], ['a\nb'], '', 'A b', 'x'.repeat(2001));

class Open {
  @Text(5, { optional: true }) text?: string;
}

const pipe = requestValidation();

/** As the libraries read it, the way that tells what is wrong. */
async function asTheLibrariesDo(body: unknown, type: Constructor): Promise<object | undefined> {
  const copy = parseStrictJson(JSON.stringify(body));
  const metadata = { type: 'body', metatype: type } as const;
  return ValidationPipe.prototype.transform.call(pipe, copy, metadata).catch(() => undefined) as Promise<
    object | undefined
  >;
}

/** All classes that say what a request holds, once the application was loaded. */
function requestClasses(): readonly Constructor[] {
  const storage = getMetadataStorage() as unknown as { validationMetadatas: Map<Constructor, unknown> };
  return [...storage.validationMetadatas.keys()];
}

function fieldsOf(type: Constructor): ReadonlyMap<string, readonly Metadata[]> {
  const fields = new Map<string, Metadata[]>();
  for (const one of getMetadataStorage().getTargetValidationMetadatas(type, '', false, false))
    fields.set(one.propertyName, [...(fields.get(one.propertyName) ?? []), one]);
  return fields;
}

/** Bodies of a class: most of what they say is right, some of it is left out, some of it is wrong. */
function bodies(type: Constructor, depth = 3): fc.Arbitrary<object> {
  const isOptional = (own: readonly Metadata[]) =>
    own.some((one) => one.type === ValidationTypes.CONDITIONAL_VALIDATION);
  const entries = [...fieldsOf(type)].map(([name, own]) => {
    const right = rightOf(type, name, own, depth);
    const said = fc.option(right, { nil: undefined, freq: isOptional(own) ? 1 : 30 });
    return [name, fc.oneof({ arbitrary: said, weight: 60 }, { arbitrary: WRONG, weight: 1 })] as const;
  });
  const known = fc.record(Object.fromEntries(entries));
  const more = fc.constantFrom(
    {},
    {},
    {},
    {},
    {},
    {},
    {},
    { constructor: 1 },
    { toString: 'x' },
    { more: 1 },
  );
  return fc.tuple(known, more).map(([one, other]) => ({ ...one, ...other }));
}

function rightOf(type: Constructor, name: string, own: readonly Metadata[], depth: number) {
  const filling = fillingOf(type, name);
  const values = own.flatMap(({ constraints }) => (Array.isArray(constraints?.[0]) ? constraints[0] : []));
  const text = values.length > 0 ? fc.constantFrom(...values) : fc.constantFrom('care', '1948-03-12', 'a-1');
  if (typeof filling === 'object') {
    const part = 'part' in filling ? filling.part() : filling.parts();
    const inner = depth > 0 ? bodies(part, depth - 1) : fc.constant({});
    return 'part' in filling ? inner : fc.array(inner, { maxLength: 2 });
  }
  switch (filling) {
    case 'texts':
      return fc.array(text, { maxLength: 2 });
    case 'ids':
      return fc.constantFrom([], [ID], [ID, ID]);
    case 'id':
      return fc.constant(ID);
    case 'date':
      return fc.constantFrom('2026', '2026-01-09', '2026-01-09T10:00:00+01:00');
    case 'flag':
      return fc.boolean();
    case 'number':
      return fc.constant(3);
    case 'objects':
      return fc.constantFrom([], [{ a: { constructor: 1 } }]);
    default:
      return text;
  }
}

/** Whether it says something that is left to the libraries. */
function isLeftToThem(body: object, type: Constructor): boolean {
  return Object.entries(body).some(([name, value]) => {
    const filling = fillingOf(type, name);
    if (typeof filling !== 'object') return filling === undefined || ['number', 'objects'].includes(filling);
    const part = 'part' in filling ? filling.part() : filling.parts();
    return [value].flat().some((one) => one && typeof one === 'object' && isLeftToThem(one, part));
  });
}

describe('a request that is right', () => {
  beforeAll(async () => void (await import('./app.module.js')));

  test('is read as the libraries read it, whatever its class, and no other is accepted', async () => {
    const classes = requestClasses();
    expect(classes.length).toBeGreaterThan(50);
    let right = 0;
    for (const type of classes)
      await fc.assert(
        fc.asyncProperty(bodies(type), async (arbitrary) => {
          const body = JSON.parse(JSON.stringify(arbitrary)) as object;
          const [ours, theirs] = [accepted(body, type), await asTheLibrariesDo(body, type)];
          if (ours) right++;
          if (ours || !isLeftToThem(body, type)) expect(ours).toStrictEqual(theirs);
        }),
        { numRuns: 40 },
      );
    expect(right).toBeGreaterThan(classes.length);
  });

  test('names nothing that every object inherits', () => {
    expect(accepted({}, Open)).toStrictEqual(new Open());
    for (const text of ['{"__proto__":{}}', '{"constructor":1}', '{"hasOwnProperty":1}'])
      expect(accepted(JSON.parse(text), Open)).toBeUndefined();
  });

  test.each([[undefined], [null], [[]], ['text'], [7]])('is an object, never %j', (body) => {
    for (const type of requestClasses()) expect(accepted(body, type)).toBeUndefined();
  });
});
