import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Recorder, type CommandRequest } from '#http';
import { PersonDesk, type PersonId } from '#person';
import { placeLegalHold } from './place-legal-hold.js';

export class PlaceLegalHoldCommand {
  constructor(
    readonly person: PersonId,
    readonly ground: string,
    readonly request: CommandRequest,
  ) {}
}

@CommandHandler(PlaceLegalHoldCommand)
export class PlaceLegalHoldHandler implements ICommandHandler<PlaceLegalHoldCommand> {
  constructor(
    private readonly desk: PersonDesk,
    private readonly recorder: Recorder,
  ) {}

  async execute({ person, ground, request }: PlaceLegalHoldCommand) {
    const hold = await this.recorder.idFor<'LegalHold'>(request, `${person} legal-hold`);
    return this.desk.decideWhileErasing(person, request, (state) => placeLegalHold(state, { hold, ground }));
  }
}
