import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { CommandRequest } from '#http';
import type { InformationRequalified } from '../item.events.js';
import { PersonDesk } from '../person-desk.js';
import type { PersonId } from '../person.ids.js';
import { requalifyInformation } from './requalify-information.js';

export class RequalifyInformationCommand {
  constructor(
    readonly person: PersonId,
    readonly requalification: InformationRequalified['data'],
    readonly request: CommandRequest,
  ) {}
}

@CommandHandler(RequalifyInformationCommand)
export class RequalifyInformationHandler implements ICommandHandler<RequalifyInformationCommand> {
  constructor(private readonly desk: PersonDesk) {}

  execute({ person, requalification, request }: RequalifyInformationCommand) {
    return this.desk.decide(person, request, (state, facts) =>
      requalifyInformation(state, { requalification }, facts),
    );
  }
}
