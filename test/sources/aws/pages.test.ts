import { expect, test } from 'vitest'
import { findingsOf, folderOf, read } from '../reading.ts'
import { accountNumbered, LISTS, pagesOf, smallAccount } from '../small-account.ts'

const pages = pagesOf(smallAccount)
const cut = { ...smallAccount, IsTruncated: true, Marker: 'more' }
const other = accountNumbered('444455556666')
const onlyAwsPolicies = { UserDetailList: [], GroupDetailList: [], RoleDetailList: [], Policies: smallAccount.Policies.slice(2), IsTruncated: false }

const completeness = async (files: Readonly<Record<string, object | string>>): Promise<Record<string, boolean>> =>
  Object.fromEntries((await read(await folderOf(files))).coverages.map(({ scope, complete }) => [scope, complete]))

test('an export whose last page is missing is not complete, and the place where it goes on is named', async () => {
  const facts = await read(await folderOf({ 'page.json': cut }))
  expect(facts.findings).toMatchObject([
    { code: 'EXPORT_TRUNCATED', severity: 'warning', place: 'IsTruncated', entity: '111122223333', coverage: 'aws:iam:111122223333' },
  ])
  expect(facts.coverages).toMatchObject([{ id: 'aws:iam:111122223333', complete: false }])
  expect(facts.entity('arn:aws:iam::111122223333:user/people/ada')).toBeDefined()
})

test.each([
  ['IsTruncated', { IsTruncated: true }],
  ['Marker', { Marker: 'x' }],
  ['NextToken', { NextToken: 'x' }],
  ['IsTruncated', { isTruncated: true }],
])('%s alone says that there is more', async (place, said) => {
  expect(findingsOf(await read(await folderOf({ 'page.json': { ...smallAccount, ...said } })))).toEqual([`EXPORT_TRUNCATED page.json ${place}`])
})

test('null and empty markers say that there is no more', async () => {
  expect(await completeness({ 'page.json': { ...smallAccount, IsTruncated: false, Marker: null, NextToken: '' } })).toEqual({ '111122223333': true })
})

test('pages up to the last one are complete; without the last they are not', async () => {
  expect(await completeness({ 'pages.json': pages })).toEqual({ '111122223333': true })
  expect(await completeness({ 'pages.json': pages.slice(0, -1) })).toEqual({ '111122223333': false })
})

test('a page missing in between is told by what the others name', async () => {
  const withoutGroup = pages.filter((_page, index) => index !== 1)
  const facts = await read(await folderOf({ 'pages.json': withoutGroup }))
  expect(findingsOf(facts).map((finding) => finding.split(' ')[0])).toEqual(['EXPORT_TRUNCATED', 'GROUP_MISSING'])
  expect(facts.coverages).toMatchObject([{ complete: false }])
})

test('a last page that names no account, as one of policies of AWS, is of the account of its folder', async () => {
  const first = { ...smallAccount, Policies: smallAccount.Policies.slice(0, 2), IsTruncated: true }
  expect(await completeness({ 'a/1.json': first, 'a/2.json': onlyAwsPolicies })).toEqual({ '111122223333': true })
  expect(await completeness({ 'a/1.json': first, 'b/2.json': onlyAwsPolicies })).toEqual({ '111122223333': false })
})

test('accounts in one folder are complete or not each for itself', async () => {
  expect(await completeness({ 'one.json': cut, 'two.json': other })).toEqual({ '111122223333': false, '444455556666': true })
})

test('a whole export beside an old page that was cut is complete', async () => {
  expect(await completeness({ 'old.json': cut, 'new.json': smallAccount })).toEqual({ '111122223333': true })
})

test('one file may hold several accounts, each with a coverage as of its own newest date', async () => {
  const both = Object.fromEntries(LISTS.map((list) => [list, [...smallAccount[list], ...other[list].map(older)]]))
  const { coverages, entities } = await read(await folderOf({ 'both.json': both }))
  expect(coverages.map(({ id, asOf }) => `${id} ${asOf}`)).toEqual([
    'aws:iam:111122223333 2024-05-05T05:05:05.000Z',
    'aws:iam:444455556666 2020-05-05T05:05:05.000Z',
  ])
  const shared = entities.filter(({ id }) => id === 'arn:aws:iam::aws:policy/AmazonSQSReadOnlyAccess')
  expect(shared.map(({ coverage }) => coverage)).toEqual([['aws:iam:111122223333', 'aws:iam:444455556666']])
})

const older = (row: object): object => JSON.parse(JSON.stringify(row).replaceAll(/"(202[234])-/g, '"2020-'))

test('an export printed with a filter is not complete', async () => {
  const { UserDetailList, GroupDetailList, Policies } = smallAccount
  const facts = await read(await folderOf({ 'export.json': { UserDetailList, GroupDetailList, Policies } }))
  expect(facts.findings).toMatchObject([{ code: 'EXPORT_TRUNCATED', message: expect.stringContaining('RoleDetailList') }])
  expect(facts.coverages).toMatchObject([{ complete: false }])
})

test('an export that holds nobody says that it tells nothing', async () => {
  const empty = Object.fromEntries(LISTS.map((list) => [list, []]))
  const facts = await read(await folderOf({ 'export.json': empty }))
  expect(findingsOf(facts)).toEqual(['EXPORT_TRUNCATED export.json'])
  expect(facts.coverages).toEqual([])
})

test('an account without anybody is covered where a caller identity beside the export names it', async () => {
  const empty = Object.fromEntries(LISTS.map((list) => [list, []]))
  const caller = { UserId: 'AIDA', Account: '111122223333', Arn: 'arn:aws:iam::111122223333:root' }
  const facts = await read(await folderOf({ 'export.json': empty, 'caller.json': caller }))
  expect(facts.findings).toEqual([])
  expect(facts.coverages).toMatchObject([{ id: 'aws:iam:111122223333', complete: true }])
  expect(facts.entity('arn:aws:iam::111122223333:root')).toMatchObject({ kind: 'AwsRootUser' })
})

test('of a policy of AWS the newest statement holds, in whichever order files come', async () => {
  const [policy] = smallAccount.Policies.slice(2)
  const former = {
    ...policy,
    UpdateDate: '2020-01-01T00:00:00Z',
    PolicyVersionList: [{ Document: { Version: '2012-10-17' }, VersionId: 'v1', IsDefaultVersion: true }],
  }
  const stale = { ...smallAccount, Policies: [...smallAccount.Policies.slice(0, 2), former] }
  for (const files of [
    { 'a.json': stale, 'b.json': smallAccount },
    { 'a.json': smallAccount, 'b.json': stale },
  ]) {
    const { entities, findings } = await read(await folderOf(files))
    expect(findings).toEqual([])
    expect(entities.filter(({ id }) => id.endsWith('AmazonSQSReadOnlyAccess')).map(({ properties }) => properties.updatedAt)).toEqual([
      undefined,
      undefined,
      '2025-02-06T18:41:08.000Z',
    ])
  }
})
