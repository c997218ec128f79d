import { describe, expect, test } from 'vitest'
import { failureOf, isServiceNotThere } from '../../../../src/sources/aws/collect/failure.ts'

const noAddress = (hostname: string): Error => Object.assign(new Error(`getaddrinfo ENOTFOUND ${hostname}`), { code: 'ENOTFOUND', hostname })
const found = (): Promise<string> => Promise.resolve('192.0.2.1')
const lost = (): Promise<never> => Promise.reject(new Error('no network'))

describe('a host without an address', () => {
  test('is a service that the region does not have, where another service of the region has one', async () => {
    const asked: string[] = []
    const find = (host: string): Promise<string> => (asked.push(host), found())
    expect(await isServiceNotThere(noAddress('apprunner.eu-north-1.amazonaws.com'), find)).toBe(true)
    expect(await isServiceNotThere(noAddress('111122223333.s3-control.cn-north-1.amazonaws.com.cn'), find)).toBe(true)
    expect(asked).toEqual(['ec2.eu-north-1.amazonaws.com', 'ec2.cn-north-1.amazonaws.com.cn'])
  })

  test('is a gap where the network is gone, or the host is none of AWS', async () => {
    expect(await isServiceNotThere(noAddress('apprunner.eu-north-1.amazonaws.com'), lost)).toBe(false)
    expect(await isServiceNotThere(noAddress('proxy.example.com'), found)).toBe(false)
    expect(await isServiceNotThere(new Error('something else'), found)).toBe(false)
  })
})

describe('the code of an error', () => {
  test('is that of AWS, not the name that the SDK gives its class', () => {
    expect(failureOf(Object.assign(new Error('no such user'), { name: 'NoSuchEntityException', Code: 'NoSuchEntity' }))).toEqual({
      code: 'NoSuchEntity',
      reason: 'no such user',
    })
    expect(failureOf(Object.assign(new Error('no'), { name: 'ResourceNotFoundException' }))).toMatchObject({ code: 'ResourceNotFoundException' })
  })

  test('is the HTTP status where something else than AWS answers', () => {
    const fault = Object.assign(new SyntaxError('Unexpected token <'), { $response: { statusCode: 502 } })
    expect(failureOf(fault)).toMatchObject({ code: 'Http502' })
  })
})
