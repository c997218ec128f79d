import { Readable } from 'node:stream'
import { actionOf, operationOf, type Call, type Reach } from './call.ts'
import type { Credentials } from './credentials.ts'
import { EmptyAnswer } from './failure.ts'

/** A service of AWS with the calls that are made to it. */
export interface Service {
  /** As the CLI names it: `s3api`. */
  readonly cli: string
  /** Of its IAM actions: `s3`. */
  readonly prefix: string
  /** What is known by its answers, for people. */
  readonly gains: string
  readonly reach: Reach
  /** It speaks for the whole organisation: it is asked with the caller's own account only. */
  readonly organization: boolean
  readonly calls: readonly Call[]
  /** Loads the SDK of the service. */
  readonly connect: (settings: ClientSettings) => Promise<Connection>
}

export interface ClientSettings {
  readonly credentials: Credentials
  readonly region: string
  readonly endpoint?: string
}

export interface Connection {
  /** @throws what the SDK throws */
  readonly ask: (command: string, input: object, signal: AbortSignal) => Promise<Readonly<Record<string, unknown>>>
  readonly close: () => void
}

interface Definition<Module> {
  readonly cli: string
  readonly prefix?: string
  readonly gains: string
  readonly reach: Reach
  readonly organization?: true
  readonly load: () => Promise<Module>
  readonly client: Extract<keyof Module, `${string}Client`>
  readonly calls: readonly Call<Extract<keyof Module, `${string}Command`>>[]
  /** Settings of its client where other endpoints than AWS's own are asked. */
  readonly elsewhere?: (endpoint: string, region: string) => object
}

/** Commands and client are checked against the SDK's module by type; the module is loaded when the service is first asked. */
export function service<Module extends object>({ load, client, elsewhere, ...definition }: Definition<Module>): Service {
  const settingsFor = (settings: ClientSettings): object =>
    settings.endpoint === undefined || elsewhere === undefined ? settings : { ...settings, ...elsewhere(settings.endpoint, settings.region) }
  return {
    ...definition,
    prefix: definition.prefix ?? definition.cli,
    organization: definition.organization ?? false,
    connect: async (settings) => connectionOf(await load(), client, settingsFor(settings)),
  }
}

interface SdkClient {
  send(command: object, options: { readonly abortSignal: AbortSignal }): Promise<Readonly<Record<string, unknown>>>
  destroy(): void
  readonly middlewareStack: {
    add(middleware: (next: Handler) => Handler, options: { readonly step: 'deserialize'; readonly priority: 'low' }): void
  }
}
type Handler = (args: object) => Promise<{ readonly response: { readonly statusCode: number; readonly body: unknown } }>
type Construct<Made> = new (of: object) => Made

/** Which class it is, the tables are checked for by type. */
function isClass<Made>(value: unknown): value is Construct<Made> {
  return typeof value === 'function'
}

function connectionOf<Module extends object>(module: Module, client: keyof Module, settings: object): Connection {
  const { [client]: Client, ...commands } = module
  if (!isClass<SdkClient>(Client)) throw new TypeError('the SDK has no such client')
  const opened = new Client(settings)
  const classes = new Map<string, unknown>(Object.entries(commands))
  opened.middlewareStack.add(refuseEmpty, { step: 'deserialize', priority: 'low' })
  return {
    ask: async (command, input, signal) => {
      const Command = classes.get(command)
      if (!isClass<object>(Command)) throw new TypeError(`the SDK has no ${command}`)
      const { $metadata: _metadata, ...output } = await opened.send(new Command(input), { abortSignal: signal })
      return output
    },
    close: () => opened.destroy(),
  }
}

/** The SDK takes an answer without any text for one that lists nothing. */
const refuseEmpty =
  (next: Handler): Handler =>
  async (args) => {
    const result = await next(args)
    const { statusCode, body } = result.response
    if (statusCode < 300 && body instanceof Readable && (await isEmpty(body))) throw new EmptyAnswer()
    return result
  }

/** Waits for the first of it, which stays to be read. */
async function isEmpty(body: Readable): Promise<boolean> {
  if (body.readableLength > 0) return false
  await new Promise<void>((resolve) => {
    if (body.closed) resolve()
    for (const event of ['readable', 'end', 'error', 'close']) body.once(event, () => resolve())
  })
  // A connection that broke; who reads it now would wait for ever.
  if (body.errored !== null) throw body.errored
  return body.readableLength === 0
}

/** A call with the service that it is made to. */
export interface ServiceCall {
  /** `aws/s3api/get-bucket-policy` */
  readonly kind: string
  readonly service: Service
  readonly call: Call
  readonly reach: Reach
  /** The IAM actions that it needs. */
  readonly needs: readonly string[]
}

export const callsOf = (of: Service): readonly ServiceCall[] =>
  of.calls.map((call) => ({
    kind: `aws/${of.cli}/${operationOf(call.command)}`,
    service: of,
    call,
    reach: call.reach ?? of.reach,
    needs: [...(call.after === undefined ? [] : [call.after.command]), call.command].map((command) =>
      command === call.command && call.needs !== undefined ? call.needs : `${of.prefix}:${actionOf(command)}`,
    ),
  }))
