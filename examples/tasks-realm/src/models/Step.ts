import Realm from 'realm'

export class Step extends Realm.Object<Step> {
  text!: string
  isDone!: boolean

  static schema: Realm.ObjectSchema = {
    name: 'Step',
    embedded: true,
    properties: {
      text: 'string',
      isDone: { type: 'bool', default: false },
    },
  }
}
