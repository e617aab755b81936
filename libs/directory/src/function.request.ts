import type { Catalogue } from '#catalogue';
import { asCode } from '#decider';
import { CodeField, Codes, Flag, Text } from '#http';
import { secrecyBasisOf } from './secrecy.js';
import type { InstitutionFunction } from './institution.events.js';

/** A function inside an institution that may receive as a whole. */
export class FunctionRequest {
  @CodeField({
    description: 'Code of the institution’s own choosing; no name of anybody.',
    example: 'home-helpers',
  })
  function!: string;
  @Text(120, { example: 'Aides à domicile' }) name!: string;
  @Codes({ optional: true, description: 'Categories of professionals, as provisions list them.' })
  categories?: string[];
  @Codes({ optional: true, description: 'Every text by which its holders are bound by secrecy.' })
  secrecy?: string[];
  @Flag({ optional: true, description: 'The institution keeps the log of who of them looked.' })
  accessLog?: boolean;
}

export function functionsOf(
  requests: readonly FunctionRequest[],
  catalogue: Catalogue,
): readonly InstitutionFunction[] {
  return requests.map(({ function: code, name, categories = [], secrecy = [], accessLog = false }) => ({
    function: asCode<'Function'>(code),
    name,
    categories,
    secrecy: secrecy.map((binding) => secrecyBasisOf(asCode<'Binding'>(binding), catalogue)),
    accessLog,
  }));
}
