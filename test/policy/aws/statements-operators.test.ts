import type { Row } from '../../reference/aws-cases.ts'
import { holdRows } from '../../reference/aws-cases.ts'
import type { Json } from '../../reference/aws-question.ts'

/** S34 and S35, and beyond: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */

const K = 'x:key'
const row = (operator: string, wanted: Json, present: Json, holds: boolean, why = ''): Row => [
  `${operator} ${JSON.stringify(wanted)} ${holds ? 'holds' : 'fails'} for ${JSON.stringify(present)}${why === '' ? '' : `: ${why}`}`,
  { [operator]: { [K]: wanted } },
  { [K]: present },
  holds,
]

const strings: readonly Row[] = [
  row('StringEquals', 'a', 'a', true),
  row('StringEquals', 'a', 'a ', false, 'spaces count'),
  row('StringEquals', '*', 'a', false, 'S34 * is a literal'),
  row('StringEquals', '*', '*', true, 'S34 * is a literal'),
  row('StringEquals', 'a?', 'ab', false, 'S34 ? is a literal'),
  row('StringNotEquals', 'a*', 'ab', true, 'S34 * is a literal'),
  row('StringEqualsIgnoreCase', 'AbC', 'aBc', true),
  row('StringEqualsIgnoreCase', 'a*', 'abc', false, '* is a literal'),
  row('StringNotEqualsIgnoreCase', 'AbC', 'aBc', false),
  row('StringNotEqualsIgnoreCase', 'AbC', 'abd', true),
  row('StringLike', 'a*', 'abc', true),
  row('StringLike', 'a*', 'a', true, '* is also nothing'),
  row('StringLike', '*c', 'abc', true),
  row('StringLike', 'a?c', 'abc', true),
  row('StringLike', 'a?c', 'ac', false, '? is one character'),
  row('StringLike', 'A*', 'abc', false, 'case counts'),
  row('StringLike', 'abc', 'abcd', false, 'all of the value'),
  row('StringLike', 'a*b*c', 'aXbYbZc', true),
  row('StringLike', 'a*b*c', 'aXcYb', false),
  row('StringLike', '', 'a', false),
  row('StringLike', 'a.c', 'abc', false, 'a dot is a dot'),
  row('StringLike', '[ab]', 'a', false, 'brackets are brackets'),
  row('StringLike', 'a*', 'a/b:c', true, '* crosses everything'),
  row('StringNotLike', 'a*', 'abc', false),
  row('StringNotLike', ['a*', 'b*'], 'cde', true),
  row('StringNotLike', ['a*', 'b*'], 'bcd', false),
  row('StringEquals', 'true', 'true', true),
  row('StringEquals', 5, '5', true, 'a JSON number is its text'),
  row('StringEquals', true, 'true', true, 'a JSON boolean is its text'),
  row('StringEquals', 'ä', 'ä', true),
  row('StringLike', 'a*a*a*a*a*a*a*b', 'a'.repeat(18), false, 'many wildcards'),
]

const numbers: readonly Row[] = [
  row('NumericEquals', '10', '10', true),
  row('NumericEquals', '10', '10.0', true, 'the same number'),
  row('NumericEquals', 10, '10', true),
  row('NumericEquals', '10', '11', false),
  row('NumericEquals', ['1', '2'], '2', true),
  row('NumericNotEquals', '10', '11', true),
  row('NumericNotEquals', '10', '10.0', false),
  row('NumericLessThan', '10', '9', true),
  row('NumericLessThan', '10', '10', false),
  row('NumericLessThan', '9', '10', false, 'as numbers, not as texts'),
  row('NumericLessThanEquals', '10', '10', true),
  row('NumericLessThanEquals', '10', '10.5', false),
  row('NumericGreaterThan', '10', '10', false),
  row('NumericGreaterThan', '10', '100', true, 'as numbers, not as texts'),
  row('NumericGreaterThan', '-1', '0', true),
  row('NumericGreaterThanEquals', '10', '10', true),
  row('NumericGreaterThanEquals', '10', '9.99', false),
  row('NumericLessThan', '0.5', '0.25', true),
  row('NumericEquals', '10', 'ten', false, 'not a number'),
]

const dates: readonly Row[] = [
  row('DateEquals', '2020-01-01T00:00:00Z', '2020-01-01T00:00:00Z', true),
  row('DateEquals', '2020-01-01', '2020-01-01T00:00:00Z', true, 'a day begins at midnight'),
  row('DateEquals', '2020-01-01T00:00:00Z', '1577836800', true, 'S35 epoch seconds are on the same scale'),
  row('DateEquals', '1577836800', '2020-01-01T00:00:00Z', true, 'S35 in the policy too'),
  row('DateEquals', '2020-01-01T02:00:00+02:00', '2020-01-01T00:00:00Z', true, 'with an offset'),
  row('DateEquals', '2020-01-01T00:00Z', '2020-01-01T00:00:00Z', true, 'without seconds'),
  row('DateNotEquals', '2020-01-01T00:00:00Z', '2020-01-01T00:00:01Z', true),
  row('DateNotEquals', '2020-01-01T00:00:00Z', '2020-01-01', false),
  row('DateLessThan', '2020-01-01T00:00:00Z', '2019-12-31T23:59:59Z', true),
  row('DateLessThan', '2020-01-01T00:00:00Z', '2020-01-01T00:00:00Z', false),
  row('DateLessThanEquals', '2020-01-01T00:00:00Z', '2020-01-01T00:00:00Z', true),
  row('DateGreaterThan', '2020-01-01T00:00:00Z', '2020-01-01T00:00:01Z', true),
  row('DateGreaterThan', '2020-01-01T00:00:00Z', '1577836801', true),
  row('DateGreaterThan', '2020-01-01T00:00:00Z', '1577836800', false),
  row('DateGreaterThanEquals', '2020-01-01T00:00:00Z', '1577836800', true),
  row('DateLessThan', '2020-01-01T00:00:00Z', 'yesterday', false, 'not a date'),
]

const flags: readonly Row[] = [
  row('Bool', 'true', 'true', true),
  row('Bool', 'TRUE', 'true', true, 'S35 case does not matter'),
  row('Bool', 'false', 'False', true, 'S35 case does not matter'),
  row('Bool', 'true', 'false', false),
  row('Bool', true, 'true', true, 'a JSON boolean'),
  row('Bool', ['true', 'false'], 'false', true),
  row('BoolIfExists', 'true', 'false', false),
  row('BinaryEquals', 'QmluYXJ5VmFsdWVJbkJhc2U2NA==', 'QmluYXJ5VmFsdWVJbkJhc2U2NA==', true),
  row('BinaryEquals', 'QmluYXJ5VmFsdWVJbkJhc2U2NA==', 'qmluYXJ5VmFsdWVJbkJhc2U2NA==', false, 'byte for byte'),
]

const addresses: readonly Row[] = [
  row('IpAddress', '203.0.113.0/24', '203.0.113.7', true),
  row('IpAddress', '203.0.113.0/24', '203.0.114.7', false),
  row('IpAddress', '203.0.113.7', '203.0.113.7', true, 'without prefix one address'),
  row('IpAddress', '203.0.113.7', '203.0.113.8', false),
  row('IpAddress', '0.0.0.0/0', '203.0.113.7', true, 'S35 /0 is every IPv4 address'),
  row('IpAddress', '10.0.0.0/9', '10.127.255.255', true),
  row('IpAddress', '10.0.0.0/9', '10.128.0.0', false),
  row('IpAddress', '203.0.113.128/25', '203.0.113.127', false),
  row('IpAddress', '203.0.113.9/24', '203.0.113.7', true, 'bits beyond the prefix do not count'),
  row('IpAddress', ['10.0.0.0/8', '203.0.113.0/24'], '203.0.113.7', true),
  row('NotIpAddress', '203.0.113.0/24', '203.0.113.7', false),
  row('NotIpAddress', '203.0.113.0/24', '198.51.100.1', true),
  row('NotIpAddress', ['10.0.0.0/8', '203.0.113.0/24'], '10.1.1.1', false),
  row('IpAddress', '2001:DB8:1234:5678::/64', '2001:db8:1234:5678:1::9', true),
  row('IpAddress', '2001:DB8:1234:5678::/64', '2001:db8:1234:5679::1', false),
  row('IpAddress', '2001:db8::1', '2001:0db8:0:0:0:0:0:1', true, 'the same address written out'),
  row('IpAddress', '::/0', '2001:db8::1', true),
  row('IpAddress', '2001:db8::/32', '203.0.113.7', false, 'S35 the other family'),
  row('NotIpAddress', '2001:db8::/32', '203.0.113.7', true, 'S35 the other family'),
  row('NotIpAddress', '203.0.113.0/24', '2001:db8::1', true, 'S35 the other family'),
  row('IpAddress', '203.0.113.0/24', '2001:db8::1', false, 'S35 the other family'),
  row('IpAddress', '32.0.0.0/8', '2001:db8::1', false, 'S35 the other family, though its first bits are the same'),
  row('NotIpAddress', '2000::/8', '32.1.2.3', true, 'S35 the other family, though its first bits are the same'),
]

const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:alerts'
const arns: readonly Row[] = [
  row('ArnEquals', TOPIC, TOPIC, true),
  row('ArnEquals', 'arn:aws:sns:*:111122223333:al*', TOPIC, true, 'S34 ArnEquals takes wildcards like ArnLike'),
  row('ArnLike', 'arn:aws:sns:*:*:*', TOPIC, true),
  row('ArnLike', 'arn:aws:sns:eu-west-?:111122223333:alerts', TOPIC, true),
  row('ArnLike', 'arn:aws:sqs:*:*:*', TOPIC, false),
  row('ArnLike', 'arn:aws:sns:*:111122223333:Alerts', TOPIC, false, 'case counts'),
  row('ArnLike', 'arn:*:sns:*:*:alerts', TOPIC, true),
  row('ArnLike', 'arn:aws:iam::*:role/*', 'arn:aws:iam::111122223333:role/team/app', true, 'the last segment holds slashes'),
  row('ArnLike', 'arn:aws:sns:*:*:alerts:*', `${TOPIC}:1234`, true, 'the last segment holds colons'),
  // The example of the page: the first * matches only us-east-2.
  row(
    'ArnLike',
    'arn:aws:someservice:*:111122223333:finance/*',
    'arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/document.txt',
    false,
    'S34 each segment for itself',
  ),
  row(
    'StringLike',
    'arn:aws:someservice:*:111122223333:finance/*',
    'arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/document.txt',
    true,
    'S34 as a string * crosses colons',
  ),
  row('ArnNotEquals', TOPIC, TOPIC, false),
  row('ArnNotLike', 'arn:aws:sns:*:444455556666:*', TOPIC, true),
  row('ArnNotLike', ['arn:aws:sqs:*:*:*', 'arn:aws:sns:*:*:*'], TOPIC, false),
  row('ArnNotLike', 'arn:aws:sns:*:*:*', 'not-an-arn', false, 'S34 a value that is no ARN does not match'),
  row('ArnLike', 'arn:aws:sns:*:*:*', 'not-an-arn', false),
]

holdRows('string operators', strings)
holdRows('numeric operators', numbers)
holdRows('date operators', dates)
holdRows('Bool and BinaryEquals', flags)
holdRows('address operators', addresses)
holdRows('ARN operators', arns)
