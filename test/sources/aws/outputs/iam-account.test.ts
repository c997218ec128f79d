import { describe, expect, test } from 'vitest'
import { ACCOUNT, bundle, failed } from './bundle.ts'

const ROOT = `arn:aws:iam::${ACCOUNT}:root`
const iam = (operation: string): string => `global/iam/${operation}`

describe('what an account asks of passwords, and what its root user has', () => {
  const summary = (keys: number, mfa: number): object => ({
    SummaryMap: { Users: 2, AccountMFAEnabled: mfa, AccountAccessKeysPresent: keys, AccountPasswordPresent: 1, MFADevices: 1 },
  })

  test('a summary tells whether root has keys, a password and MFA, not how many keys', async () => {
    const { entity } = await bundle({ [iam('get-account-summary')]: summary(1, 0) })
    expect(entity(ACCOUNT)).toMatchObject({ kind: 'AwsAccount', properties: { rootAccessKeysPresent: true } })
    expect(entity(ROOT)?.properties).toEqual({ nature: 'HUMAN', mfaEnabled: false, passwordEnabled: true })
    const without = await bundle({ [iam('get-account-summary')]: summary(0, 1) })
    expect(without.entity(ROOT)?.properties).toEqual({ nature: 'HUMAN', mfaEnabled: true, passwordEnabled: true, activeAccessKeys: 0 })
  })

  test('a password policy is kept rule by rule', async () => {
    const policy = { PasswordPolicy: { MinimumPasswordLength: 14, RequireSymbols: true, ExpirePasswords: false } }
    const { entity } = await bundle({ [iam('get-account-password-policy')]: policy })
    expect(entity(ACCOUNT)?.properties.passwordPolicy).toEqual(['ExpirePasswords=false', 'MinimumPasswordLength=14', 'RequireSymbols=true'])
  })

  test('no password policy is a fact; one that could not be read is a gap', async () => {
    const none = await bundle({ [iam('get-account-password-policy')]: failed('NoSuchEntity') })
    expect(none.entity(ACCOUNT)?.properties.passwordPolicy).toEqual([])
    expect(none.findings).toEqual([])
    const refused = await bundle({ [iam('get-account-password-policy')]: failed('AccessDenied') })
    expect(refused.entity(ACCOUNT)?.properties).not.toHaveProperty('passwordPolicy')
    expect(refused.findings).toEqual(['EXPORT_TRUNCATED get-account-password-policy.json'])
  })
})
