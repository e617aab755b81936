import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { CommandRequest } from '#http';
import { PersonDesk, type PersonId } from '#person';
import { contestDisclosure, type ContestDisclosure } from './contest-disclosure.js';

export class ContestDisclosureCommand {
  constructor(
    readonly person: PersonId,
    readonly contesting: ContestDisclosure,
    readonly request: CommandRequest,
  ) {}
}

@CommandHandler(ContestDisclosureCommand)
export class ContestDisclosureHandler implements ICommandHandler<ContestDisclosureCommand> {
  constructor(private readonly desk: PersonDesk) {}

  execute({ person, contesting, request }: ContestDisclosureCommand) {
    return this.desk.decide(person, request, (state, facts) => contestDisclosure(state, contesting, facts));
  }
}
