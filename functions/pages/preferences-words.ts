/** The texts of the email preferences page, in English and Spanish. */
export const preferenceTexts = {
  en: {
    title: 'Which emails do you want?',
    forAddress: 'For emails to',
    save: 'Save',
    saved: 'Saved.',
    sinceNow:
      'It counts from now on, also for emails that were about to go out, and until you change it here.',
    nothingChosen: 'Nothing was chosen, so nothing was changed. Please press one of the buttons.',
    unsubscribed: 'You get no more of these emails',
    unsubscribe: 'No more of these emails?',
    fromStore: (kind: string, store: string) => `${kind}, from ${store}`,
    unsubscribeNow: 'No more of these, please',
    kinds: {
      introduction: {
        name: 'Who looks after you',
        what: 'The person in Service who knows you and your car.',
      },
      service: { name: 'Service', what: 'When service is due, how to book it, and your appointments.' },
      upgrade: { name: 'Another car', what: 'When it may be time to look at another car.' },
    },
    answers: {
      yes: 'Yes, please send me these',
      yesGroup: (group: string) => `Yes, from every store of ${group}`,
      noStore: (store: string) => `No, not from ${store}`,
      noGroup: (group: string) => `No, not from any store of ${group}`,
    },
    choose: 'Choose which emails you get',
    stoppedStore: (store: string) => `Done: no more emails from ${store}.`,
    stoppedGroup: (group: string) => `Done: no more emails from any store of ${group}.`,
    stopStore: (store: string) => `No more emails from ${store}`,
    stopGroup: (group: string) => `No more emails from any store of ${group}`,
    stopNext: 'You can take it back here at any time.',
  },
  es: {
    title: '¿Qué correos desea recibir?',
    forAddress: 'Para los correos a',
    save: 'Guardar',
    saved: 'Guardado.',
    sinceNow:
      'Vale desde ahora, también para los correos que estaban por salir, y hasta que usted lo cambie aquí.',
    nothingChosen: 'No eligió nada, así que nada cambió. Por favor use uno de los botones.',
    unsubscribed: 'Ya no recibirá estos correos',
    unsubscribe: '¿No más de estos correos?',
    fromStore: (kind: string, store: string) => `${kind}, de ${store}`,
    unsubscribeNow: 'No más de estos, por favor',
    kinds: {
      introduction: {
        name: 'Quién le atiende',
        what: 'La persona de Servicio que le conoce a usted y a su vehículo.',
      },
      service: { name: 'Servicio', what: 'Cuándo toca el servicio, cómo reservarlo y sus citas.' },
      upgrade: { name: 'Otro vehículo', what: 'Cuándo puede ser el momento de mirar otro vehículo.' },
    },
    answers: {
      yes: 'Sí, envíenmelos',
      yesGroup: (group: string) => `Sí, de todas las tiendas de ${group}`,
      noStore: (store: string) => `No, ninguno de ${store}`,
      noGroup: (group: string) => `No, de ninguna tienda de ${group}`,
    },
    choose: 'Elija qué correos recibe',
    stoppedStore: (store: string) => `Listo: no más correos de ${store}.`,
    stoppedGroup: (group: string) => `Listo: no más correos de ninguna tienda de ${group}.`,
    stopStore: (store: string) => `No más correos de ${store}`,
    stopGroup: (group: string) => `No más correos de ninguna tienda de ${group}`,
    stopNext: 'Puede cambiarlo aquí cuando quiera.',
  },
} as const;
