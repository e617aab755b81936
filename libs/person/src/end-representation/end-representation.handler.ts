import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { CommandRequest } from '#http';
import { PersonDesk } from '../person-desk.js';
import type { PersonId } from '../person.ids.js';
import { endRepresentation, type EndRepresentation } from './end-representation.js';

export class EndRepresentationCommand {
  constructor(
    readonly person: PersonId,
    readonly end: EndRepresentation,
    readonly request: CommandRequest,
  ) {}
}

@CommandHandler(EndRepresentationCommand)
export class EndRepresentationHandler implements ICommandHandler<EndRepresentationCommand> {
  constructor(private readonly desk: PersonDesk) {}

  execute({ person, end, request }: EndRepresentationCommand) {
    return this.desk.decide(person, request, (state) => endRepresentation(state, end));
  }
}
