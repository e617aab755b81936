import { randomUUID } from 'node:crypto';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { asId } from '#decider';
import { Directory, unknownReference } from '#directory';
import type { CommandRequest } from '#http';
import type { RepresentationData } from '../identity.events.js';
import { PersonDesk } from '../person-desk.js';
import type { PersonId } from '../person.ids.js';
import { establishRepresentation } from './establish-representation.js';

export class EstablishRepresentationCommand {
  constructor(
    readonly person: PersonId,
    readonly established: Omit<RepresentationData, 'representative'>,
    readonly request: CommandRequest,
  ) {}
}

@CommandHandler(EstablishRepresentationCommand)
export class EstablishRepresentationHandler implements ICommandHandler<EstablishRepresentationCommand> {
  constructor(
    private readonly desk: PersonDesk,
    private readonly directory: Directory,
  ) {}

  execute({ person, established, request }: EstablishRepresentationCommand) {
    return this.desk.decide(person, request, async (state) => {
      const { mandate } = established;
      if (mandate !== undefined && !(await this.directory.mandate(mandate)))
        return unknownReference('mandate', 'mandate of this ledger');
      const representation = { ...established, representative: asId<'Representative'>(randomUUID()) };
      return establishRepresentation(state, { representation });
    });
  }
}
