// Reads the classes of a schema, whichever form declares them, each remembered by what makes it.

import { computed, type ReadonlySignal } from '@preact/signals-core'
import { placeOf } from '../../../catalog/place-of.ts'
import type { Entry, Located, Scope } from '../../../catalog/scope.ts'
import type { Value } from '../../../source/value.ts'
import { contains } from '../../../text/span.ts'
import type { Library } from '../imports.ts'
import { hasPlugin, isSeenByPlugin } from '../models/babel-plugin.ts'
import { readBabelClass } from '../models/read-babel-class.ts'
import { type ModelRead, readModelClass, refId } from '../models/read-model-class.ts'
import type { ClassReader, ClassRef, Member, ModelClass, Property, RealmClass } from '../types.ts'
import { majorFor } from '../versions.ts'
import { readProperty } from './read-property.ts'

/** A reader for one scope. */
export function createClassReader(scope: Scope, library: Library): ClassReader {
  const objects = new WeakMap<Value, ReadonlySignal<RealmClass | undefined>>()
  const models = new Map<string, ReadonlySignal<RealmClass | undefined>>()

  const ofModel = (ref: ClassRef): RealmClass | undefined => {
    const id = refId(ref)
    let cell = models.get(id)
    if (!cell) {
      cell = computed(() => readModel(scope, library, ref))
      models.set(id, cell)
    }
    return cell.value
  }

  const ofObject = (spec: Located): RealmClass | undefined => {
    let cell = objects.get(spec.value)
    if (!cell) {
      cell = computed(() => readSpec(scope, spec, 'object', undefined))
      objects.set(spec.value, cell)
    }
    return cell.value
  }

  const refOf = (located: Located): ClassRef | undefined => {
    const found = scope.follow(located)
    return found.value.kind === 'class' ? { file: found.file, key: found.value.key } : undefined
  }

  /** The class in `Task.schema`. */
  const owner = ({ value, file }: Located): ClassRef | undefined =>
    value.kind === 'member' && value.name === 'schema' ? refOf({ value: value.of, file }) : undefined

  return {
    refOf,
    ofModel,
    sourceOf(element) {
      const ref = owner(element) ?? refOf(element)
      if (ref) return { ref }
      const spec = scope.follow(element)
      return spec.value.kind === 'object' ? { spec } : undefined
    },
    ofSource: source => ('ref' in source ? ofModel(source.ref) : ofObject(source.spec)),
  }
}

function readModel(scope: Scope, library: Library, ref: ClassRef): RealmClass | undefined {
  const read = readModelClass(scope, library, ref)
  if (!read) return undefined
  const { model } = read
  const schema = read.staticOf('schema')
  if (schema) {
    const form = schema.fact ? 'static-schema' : 'assigned-schema'
    return readSpec(scope, scope.follow(schema.value), form, model)
  }
  // A base that cannot be found may have the schema.
  if (!model.chainComplete) return undefined
  return readByPlugin(scope, read)
}

/** A class without a schema of its own: the Babel plugin writes one, or realm refuses the class. */
function readByPlugin(scope: Scope, { model }: ModelRead): RealmClass | undefined {
  const isOn = hasPlugin(scope.workspace().project(model.file))
  const isSeen = isSeenByPlugin(scope, model)
  if (isOn === undefined && isSeen) return undefined
  const common = {
    at: model.at,
    isNamed: true,
    nameEntry: undefined,
    primaryKeyEntry: undefined,
    spec: undefined,
    entries: new Map<string, Entry>(),
    propertiesValue: undefined,
    model,
  }
  if (!isOn || !isSeen)
    return {
      ...common,
      form: 'missing',
      name: { text: model.name, at: model.nameAt },
      fields: [],
      properties: new Map(),
      complete: false,
      primaryKey: undefined,
      embedded: false,
      asymmetric: false,
      dropped: [],
    }
  const babel = readBabelClass(scope, model)
  return {
    ...common,
    form: 'babel',
    name: babel.name,
    fields: babel.properties,
    properties: firstOfEach(babel.properties),
    complete: true,
    primaryKey: babel.primaryKey,
    embedded: babel.embedded,
    asymmetric: babel.asymmetric,
    dropped: babel.dropped,
  }
}

const firstOfEach = (properties: readonly Property[]): ReadonlyMap<string, Property> => {
  const map = new Map<string, Property>()
  for (const property of properties) if (!map.has(property.name.text)) map.set(property.name.text, property)
  return map
}

/** Reads `{ name, primaryKey, properties }`. What is no object has no name that is known. */
function readSpec(
  scope: Scope,
  spec: Located,
  form: RealmClass['form'],
  model: ModelClass | undefined,
): RealmClass | undefined {
  const shape = scope.shape(spec)
  const entries = shape?.entries ?? new Map<string, Entry>()
  const nameEntry = entries.get('name')
  const named = scope.text(nameEntry?.value)
  const name = named?.text ? named : undefined
  const primaryKeyEntry = entries.get('primaryKey')
  const primaryKey = scope.text(primaryKeyEntry?.value)
  const propertiesEntry = entries.get('properties')
  const written = scope.shape(propertiesEntry?.value)
  const members = memberMap(model)
  const around = {
    name: name?.text ?? '',
    primaryKey: primaryKey?.text,
    major: majorFor(scope, spec.file),
    member: (key: string) => members.get(key),
  }
  const fields = [...(written?.entries.values() ?? [])].map(entry => readProperty(scope, entry, around))
  const own = placeOf(spec)
  const isInside = model?.file === own.file && contains(model.at.span, own.span)
  return {
    name: name ?? { text: '', at: nameEntry ? placeOf(nameEntry.value) : own },
    isNamed: name !== undefined,
    nameEntry,
    form,
    fields,
    properties: firstOfEach(fields),
    // Without `properties` there are none; an array of them, which realm 10 took, is not read.
    complete: shape?.complete === true && (written ? written.complete : !propertiesEntry),
    primaryKey,
    primaryKeyEntry,
    embedded: scope.boolean(entries.get('embedded')?.value) ?? false,
    asymmetric: scope.boolean(entries.get('asymmetric')?.value) ?? false,
    at: isInside && model ? model.at : own,
    spec,
    entries,
    propertiesValue: propertiesEntry && scope.follow(propertiesEntry.value),
    model,
    dropped: [],
  }
}

const memberMap = (model: ModelClass | undefined): ReadonlyMap<string, Member> => {
  const map = new Map<string, Member>()
  for (const member of model?.members ?? []) if (!map.has(member.fact.name)) map.set(member.fact.name, member)
  return map
}
