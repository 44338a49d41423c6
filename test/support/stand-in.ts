/** An SDK client whose `send` is ours. Its overloads can't be written by hand, so the prototype stands for the type. */
export function standIn<Client extends { send: unknown }>(
  send: (command: object) => Promise<unknown>,
): Pick<Client, 'send'> {
  const client: Pick<Client, 'send'> = Object.create({ send });
  return client;
}
