import { request } from 'node:http'

/** A request whose Host and Origin are as given, which fetch would not send. @returns the status */
export function rawRequest(url: string, method: string, path: string, headers: Readonly<Record<string, string>>, body?: string): Promise<number> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, method, path: encodeURI(path), headers }, (response) => {
      response.resume()
      response.on('end', () => resolve(response.statusCode ?? 0))
    })
    sent.on('error', reject)
    sent.end(body)
  })
}
