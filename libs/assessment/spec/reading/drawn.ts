import type { AssessmentFacts, Scope } from '../../src/facts.js';
import type { DisclosureRequest } from '../../src/request.js';

export interface Drawn {
  readonly facts: AssessmentFacts;
  readonly request: DisclosureRequest;
}

/** A scope that names everything which is drawn. */
export function wide({ facts, request }: Drawn): Scope {
  return {
    items: facts.items.map((i) => i.item),
    categories: [],
    recipients: facts.recipients.flatMap(({ party }) =>
      party.kind === 'unknown' || party.kind === 'person' ? [] : [party],
    ),
    purposes: request.purpose ? [request.purpose] : [],
  };
}
