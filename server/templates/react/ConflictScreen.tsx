// The screen on which a person decides conflicts: both sides of each field, and a button for each side.
import { FlatList, Pressable, StyleSheet, Text, View } from 'react-native'
import type { Sync } from '../sync/create-sync.ts'
import type { JsonObject, JsonValue } from '../sync/types.ts'
import { type Conflict, useConflicts } from './use-conflicts.ts'

export interface ConflictScreenProps<Tx> {
  readonly sync: Pick<Sync<Tx>, 'status$' | 'conflicts' | 'resolve'>
  /** The record's name for people; its entity and id where it is not given. */
  readonly titleOf?: (conflict: Conflict) => string
}

export function ConflictScreen<Tx>({ sync, titleOf = plainTitle }: ConflictScreenProps<Tx>) {
  const conflicts = useConflicts(sync)
  return (
    <FlatList
      accessibilityRole="list"
      data={conflicts}
      keyExtractor={conflict => conflict.id}
      renderItem={({ item }) => <ConflictCard conflict={item} title={titleOf(item)} />}
      ListEmptyComponent={<Text style={styles.empty}>No conflicts.</Text>}
    />
  )
}

function ConflictCard({ conflict, title }: { readonly conflict: Conflict; readonly title: string }) {
  const { local, remote } = conflict
  return (
    <View style={styles.card}>
      <Text accessibilityRole="header" style={styles.title}>
        {title}
      </Text>
      {local === null && <Text>You have deleted this.</Text>}
      {remote === null && <Text>This was deleted on another device.</Text>}
      {fieldsOf(conflict).map(field => (
        <View key={field.name} style={styles.field}>
          <Text style={styles.name}>{field.name}</Text>
          <Text accessibilityLabel={`${field.name}, yours: ${field.ours}`}>{field.ours}</Text>
          <Text accessibilityLabel={`${field.name}, theirs: ${field.theirs}`}>{field.theirs}</Text>
        </View>
      ))}
      <View style={styles.buttons}>
        <Choice label="Keep mine" about={title} onPress={() => void conflict.resolve('local')} />
        <Choice label="Take theirs" about={title} onPress={() => void conflict.resolve('remote')} />
      </View>
    </View>
  )
}

interface ChoiceProps {
  readonly label: string
  readonly about: string
  readonly onPress: () => void
}

function Choice({ label, about, onPress }: ChoiceProps) {
  return (
    <Pressable
      accessibilityRole="button"
      accessibilityLabel={`${label}: ${about}`}
      onPress={onPress}
      style={styles.button}
    >
      <Text style={styles.label}>{label}</Text>
    </Pressable>
  )
}

interface FieldPair {
  readonly name: string
  readonly ours: string
  readonly theirs: string
}

/** The fields that were changed here, with what the server has for them. */
function fieldsOf({ local, remote }: Conflict): readonly FieldPair[] {
  return Object.entries(local ?? {}).map(([name, value]) => ({
    name,
    ours: textOf(value),
    theirs: textOf(fieldOf(remote?.values ?? {}, name)),
  }))
}

function fieldOf(values: JsonObject, name: string): JsonValue | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined
}

function textOf(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return '–'
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

function plainTitle(conflict: Conflict): string {
  return `${conflict.entity} ${conflict.entityId}`
}

const styles = StyleSheet.create({
  empty: { padding: 24, textAlign: 'center' },
  card: { padding: 16, gap: 8, borderBottomWidth: 1, borderBottomColor: '#d0d0d0' },
  title: { fontWeight: 'bold' },
  field: { gap: 2 },
  name: { opacity: 0.7 },
  buttons: { flexDirection: 'row', gap: 12 },
  button: {
    minHeight: 44,
    minWidth: 44,
    paddingHorizontal: 16,
    justifyContent: 'center',
    borderWidth: 1,
    borderRadius: 8,
  },
  label: { fontWeight: '600' },
})
