// The screen on which a person decides conflicts: both sides of each field, and a button for each side.
import { FlatList, Pressable, StyleSheet, Text, View } from 'react-native'
import type { Sync } from './create-sync.ts'
import type { Row } from './types.ts'
import { type OpenConflict, useConflicts } from './use-conflicts.ts'

export interface ConflictScreenProps {
  readonly sync: Pick<Sync, 'status$' | 'conflicts' | 'resolve'>
  /** The record's name for people; its table and id where it is not given. */
  readonly titleOf?: (conflict: OpenConflict) => string
}

export function ConflictScreen({ sync, titleOf = plainTitle }: ConflictScreenProps) {
  const conflicts = useConflicts(sync)
  return (
    <FlatList
      accessibilityRole="list"
      data={conflicts}
      keyExtractor={conflict => `${conflict.table}/${conflict.id}`}
      renderItem={({ item }) => <ConflictCard conflict={item} title={titleOf(item)} />}
      ListEmptyComponent={<Text style={styles.empty}>No conflicts.</Text>}
    />
  )
}

function ConflictCard({ conflict, title }: { readonly conflict: OpenConflict; readonly title: string }) {
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
        <Choice label="Keep mine" about={title} onPress={() => void conflict.resolve({ choice: 'local' })} />
        <Choice label="Take theirs" about={title} onPress={() => void conflict.resolve({ choice: 'remote' })} />
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

/** The columns that were edited here, or all of them where one side has deleted the record. */
function fieldsOf({ local, remote, edited }: OpenConflict): readonly FieldPair[] {
  const all = Object.keys(local ?? remote ?? {}).filter(name => name !== 'id')
  const names = local !== null && remote !== null ? edited : all
  return names.map(name => ({ name, ours: textOf(local?.[name]), theirs: textOf(remote?.[name]) }))
}

function textOf(value: Row[string] | undefined): string {
  return value === undefined || value === null ? '–' : String(value)
}

function plainTitle(conflict: OpenConflict): string {
  return `${conflict.table} ${conflict.id}`
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
