/** Writes every message to a folder: the script behind `npm run preview-emails`. */
import { parseArgs } from 'node:util';
import { writeGallery } from './gallery.ts';
import { takePictures } from './pictures.ts';

const { values } = parseArgs({
  options: { out: { type: 'string', default: '.local/emails' }, pictures: { type: 'string' } },
});

console.log(`${writeGallery(values.out)} messages in ${values.out}/index.html`);
if (values.pictures !== undefined) {
  for (const file of await takePictures(values.pictures)) console.log(file);
}
