/**
 * A pattern for `DVD46315_*_SV.txt`, the way operators write names. It matches a file's path on the server in any
 * folder.
 */
const regexOf = (names: string): string =>
  `/(^|\\/)${names.replaceAll(/[.]/g, '\\.').replaceAll('*', '[^\\/]*')}$/`;

export interface NewFiles {
  readonly names: string;
  /** The bucket's folder for the files. */
  readonly folder: string;
  readonly withinDays: number;
}

/**
 * A JSONata expression for Step Functions: the paths of files in `$list`, a listing of the connector, that were
 * written recently and of which the bucket has no equal or newer copy. The bucket's contents come from ListObjectsV2.
 * Only the last few days are considered: the bucket keeps files for longer, so that none is fetched every hour.
 */
export const newFiles = ({ names, folder, withinDays }: NewFiles): string =>
  `{% (
    $since := $millis() - ${withinDays} * 86400000;
    $here := $states.result.Contents;
    $writtenAt := function($file) { $exists($file.modifiedTimestamp) ? $toMillis($file.modifiedTimestamp) : $since + 1 };
    $isHere := function($file) { $exists($here[Key = '${folder}' & $split($file.filePath, '/')[-1]
      and $toMillis(LastModified) >= $writtenAt($file)]) };
    [$filter($list.files, function($file) {
      $contains($file.filePath, ${regexOf(names)}) and $writtenAt($file) > $since and $not($isHere($file)) }).filePath]
  ) %}`;
