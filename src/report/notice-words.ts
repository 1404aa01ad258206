/** One notice in one sentence, in the language of a report. */
import type { Notice } from '../common/notices.ts';
import { findWords } from './check-words.ts';
import { findFrench } from './fault-words.ts';
import type { Language } from './texts.ts';

/**
 * In English what was found and what was done, as the reader said it; in French what is found of its code, and of this
 * case where that can be told.
 */
export function wordNotice({ code, message, action }: Notice, language: Language): string {
  if (language === 'en') return action === undefined ? message : `${message}; ${action}`;
  const title = findWords(code, language)?.title;
  const detail = findFrench(message);
  if (title === undefined) return detail ?? message;
  return detail === undefined || detail === '' || detail === title ? title : `${title} (${detail})`;
}
