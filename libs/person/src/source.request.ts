import { asId } from '#decider';
import { OneOf, Text, Uuid } from '#http';
import type { Source } from './item.events.js';

/** Where a holder has an item from, as the holder declares it. */
export class SourceRequest {
  @OneOf(['person', 'observation', 'disclosure', 'session', 'external']) kind!: Source['kind'];
  @Uuid({ optional: true, forKinds: ['disclosure'] }) disclosure?: string;
  @Uuid({ optional: true, forKinds: ['session'] }) session?: string;
  @Text(200, { optional: true, forKinds: ['external'], description: 'Where, outside this ledger.' })
  note?: string;
}

export function sourceOf({ kind, disclosure, session, note }: SourceRequest): Source {
  switch (kind) {
    case 'disclosure':
      return { kind, disclosure: asId<'Disclosure'>(disclosure ?? '') };
    case 'session':
      return { kind, session: session ?? '' };
    case 'external':
      return { kind, ...(note ? { note } : {}) };
    default:
      return { kind };
  }
}
