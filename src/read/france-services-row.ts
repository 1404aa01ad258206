/**
 * One row of the national France services list -> a structure: the columns of 2024 (`id_fs`, `type_fs`, …) and
 * those of 2020 and 2021 (`MATRICULE`, `FORMAT_FS`, `ITINERANCE`, …).
 */
import { basename } from 'node:path';
import type { NoticeList } from '../common/notices.ts';
import type { Structure } from './records.ts';
import { fold, isPhoneNumber, type RowReader, type StructureDraft } from './structure-rows.ts';
import { findStructureType } from './structure-types.ts';
import { readWeek } from './structure-week.ts';

export const FRANCE_SERVICES_NAMES = {
  id: ['id_fs', 'matricule'],
  nom: ['lib_fs', 'lib_france_services'],
} as const;

const FRANCE_SERVICES_DAYS = [
  'h_lundi',
  'h_mardi',
  'h_mercredi',
  'h_jeudi',
  'h_vendredi',
  'h_samedi',
  'h_dimanche',
];

/**
 * A row of the national France services list. The hours of a bus or of an itinerant service are those of its
 * rounds, not of the address in the row, so they are not kept as that address's own.
 */
export function readFranceServicesRow(reader: RowReader, notices: NoticeList): StructureDraft {
  const id = reader.get(...FRANCE_SERVICES_NAMES.id);
  const kind = reader.get('type_fs');
  const formatText = reader.get('format_fs');
  const format = readFranceServicesFormat(kind, formatText, reader.get('itinerance'));
  if (format === undefined) {
    notices.add({
      code: 'structure-row-shifted',
      severity: 'warning',
      message: 'type_fs or format_fs hold what belongs to another column',
      action: 'read as a fixed place',
      file: basename(reader.file),
      row: reader.row,
      id,
      value: `${kind} / ${formatText}`,
    });
  }
  const type = findStructureType('france-service')!;
  const place = [reader.get('code_postal'), reader.get('lib_com')].filter((part) => part !== '').join(' ');
  const adresse = [reader.get('adresse').replace(/\s+/g, ' '), place]
    .filter((part) => part !== '')
    .join(', ');
  const isMoving = format === 'bus' || format === 'itinerant';
  return {
    id,
    nom: reader.get(...FRANCE_SERVICES_NAMES.nom).replace(/\s+/g, ' ') || id,
    type: type.key,
    cercle: type.cercle,
    cercleStated: false,
    adresse: adresse || undefined,
    codeInsee: reader.get('insee_com') || undefined,
    engagee: true,
    engageeStated: false,
    dateEngagement: undefined,
    ...readAppointments(reader),
    telephone: isPhoneNumber(reader.get('telephone')) || undefined,
    numerique: reader.get('mail', 'contact_mail').includes('@') || undefined,
    format: format ?? 'fixe',
    ...(isMoving ? { horaires: undefined } : readWeek(hoursOf(reader), { ...reader, id }, notices)),
    file: basename(reader.file),
    row: reader.row,
  };
}

function hoursOf(reader: RowReader): string[] {
  return FRANCE_SERVICES_DAYS.map((day) => reader.get(day));
}

const APPOINTMENT = '(?:rdv|rendez[- ]?vous)';
const WITH_APPOINTMENT = new RegExp(`\\b(?:sur|prise de|prendre|par)\\s+(?:un\\s+)?${APPOINTMENT}\\b`);
const WITHOUT_APPOINTMENT = new RegExp(`\\bsans\\s+${APPOINTMENT}\\b`);
/** A comment that says nothing else: with a day or a time it would only hold then. */
const ONLY_BY_APPOINTMENT = new RegExp(
  `^\\W*(?:(?:uniquement|seulement|exclusivement)\\s+)?sur\\s+${APPOINTMENT}(?:\\s+(?:uniquement|seulement|exclusivement))?\\W*$`,
);

/** `prise_rdv` says whether appointments are taken; comments and fields of hours say the rest in words. */
function readAppointments(reader: RowReader): Pick<Structure, 'avecRdv' | 'sansRdv'> {
  const taken = fold(reader.get('prise_rdv'));
  const comment = fold(reader.get('commentaire', 'commentaire_horaires'));
  if (ONLY_BY_APPOINTMENT.test(comment)) return { avecRdv: true, sansRdv: false };
  const words = fold([comment, ...hoursOf(reader)].join(' '));
  const avecRdv =
    taken === 'oui' || WITH_APPOINTMENT.test(words) ? true : taken === 'non' ? false : undefined;
  // Where no appointment can be made, people are received without.
  const sansRdv = avecRdv === false || WITHOUT_APPOINTMENT.test(words) || undefined;
  return { avecRdv, sansRdv };
}

function readFranceServicesFormat(
  kind: string,
  format: string,
  itinerance: string,
): Structure['format'] | undefined {
  const word = fold(format);
  if (word.startsWith('bus')) return 'bus';
  if (word.startsWith('itineran') || fold(itinerance) === 'oui') return 'itinerant';
  if (word === 'antenne' || (fold(kind) === 'antenne' && (word.startsWith('fixe') || word === '')))
    return 'antenne';
  if (word.startsWith('multisite')) return 'multisite';
  if (/^(fixe|espace labellise)/.test(word) || word === '') {
    return kind === '' || fold(kind) === 'principal' || fold(kind) === 'antenne' ? 'fixe' : undefined;
  }
  return undefined;
}
