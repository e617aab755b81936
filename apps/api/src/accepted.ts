import {
  getMetadataStorage,
  ValidationTypes,
  type ValidationArguments,
  type ValidatorConstraintInterface,
} from 'class-validator';
import { fillingOf, type Constructor, type Filling } from '#http';

type Values = Record<string, unknown>;
type Metadata = ReturnType<ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']>[number];

interface Check {
  readonly validator: ValidatorConstraintInterface;
  readonly constraints: unknown[];
  /** Of every entry of a list, not of the list. */
  readonly each: boolean;
}

interface Field {
  readonly name: string;
  /** The value as the request holds it; undefined where the checks alone do not tell that it is right. */
  take(value: unknown): unknown;
  isAsked(request: Values): boolean;
  readonly checks: readonly Check[];
}

interface Shape {
  readonly type: Constructor;
  readonly fields: ReadonlyMap<string, Field>;
}

/**
 * The request that a body says, if all of it is right: by the checks that its class declares, looked up once for each
 * class. The libraries look them up at every request and for every part in it, which took a tenth of a command.
 * @returns undefined where a check fails, or something is said that only the libraries read: ask them, they tell why
 */
export function accepted(body: unknown, type: Constructor): object | undefined {
  const shape = shapeOf(type);
  return shape && taken(shape, body);
}

function taken({ type, fields }: Shape, body: unknown): object | undefined {
  if (body === null || typeof body !== 'object' || Array.isArray(body)) return undefined;
  const request = new type() as Values;
  for (const name of Object.keys(body)) {
    const value = fields.get(name)?.take((body as Values)[name]);
    if (value === undefined) return undefined;
    request[name] = value;
  }
  for (const field of fields.values()) if (!isRight(field, request, type.name)) return undefined;
  return request;
}

function isRight({ name, isAsked, checks }: Field, request: Values, targetName: string): boolean {
  if (!isAsked(request)) return true;
  const value = request[name];
  for (const { validator, constraints, each } of checks) {
    const args: ValidationArguments = { targetName, property: name, object: request, value, constraints };
    // A promise is not true either: nothing here waits for one.
    const isTrue = (one: unknown) => validator.validate(one, args) === true;
    if (!(each && Array.isArray(value) ? value.every(isTrue) : isTrue(value))) return false;
  }
  return true;
}

const shapes = new Map<Constructor, Shape | undefined>();

function shapeOf(type: Constructor): Shape | undefined {
  if (!shapes.has(type)) shapes.set(type, declared(type));
  return shapes.get(type);
}

/** Undefined for a class without fields, and for one that declares what is not understood here. */
function declared(type: Constructor): Shape | undefined {
  const all = getMetadataStorage().getTargetValidationMetadatas(type, '', false, false);
  if (all.length === 0 || !all.every(isUnderstood)) return undefined;
  const names = new Set(all.map(({ propertyName }) => propertyName));
  const fields = [...names].map((name) => {
    const own = all.filter(({ propertyName }) => propertyName === name);
    return [name, fieldOf(type, name, own)] as const;
  });
  return { type, fields: new Map(fields) };
}

const { IS_DEFINED, CUSTOM_VALIDATION, CONDITIONAL_VALIDATION, NESTED_VALIDATION } = ValidationTypes;
const UNDERSTOOD: ReadonlySet<string> = new Set([
  IS_DEFINED,
  CUSTOM_VALIDATION,
  CONDITIONAL_VALIDATION,
  NESTED_VALIDATION,
]);

function isUnderstood({ type, validateIf }: Metadata): boolean {
  return UNDERSTOOD.has(type) && validateIf === undefined;
}

function fieldOf(type: Constructor, name: string, own: readonly Metadata[]): Field {
  const ofType = (...wanted: readonly string[]) => own.filter((one) => wanted.includes(one.type));
  const conditions = ofType(CONDITIONAL_VALIDATION).map(
    ({ constraints }) => constraints[0] as (request: Values, value: unknown) => boolean,
  );
  return {
    name,
    take: taking(fillingOf(type, name), ofType(NESTED_VALIDATION).length > 0),
    isAsked: (request) => conditions.every((isMet) => isMet(request, request[name])),
    checks: ofType(IS_DEFINED, CUSTOM_VALIDATION).flatMap(({ constraintCls, constraints, each }) =>
      getMetadataStorage()
        .getTargetValidatorConstraints(constraintCls)
        .map(({ instance }) => ({ validator: instance, constraints, each })),
    ),
  };
}

const NEVER = () => undefined;

/** How a field is read, by what it is filled with. */
function taking(filling: Filling | undefined, isNested: boolean): (value: unknown) => unknown {
  if (typeof filling === 'object') return isNested ? takingParts(filling) : NEVER;
  switch (filling) {
    case 'text':
    case 'date':
    case 'id':
    case 'flag':
      return (value) => (isScalar(value) ? value : undefined);
    case 'texts':
    case 'ids':
      return (value) => (Array.isArray(value) && value.every(isScalar) ? [...value] : undefined);
    // Numbers are made of texts, and objects hold what no class declares.
    case 'number':
    case 'objects':
    case undefined:
      return NEVER;
  }
}

function takingParts(filling: Exclude<Filling, string>): (value: unknown) => unknown {
  if ('part' in filling) return (value) => accepted(value, filling.part());
  return (value) => {
    if (!Array.isArray(value)) return undefined;
    const parts = value.map((one) => accepted(one, filling.parts()));
    return parts.includes(undefined) ? undefined : parts;
  };
}

function isScalar(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number';
}
