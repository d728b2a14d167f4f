// Checks SORT and DISTINCT.
import { closest } from '../../../text/similar.ts'
import { type Checking, reject, rejected } from './checking.ts'
import { mention } from './resolve-path.ts'
import type { RqlOrder, RqlPath } from './syntax.ts'
import { propertyCalled, type RqlProperty } from './world.ts'

/** Reports what is wrong with a clause behind the condition. */
export function checkOrder(check: Checking, order: RqlOrder): void {
  if (order.kind === 'limit') return
  for (const { path } of order.by) checkPath(check, path, order.kind)
}

function checkPath(check: Checking, path: RqlPath, clause: 'sort' | 'distinct'): void {
  let className = check.className
  let before: RqlProperty | undefined
  for (const [i, element] of path.elements.entries()) {
    // Indexes are left out by core 13 and stop core 14.
    if (element.kind === 'index') return
    if (before?.collection === 'dictionary' && before.type !== 'object') {
      if (check.world.core === 13)
        reject(check, 'order', element.at, `Property '${className}.${before.name}' is not an object reference`)
      return
    }
    const one = check.world.classOf(className)
    if (!one) return
    const property = propertyCalled(one, element.name)
    if (!property || property.type === 'linkingObjects') {
      if (!property && !one.complete) return
      const message = `No property '${element.name}' found on object type '${className}' specified in '${clause}' clause`
      const candidates = one.properties.filter(({ type }) => type !== 'linkingObjects').map(({ name }) => name)
      const meant = property ? undefined : closest(element.name, candidates)
      const kind = property || element.name.startsWith('@') ? 'order' : 'unknown-property'
      if (meant)
        reject(check, kind, element.at, `${message}: did you mean '${meant}'?`, { at: element.at, text: meant })
      else reject(check, kind, element.at, message)
      return
    }
    mention(check, element, one, property)
    if (property.type === 'unknown') return
    const isLast = i === path.elements.length - 1
    if (property.collection && (property.collection !== 'dictionary' || isLast)) {
      const message = `Cannot sort on key path '${check.text.slice(path.at.start, path.at.end)}': property '${className}.${property.name}' is a collection`
      if (rejected(check, { core13: true, core14: true }))
        reject(check, 'order', element.at, message.replace('sort', clause === 'sort' ? 'sort' : 'make distinct'))
      return
    }
    if (!isLast && property.type !== 'object' && property.collection !== 'dictionary') {
      reject(check, 'order', element.at, `Property '${className}.${property.name}' is not an object reference`)
      return
    }
    if (property.type === 'object') {
      if (!property.objectType) return
      className = property.objectType
    }
    before = property
  }
}
