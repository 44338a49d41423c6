/** For `DVD46315_*_SV.txt`, as operators write names: of the file's path on the server, whatever folder it names. */
const regexOf = (names: string): string =>
  `/(^|\\/)${names.replaceAll(/[.]/g, '\\.').replaceAll('*', '[^\\/]*')}$/`;

export interface NewFiles {
  readonly names: string;
  /** The folder of the bucket that the files come to. */
  readonly folder: string;
  readonly withinDays: number;
}

/**
 * In JSONata, as Step Functions reads it: the paths of those files of `$list`, a listing of the connector, that were
 * written lately and that the bucket has neither as they are nor newer. What it has is the answer of ListObjectsV2. The
 * files of the last days are enough: the bucket itself keeps them for longer, so that none is fetched every hour.
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
