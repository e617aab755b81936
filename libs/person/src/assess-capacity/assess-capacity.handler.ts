import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { CommandRequest } from '#http';
import { PersonDesk } from '../person-desk.js';
import type { PersonId } from '../person.ids.js';
import { assessCapacity, type AssessCapacity } from './assess-capacity.js';

export class AssessCapacityCommand {
  constructor(
    readonly person: PersonId,
    readonly assessed: AssessCapacity,
    readonly request: CommandRequest,
  ) {}
}

@CommandHandler(AssessCapacityCommand)
export class AssessCapacityHandler implements ICommandHandler<AssessCapacityCommand> {
  constructor(private readonly desk: PersonDesk) {}

  execute({ person, assessed, request }: AssessCapacityCommand) {
    return this.desk.decide(person, request, (state, facts) => assessCapacity(state, assessed, facts));
  }
}
