/**
 * AWS's wildcards: `*` stands for any characters, `?` for one. Letter case counts.
 * Two pointers with one point of return: a pattern without consecutive stars costs at most pattern × text, and in practice their sum.
 */
export function matchesGlob(pattern: string, text: string): boolean {
  let inPattern = 0
  let inText = 0
  let starAt = -1
  let resumeAt = 0
  while (inText < text.length) {
    const wanted = pattern[inPattern]
    if (wanted === '*') {
      starAt = inPattern++
      resumeAt = inText
    } else if (wanted === '?' || (wanted !== undefined && wanted === text[inText])) {
      inPattern++
      inText++
    } else if (starAt >= 0) {
      inPattern = starAt + 1
      inText = ++resumeAt
    } else return false
  }
  while (pattern[inPattern] === '*') inPattern++
  return inPattern === pattern.length
}

/** Whether some text fits both patterns. */
export function globsMeet(left: string, right: string): boolean {
  if (!/[*?]/.test(right)) return matchesGlob(left, right)
  if (!/[*?]/.test(left)) return matchesGlob(right, left)
  // row[j]: the part of `left` read so far and the first j characters of `right` can stand for the same text.
  let row = Array.from({ length: right.length + 1 }, (_, j) => isStars(right.slice(0, j)))
  for (const character of left) row = nextRow(row, character, right)
  return row[right.length] ?? false
}

const isStars = (text: string): boolean => /^\**$/.test(text)

function nextRow(row: readonly boolean[], character: string, right: string): boolean[] {
  const next = [character === '*' && row[0] === true]
  for (let j = 1; j <= right.length; j++) {
    const other = right[j - 1]
    const leftStar = character === '*' && (row[j] === true || next[j - 1] === true)
    const rightStar = other === '*' && (row[j] === true || next[j - 1] === true)
    const bothOne = character !== '*' && other !== '*' && row[j - 1] === true && (character === other || character === '?' || other === '?')
    next.push(leftStar || rightStar || bothOne)
  }
  return next
}
