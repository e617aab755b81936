import { randomUUID } from 'node:crypto';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { asId } from '#decider';
import type { CommandRequest } from '#http';
import type { OutsiderData } from '../identity.events.js';
import { PersonDesk } from '../person-desk.js';
import type { PersonId } from '../person.ids.js';
import { registerOutsider } from './register-outsider.js';

export class RegisterOutsiderCommand {
  constructor(
    readonly person: PersonId,
    readonly said: Omit<OutsiderData, 'outsider'>,
    readonly request: CommandRequest,
  ) {}
}

@CommandHandler(RegisterOutsiderCommand)
export class RegisterOutsiderHandler implements ICommandHandler<RegisterOutsiderCommand> {
  constructor(private readonly desk: PersonDesk) {}

  execute({ person, said, request }: RegisterOutsiderCommand) {
    return this.desk.decide(person, request, (state, facts) => {
      const outsider = { ...said, outsider: asId<'Outsider'>(randomUUID()) };
      return registerOutsider(state, { outsider }, facts);
    });
  }
}
