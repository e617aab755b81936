import { randomUUID } from 'node:crypto';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { asId, type Effective } from '#decider';
import { Directory } from '#directory';
import type { CommandRequest } from '#http';
import { actingMandate } from '../acting.request.js';
import { PersonDesk } from '../person-desk.js';
import type { PersonId } from '../person.ids.js';
import type { Scope } from '../recipient.js';
import { resolveScope, type ScopeRequest } from '../scope.request.js';
import type { InformationData } from '../will.events.js';
import { informPerson } from './inform-person.js';

/** The information as it was told, before its recipients are looked up. */
export interface InformationTold {
  readonly scope: ScopeRequest;
  /** Mandate of whoever told them; left out: the caller's. */
  readonly by?: string;
  readonly said: Omit<InformationData, keyof Scope | 'information' | 'by'>;
  readonly effectiveAt?: Effective;
}

export class InformPersonCommand {
  constructor(
    readonly person: PersonId,
    readonly told: InformationTold,
    readonly request: CommandRequest,
  ) {}
}

@CommandHandler(InformPersonCommand)
export class InformPersonHandler implements ICommandHandler<InformPersonCommand> {
  constructor(
    private readonly desk: PersonDesk,
    private readonly directory: Directory,
  ) {}

  execute({ person, told, request }: InformPersonCommand) {
    return this.desk.decide(person, request, async (state, facts) => {
      const by = await actingMandate(this.directory, facts.caller, 'by', told.by);
      if (by.kind === 'rejected') return by;
      const scope = await resolveScope(this.directory, '', told.scope);
      if (scope.kind === 'rejected') return scope;
      const { mandate } = by.value;
      const information = {
        ...told.said,
        ...scope.value,
        information: asId<'Information'>(randomUUID()),
        by: mandate.mandate,
      };
      return informPerson(state, { information, mandate, effectiveAt: told.effectiveAt }, facts);
    });
  }
}
