import Realm from 'realm'

export class Person extends Realm.Object<Person> {
  _id!: Realm.BSON.ObjectId
  name!: string
  email!: string | null

  static schema: Realm.ObjectSchema = {
    name: 'Person',
    primaryKey: '_id',
    properties: {
      _id: { type: 'objectId', default: () => new Realm.BSON.ObjectId() },
      name: { type: 'string', indexed: true },
      email: 'string?',
    },
  }
}
