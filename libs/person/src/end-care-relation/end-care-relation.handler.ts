import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { CommandRequest } from '#http';
import { PersonDesk } from '../person-desk.js';
import type { PersonId } from '../person.ids.js';
import { endCareRelation, type EndCareRelation } from './end-care-relation.js';

export class EndCareRelationCommand {
  constructor(
    readonly person: PersonId,
    readonly end: EndCareRelation,
    readonly request: CommandRequest,
  ) {}
}

@CommandHandler(EndCareRelationCommand)
export class EndCareRelationHandler implements ICommandHandler<EndCareRelationCommand> {
  constructor(private readonly desk: PersonDesk) {}

  execute({ person, end, request }: EndCareRelationCommand) {
    return this.desk.decide(person, request, (state, facts) => endCareRelation(state, end, facts));
  }
}
