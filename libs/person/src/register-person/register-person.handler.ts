import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Turns } from '#event-store';
import { Recorder, type CommandRequest } from '#http';
import type { PersonRegistered } from '../identity.events.js';
import { PersonIndex } from '../person-index.js';
import { personStream } from '../person.ids.js';
import { personFold } from '../person.js';
import { registerPerson } from './register-person.js';

export class RegisterPersonCommand {
  constructor(
    readonly said: Omit<PersonRegistered['data'], 'person'>,
    readonly request: CommandRequest,
  ) {}
}

@CommandHandler(RegisterPersonCommand)
export class RegisterPersonHandler implements ICommandHandler<RegisterPersonCommand> {
  private readonly turns = new Turns<string>();

  constructor(
    private readonly recorder: Recorder,
    private readonly index: PersonIndex,
  ) {}

  /** Who was born the same day waits for their turn: each then finds those before it, not all of them nobody. */
  execute(command: RegisterPersonCommand) {
    return this.turns.run(command.said.birthDate ?? '', () => this.register(command));
  }

  private async register({ said, request }: RegisterPersonCommand) {
    const person = await this.recorder.idFor<'Person'>(request, 'person');
    const identity = { person, ...said };
    // Look-alikes are asked for in here: when the command comes again, the person finds no duplicate in itself.
    return this.recorder.decide(personStream(person), personFold, request, async (state) => {
      const lookAlikes = await this.index.lookAlikes(said, said.birthDate);
      return registerPerson(state, { identity, lookAlikes }, this.recorder.ledger.clock.now());
    });
  }
}
