import { simplify } from '../../formula/simplify.ts'
import type { AzureFormula } from '../leaves.ts'
import { azureMeanings } from './meanings.ts'

/** The formula without what can't change it; true or false where it is so for all that is not known. */
export function reduce(formula: AzureFormula): AzureFormula {
  return typeof formula === 'boolean' ? formula : simplify(formula, azureMeanings())
}
