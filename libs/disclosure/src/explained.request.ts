import { CodeField, Flag, OneOf, optionally, Part, Parts, Text, Uuid, When } from '#http';
import type { Explained } from '#person';
import { EXCEPTIONS, KeptRequest, keptIn, WithheldRequest, withheldIn } from './intended.request.js';

/** Whatever is not known of it is left out; without a written reason it excuses nothing. */
export class ReportedExceptionRequest {
  @OneOf(EXCEPTIONS) kind!: (typeof EXCEPTIONS)[number];
  @Text(1000, { optional: true, description: 'Why the person could not be told or asked first.' })
  reason?: string;
  @When({ optional: true, description: 'When the exception is looked at again, not before the act.' })
  reviewBy?: string;
}

/** What an intended disclosure can say, and a report or its correction as well. */
export class ExplainedRequest {
  @Uuid({ optional: true, description: 'The session in which it was tabled, in frame commission-session.' })
  session?: string;
  @CodeField({
    optional: true,
    description: 'The retention rule of the catalogue by which recipients keep it.',
  })
  retentionRule?: string;
  @Part(() => ReportedExceptionRequest, {
    optional: true,
    description: 'Seen, with all that follows here, by the institution that records it and by programs.',
  })
  exception?: ReportedExceptionRequest;
  @Flag({ optional: true, description: 'The person cannot protect themselves (C. pén. 226-14).' })
  unableToProtectThemselves?: boolean;
  @Parts(() => KeptRequest, { optional: true }) keeps?: KeptRequest[];
  @Parts(() => WithheldRequest, { optional: true }) withheld?: WithheldRequest[];
}

export const EXPLAINED = [
  'exception',
  'unableToProtectThemselves',
  'keeps',
  'withheld',
] as const satisfies readonly (keyof Explained)[];

/** What of it stands in an event of its own. */
export function explainedIn(said: ExplainedRequest): Explained {
  const { exception, unableToProtectThemselves, keeps, withheld } = said;
  return {
    ...(exception ? { exception: exceptionIn(exception) } : {}),
    ...(unableToProtectThemselves === undefined ? {} : { unableToProtectThemselves }),
    ...(keeps ? { keeps: keptIn(keeps) } : {}),
    ...(withheld ? { withheld: withheldIn(withheld) } : {}),
  };
}

function exceptionIn({ kind, reason, reviewBy }: ReportedExceptionRequest): Explained['exception'] {
  return { kind, ...(reason ? { reason } : {}), ...optionally('reviewBy', reviewBy) };
}
