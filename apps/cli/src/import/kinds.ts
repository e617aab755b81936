import { GrantConsentRequest, RefuseConsentRequest } from '#consent';
import { ReportDisclosureRequest } from '#disclosure';
import type { Constructor } from '#http';
import {
  DescribeInformationRequest,
  InformPersonRequest,
  RegisterOutsiderRequest,
  RegisterPersonRequest,
} from '#person';

/** What a line may tell: the request that it becomes, and the id that its answer names. */
export interface Kind {
  /** Under the person; undefined: the person themselves. */
  readonly at: string | undefined;
  readonly request: Constructor;
  readonly made: string;
}

export const KINDS = {
  person: { at: undefined, request: RegisterPersonRequest, made: 'person' },
  outsider: { at: 'outsiders', request: RegisterOutsiderRequest, made: 'outsider' },
  item: { at: 'items', request: DescribeInformationRequest, made: 'item' },
  information: { at: 'informations', request: InformPersonRequest, made: 'information' },
  consent: { at: 'consents', request: GrantConsentRequest, made: 'consent' },
  refusal: { at: 'refusals', request: RefuseConsentRequest, made: 'refusal' },
  report: { at: 'disclosure-reports', request: ReportDisclosureRequest, made: 'disclosure' },
} as const satisfies Readonly<Record<string, Kind>>;

export type KindName = keyof typeof KINDS;

export function isKind(name: unknown): name is KindName {
  return typeof name === 'string' && Object.hasOwn(KINDS, name);
}

export const KIND_NAMES = Object.keys(KINDS).join(', ');
